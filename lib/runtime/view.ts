/**
 * Draws an evaluation: plays its evidence once more after judging it, and looks at the states in between.
 *
 * @module
 */

import type { EpisodeFrames, Evidence, Frame, JudgeReply, JudgeRequest, ViewedWorld, WorldSeed } from "./contract.ts";
import { EvaluationFailure, failureOf } from "./failure.ts";
import { judge } from "./judge.ts";
import { limits } from "./limits.ts";
import { shapesOf } from "./shapes.ts";
import { spaceOf } from "./space.ts";
import { Stage } from "./stage.ts";

const { max, min, round } = Math;

/**
 * Judges the evidence of one evaluation, and draws it where that is asked for: what is drawn is played by itself, so that a view
 * that changes a state changes no score. Pure.
 *
 * @param fresh Gives the world and its view, evaluated anew each time.
 * @param request Worlds and evidence.
 * @returns What the judge says, with the frames; or why there are none.
 */
export function draw(fresh: () => ViewedWorld, request: JudgeRequest): JudgeReply {
  const judged = judge(fresh().world, request, () => fresh().world);
  if (!judged.ok || request.view === undefined) return judged;
  const { token, worlds, evidence, genes } = request;
  const most = max(1, min(limits.frames, request.view));
  try {
    const frames = worlds.map((seed, i) => framesOf(fresh(), { seed, genes, evidence: evidence[i]!, most }));
    return { ...judged, frames };
  } catch (thrown) {
    const { code, message, detail } = failureOf(thrown, "view.ts#view", "world");
    return { token, ok: false, code, message: detail === "" ? message : `${message}: ${detail}` };
  }
}

/** One episode that is to be drawn. */
interface Scene {
  readonly seed: WorldSeed;
  readonly genes: number;
  readonly evidence: Evidence;
  /** How many frames at most. */
  readonly most: number;
}

function framesOf({ world, view }: ViewedWorld, { seed, genes, evidence, most }: Scene): EpisodeFrames {
  const actions = spaceOf(world.world).actionsOf(evidence);
  const stage = new Stage(world, seed, genes);
  const table = new ShapeTable();
  const frames: Frame[] = [];
  const steps = sampled(actions.length + 1, most);
  for (let step = 0; step <= actions.length; step++) {
    if (step > 0) stage.act(actions[step - 1]!);
    if (step === steps[frames.length]) frames.push({ step, shapes: table.placesOf(seen(stage, view)) });
  }
  return { shapes: table.shapes, frames };
}

/** Steps of the frames: all of so many, or as many as there may be, evenly, the first and the last among them; of one the last. */
export function sampled(count: number, most: number): number[] {
  if (most === 1) return [count - 1];
  const length = min(count, most);
  return Array.from({ length }, (_, i) => length === 1 ? 0 : round(i * (count - 1) / (length - 1)));
}

function seen(stage: Stage, view: ViewedWorld["view"]): unknown {
  try {
    return stage.seenBy(view);
  } catch (thrown) {
    // The stage lets nothing draw outside of `begin` and `act`.
    if (thrown instanceof EvaluationFailure) throw broken("shapes without drawing random numbers");
    throw failureOf(thrown, "view.ts#view", "world");
  }
}

/** The different shapes of an episode. */
class ShapeTable {
  readonly shapes: EpisodeFrames["shapes"][number][] = [];
  readonly #places = new Map<string, number>();
  #left: number = limits.drawn;

  /** Where the shapes of a frame stand; new ones are taken in. */
  placesOf(given: unknown): number[] {
    const held = shapesOf(given);
    if (!held.ok) throw broken(held.demand);
    return held.value.map((shape) => {
      const key = JSON.stringify(shape);
      const known = this.#places.get(key);
      if (known !== undefined) return known;
      this.#left -= key.length + 1;
      if (this.#left < 0) throw broken(`shapes of at most ${limits.drawn / 1024 / 1024} MiB in an episode`);
      this.#places.set(key, this.shapes.length);
      return this.shapes.push(shape) - 1;
    });
  }
}

function broken(demand: string): EvaluationFailure {
  return new EvaluationFailure("world", `view.ts#view must give ${demand}`);
}
