/**
 * What a world's judgement comes to: the one place where a score, an objective or a measure is let through.
 *
 * @module
 */

import type { JudgedEpisode, WorldSettings } from "./contract.ts";
import { EvaluationFailure } from "./failure.ts";
import { limits } from "./limits.ts";

/**
 * Checks what `judge` gave for an episode.
 *
 * @param found Anything.
 * @param world Says which objectives there are.
 * @throws {EvaluationFailure} `world`, if it is no judgement.
 */
export function judgedEpisode(found: unknown, { objectives }: Pick<WorldSettings, "objectives">): JudgedEpisode {
  if (typeof found !== "object" || found === null) throw broken("an object");
  if (objectives !== undefined) return byObjectives(found, objectives);
  const { score, measures } = found as { score: unknown; measures: unknown };
  if (!isSound(score) || score < 0) throw broken("a finite score from 0 to 1e12");
  return { score, measures: measuresOf(measures, "an object of measures") };
}

function byObjectives(found: object, declared: NonNullable<WorldSettings["objectives"]>): JudgedEpisode {
  const { objectives: given, violation = 0, measures = {} } = found as Readonly<Record<string, unknown>>;
  const named = measuresOf(given, `the objectives ${declared.map(({ name }) => name).join(", ")}`);
  const objectives = declared.map(({ name }) => {
    if (!Object.hasOwn(named, name)) throw broken(`the objective ${name}`);
    return named[name]!;
  });
  if (Object.keys(named).length > declared.length) throw broken("no objectives but those that are declared");
  if (!isSound(violation) || violation < 0) throw broken("a finite violation from 0 to 1e12");
  const others = measuresOf(measures, "an object of measures");
  const same = declared.find(({ name }) => Object.hasOwn(others, name));
  if (same !== undefined) throw broken(`measures with other names than its objectives: ${same.name} is both`);
  const [first] = objectives;
  return {
    score: (declared[0]!.sense === "minimise" ? -first! : first!) + 0,
    measures: { ...named, ...others },
    objectives,
    ...(violation > 0 && { violation }),
  };
}

function measuresOf(measures: unknown, demand: string): Record<string, number> {
  if (typeof measures !== "object" || measures === null) throw broken(demand);
  const entries = Object.entries(measures);
  if (entries.length > limits.measures) throw broken(`at most ${limits.measures} measures`);
  const sound: Record<string, number> = {};
  for (const [name, value] of entries) {
    if (!isSound(value)) throw broken(`a finite measure up to 1e12 as ${name}`);
    if (!/^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(name)) throw broken("measures with plain names");
    sound[name] = value;
  }
  return sound;
}

function isSound(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value <= limits.score && value >= -limits.score;
}

function broken(what: string): EvaluationFailure {
  return new EvaluationFailure("world", `world.ts#judge must give ${what}`);
}
