/**
 * The program that draws, as it was built and signed, and what it draws of an episode.
 *
 * @module
 */

import type { Pool } from "../genome/pool.ts";
import type { Case, Judge } from "../isolation/judge.ts";
import { viewFile } from "../run/layout.ts";
import type { EpisodeFrames } from "../runtime/contract.ts";
import { limits } from "../runtime/limits.ts";
import { Misuse, StepFailed } from "../util/issue.ts";
import { shownText } from "../util/text.ts";
import { judgeIn, type JudgeParts } from "./open_judge.ts";
import { viewName } from "./programs.ts";

/**
 * The program that draws the world of the present pool: a judge that gives frames as well. Its process is started when there is
 * something to draw.
 *
 * Needs read permission for the store.
 *
 * @param pool The present pool.
 * @throws {Misuse} `view.none`, if the template has no `view.ts`.
 * @throws {StepFailed} `view.missing`, if there is no signed program that draws.
 */
export async function openViewer(pool: Pick<Pool, "view">, parts: JudgeParts): Promise<Judge> {
  if (!pool.view) {
    throw new Misuse({
      code: "view.none",
      message: "Cannot draw as the template must have a view.ts, which says what is to be seen; write it, and run " +
        "`deno task init` and `deno task build` again.",
      path: viewFile,
    });
  }
  const proof = await parts.artifacts.program(viewName(pool.view.hash));
  if (proof.ok) return judgeIn(proof.value, parts, true);
  throw new StepFailed({
    code: "view.missing",
    message: "Cannot draw as there must be a signed program that draws this world; run `deno task build` again.",
    path: proof.issue.path,
  });
}

/** One episode that is to be drawn. */
export interface DrawnEpisode extends Pick<Case, "token" | "genes"> {
  /** JSON of the list of its one world. */
  readonly worlds: string;
  /** JSON of the list of what was done in it. */
  readonly evidence: string;
  /** What it is, for a message, such as `episode 2 of 0198`. */
  readonly name: string;
}

/**
 * What is seen of one episode: it is judged, and then played once more and drawn, all in the process of the program that draws.
 * What comes from there is held to all bounds.
 *
 * Needs run permission for `/bin/sh`.
 *
 * @param viewer From {@linkcode openViewer}.
 * @param most How many frames at most, 1 to 500: of one the last, else the first and the last among them. @default 500
 * @throws {StepFailed} `view.failed`, if the view throws, takes too long or gives what it must not, or what was done can't be
 * judged any more.
 */
export async function framesOf(
  viewer: Judge,
  { name, token, genes, worlds, evidence }: DrawnEpisode,
  most: number = limits.frames,
): Promise<EpisodeFrames> {
  const verdict = await viewer.judge({ token, genes, worlds, evidence, episodes: 1, view: most });
  if (verdict.ok) return verdict.frames![0]!;
  throw new StepFailed({
    code: "view.failed",
    message: `Cannot draw ${name}: ${shownText(verdict.message)}`,
    path: viewFile,
  });
}
