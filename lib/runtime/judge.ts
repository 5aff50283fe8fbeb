/**
 * The judge: plays the evidence of an evaluation again and says what it is worth.
 *
 * @module
 */

import type { Agent, JudgedEpisode, JudgeReply, JudgeRequest, WorldSeed } from "./contract.ts";
import { failureOf } from "./failure.ts";
import { judgedEpisode } from "./objectives.ts";
import { NoAction, spaceOf } from "./space.ts";
import { Stage } from "./stage.ts";

/**
 * Judges the evidence of one evaluation; pure.
 *
 * @param world The template's world.
 * @param request Worlds and evidence.
 * @param fresh Gives the same world, evaluated anew, for the episodes after the first. @default the same again
 * @returns The judgements in the order of the worlds, or why the evidence is refused: `evidence`, `world`, `stack`, `memory`.
 */
export function judge(
  world: Agent["world"],
  request: JudgeRequest,
  fresh: () => Agent["world"] = () => world,
): JudgeReply {
  const { token } = request;
  try {
    if (request.failed) replay(world, request, fresh);
    const episodes = playAll(world, request, fresh);
    const judgements = episodes.map(({ judged }) => judged);
    if (!request.answer) return { token, ok: true, judgements };
    return { token, ok: true, judgements, answers: episodes.map(({ answer }) => answer) };
  } catch (thrown) {
    if (thrown instanceof Refusal || thrown instanceof NoAction) {
      return { token, ok: false, code: "evidence", message: thrown.message };
    }
    const { code, message, detail } = failureOf(thrown, "world.ts", "world");
    return { token, ok: false, code, message: detail === "" ? message : `${message}: ${detail}` };
  }
}

class Refusal extends Error {}

/** What an episode came to, and what was found in it, where that is asked for. */
interface Played {
  readonly judged: JudgedEpisode;
  readonly answer?: unknown;
}

function playAll(world: Agent["world"], request: JudgeRequest, fresh: () => Agent["world"]): Played[] {
  const { worlds, evidence } = request;
  if (!Array.isArray(evidence)) throw new Refusal("evidence must be an array");
  if (evidence.length !== worlds.length) {
    throw new Refusal(`evidence must hold ${worlds.length} episodes: it holds ${evidence.length}`);
  }
  return worlds.map((seed, i) => play(i === 0 ? world : fresh(), seed, request, evidence[i]));
}

/** Does over again all that was done with a world until it failed, so that it fails here as well if that was its own. */
function replay(
  world: Agent["world"],
  { worlds, genes, evidence, point }: JudgeRequest,
  fresh: () => Agent["world"],
): never {
  const space = spaceOf(world.world);
  for (let i = 0; i < worlds.length && i < Math.max(1, evidence.length); i++) {
    const { steps } = worlds[i]!;
    const stage = new Stage(i === 0 ? world : fresh(), worlds[i]!, genes, true);
    stage.inform();
    const actions = i < evidence.length ? space.actionsOf(evidence[i]) : [];
    for (let step = 0; step <= actions.length && step < steps && !stage.finished(); step++) {
      stage.perceive();
      if (step < actions.length) stage.act(actions[step]!);
    }
    if (point !== undefined && i === evidence.length - 1) stage.probe(point);
  }
  throw new Refusal("the world does not fail over these actions where no gene takes part");
}

function play(
  world: Agent["world"],
  seed: WorldSeed,
  { genes, answer }: JudgeRequest,
  evidence: unknown,
): Played {
  const actions = spaceOf(world.world).actionsOf(evidence);
  if (actions.length > seed.steps) throw new Refusal(`an episode has at most ${seed.steps} actions`);
  const stage = new Stage(world, seed, genes);
  let over = stage.finished();
  for (let step = 0; step < actions.length; step++) {
    if (over) throw new Refusal(`action ${step} comes after the end of the episode`);
    stage.act(actions[step]!);
    over = stage.finished();
  }
  if (!over && actions.length < seed.steps) {
    throw new Refusal(`the episode is not over after ${actions.length} actions`);
  }
  const judged = judgedEpisode(stage.judge(), world.world);
  return answer && world.answer ? { judged, answer: stage.answer() } : { judged };
}
