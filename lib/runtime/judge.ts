/**
 * The judge: plays the evidence of an evaluation again and says what it is worth.
 *
 * @module
 */

import type { Agent, Judgement, JudgeReply, JudgeRequest, WorldSeed } from "./contract.ts";
import { EvaluationFailure, failureOf } from "./failure.ts";
import { limits } from "./limits.ts";
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
    return { token, ok: true, judgements: judgements(world, request, fresh) };
  } catch (thrown) {
    if (thrown instanceof Refusal) return { token, ok: false, code: "evidence", message: thrown.message };
    const { code, message, detail } = failureOf(thrown, "world.ts", "world");
    return { token, ok: false, code, message: detail === "" ? message : `${message}: ${detail}` };
  }
}

class Refusal extends Error {}

function judgements(world: Agent["world"], request: JudgeRequest, fresh: () => Agent["world"]): Judgement[] {
  const { worlds, evidence } = request;
  if (!Array.isArray(evidence)) throw new Refusal("evidence must be an array");
  if (evidence.length !== worlds.length) {
    throw new Refusal(`evidence must hold ${worlds.length} episodes: it holds ${evidence.length}`);
  }
  return worlds.map((seed, i) => episode(i === 0 ? world : fresh(), seed, request.genes, evidence[i]));
}

/** Does over again all that was done with a world until it failed, so that it fails here as well if that was its own. */
function replay(world: Agent["world"], { worlds, genes, evidence }: JudgeRequest, fresh: () => Agent["world"]): never {
  for (let i = 0; i < worlds.length && i < Math.max(1, evidence.length); i++) {
    const { steps } = worlds[i]!;
    const stage = new Stage(i === 0 ? world : fresh(), worlds[i]!, genes);
    const actions = evidence[i] ?? [];
    for (let step = 0; step <= actions.length && step < steps && !stage.finished(); step++) {
      stage.perceive();
      if (step < actions.length) stage.act(actions[step]!);
    }
  }
  throw new Refusal("the world does not fail over these actions where no gene takes part");
}

function episode(world: Agent["world"], seed: WorldSeed, genes: number, actions: unknown): Judgement {
  if (!Array.isArray(actions)) throw new Refusal("an episode's evidence must be an array of actions");
  if (actions.length > seed.steps) throw new Refusal(`an episode has at most ${seed.steps} actions`);
  const known = world.world.actions.length;
  const stage = new Stage(world, seed, genes);
  let over = stage.finished();
  for (let step = 0; step < actions.length; step++) {
    if (over) throw new Refusal(`action ${step} comes after the end of the episode`);
    const action: unknown = actions[step];
    if (typeof action !== "number" || !Number.isInteger(action) || action < 0 || action >= known) {
      throw new Refusal(`action ${step} must be an integer from 0 to ${known - 1}`);
    }
    stage.act(action);
    over = stage.finished();
  }
  if (!over && actions.length < seed.steps) {
    throw new Refusal(`the episode is not over after ${actions.length} actions`);
  }
  return checked(stage.judge());
}

/** The one place where a score or a measure is let through. */
function checked(found: unknown): Judgement {
  if (typeof found !== "object" || found === null) throw broken("an object");
  const { score, measures } = found as { score: unknown; measures: unknown };
  if (!isSound(score) || score < 0) throw broken("a finite score from 0 to 1e12");
  if (typeof measures !== "object" || measures === null) throw broken("an object of measures");
  const entries = Object.entries(measures);
  if (entries.length > limits.measures) throw broken(`at most ${limits.measures} measures`);
  const sound: Record<string, number> = {};
  for (const [name, value] of entries) {
    if (!isSound(value)) throw broken(`a finite measure up to 1e12 as ${name}`);
    if (!/^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(name)) throw broken("measures with plain names");
    sound[name] = value;
  }
  return { score, measures: sound };
}

function isSound(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value <= limits.score && value >= -limits.score;
}

function broken(what: string): EvaluationFailure {
  return new EvaluationFailure("world", `world.ts#judge must give ${what}`);
}
