/**
 * What is seen of an evaluation: a page that plays its episodes, or a picture of how the first of them ended.
 *
 * @module
 */

import type { Judge } from "../../isolation/judge.ts";
import type { ReplayEpisode } from "../../records/replay.ts";
import type { ViewArea } from "../../runtime/contract.ts";
import { limits } from "../../runtime/limits.ts";
import { show } from "../../tables/show.ts";
import type { KeptEpisodes } from "../../toolchain/judge_again.ts";
import { framesOf } from "../../toolchain/open_viewer.ts";
import { type PageEpisode, viewPage } from "../../view/page.ts";
import { viewSvg } from "../../view/svg.ts";

/** Episodes of a page at most, and frames of all of them. */
const most = { episodes: 32, frames: 4000 };

/** What is drawn. */
export interface Drawn extends KeptEpisodes {
  readonly id: string;
  readonly cycle: number;
  /** What the judge said of each. */
  readonly episodes: readonly ReplayEpisode[];
  /** The part that is seen, where the view says it. */
  readonly area: ViewArea | undefined;
}

/** A drawing. */
export interface Drawing {
  /** The text of a file. */
  readonly text: string;
  /** How many episodes it shows: the first ones. */
  readonly shown: number;
}

/** What a drawing is kept as. */
export type DrawingFormat = "html" | "svg";

/**
 * Draws an evaluation.
 *
 * Needs run permission for `/bin/sh` and read permission for `lib/view/player`.
 *
 * @throws {StepFailed} `view.failed`, if the view fails.
 */
export async function draw(viewer: Judge, drawn: Drawn, format: DrawingFormat): Promise<Drawing> {
  const { id, cycle, area } = drawn;
  const title = `agent ${id}, cycle ${cycle}`;
  if (format === "svg") return { text: viewSvg(await frames(viewer, drawn, 0, 1), { title, area }), shown: 1 };
  const episodes = await drawEpisodes(viewer, drawn, most);
  return { text: await viewPage(episodes, { title, area }), shown: episodes.length };
}

/**
 * Draws the first episodes of an evaluation, frame by frame.
 *
 * Needs run permission for `/bin/sh`.
 *
 * @param most Episodes at most, and frames of all of them.
 * @throws {StepFailed} `view.failed`, if the view fails.
 */
export async function drawEpisodes(
  viewer: Judge,
  drawn: Omit<Drawn, "area" | "cycle">,
  most: { readonly episodes: number; readonly frames: number },
): Promise<PageEpisode[]> {
  const shown = Math.min(drawn.episodes.length, most.episodes);
  const each = Math.min(limits.frames, Math.floor(most.frames / shown));
  const episodes: PageEpisode[] = [];
  for (let episode = 0; episode < shown; episode++) {
    episodes.push({ ...named(drawn.episodes[episode]!), drawn: await frames(viewer, drawn, episode, each) });
  }
  return episodes;
}

async function frames(
  viewer: Judge,
  { id, worlds, evidence, genes }: Omit<Drawn, "area" | "cycle">,
  episode: number,
  most: number,
) {
  return await framesOf(viewer, {
    name: `episode ${episode} of ${id}`,
    token: String(episode),
    genes,
    worlds: JSON.stringify([worlds[episode]]),
    evidence: JSON.stringify([evidence[episode]]),
  }, most);
}

function named(
  { episode, instance, score, objective, measures, violation }: ReplayEpisode,
): Omit<PageEpisode, "drawn"> {
  const number = (value: number | null) => show(value, "number");
  return {
    name: instance === undefined ? `episode ${episode}` : `episode ${episode}, instance ${instance}`,
    facts: [
      objective ? [objective.name, number(objective.value)] : ["score", number(score)],
      ...(violation > 0 ? [["violation", number(violation)] as const] : []),
      ...Object.entries(measures).filter(([name]) => name !== objective?.name)
        .map(([name, value]) => [name, number(value)] as const),
    ],
  };
}
