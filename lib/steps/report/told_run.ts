/**
 * A run as it is compared with others.
 *
 * @module
 */

import { lastCycle } from "../../db/cycle.ts";
import { Listing } from "../../db/listing.ts";
import { lastRace } from "../../db/races.ts";
import { spentEpisodes } from "../../db/spent.ts";
import { objectiveValue } from "../../records/objective.ts";
import type { RaceReport } from "../../records/race.ts";
import { loadConfig } from "../../run/config.ts";
import type { Config } from "../../run/config_schema.ts";
import { projectRoot, runPaths } from "../../run/paths.ts";
import type { Objective } from "../../runtime/contract.ts";
import { loadPool } from "../../template/pool_store.ts";
import { presentPool } from "../../template/template.ts";
import { isFile } from "../../util/files.ts";
import { Misuse } from "../../util/issue.ts";
import { nearest } from "../../util/nearest.ts";

/** A run as it is compared with others. */
export interface ToldRun {
  readonly name: string;
  readonly seed: string;
  /** All that it is configured to be, the seed aside, by name. */
  readonly configuration: Readonly<Record<string, string>>;
  /** What its values depend on, by name. */
  readonly world: Readonly<Record<string, string>>;
  readonly objective?: Objective;
  readonly race: RaceReport | undefined;
  /** The last closed cycle. */
  readonly cycle: number;
  /** Judged episodes of its cycles. */
  readonly episodes: number;
}

/**
 * What is to be known of a run. Needs read permission for `runs/`.
 *
 * @throws {Misuse} If there is none of this name.
 */
export async function toldRun(name: string): Promise<ToldRun> {
  const paths = runPaths(name);
  if (!isFile(paths.listing)) throw unknown(name);
  const config = await loadConfig(paths);
  using listing = Listing.open(paths.listing, { readOnly: true });
  const pool = loadPool(paths, presentPool(listing));
  const { world: settings, worldHash } = pool;
  const [objective] = settings.objectives ?? [];
  const last = lastCycle(listing);
  return {
    name,
    seed: listing.meta("seed") ?? "",
    configuration: {
      template: pool.hash,
      count: listing.meta("size") ?? "",
      active: listing.meta("active") ?? "",
      ...leavesOf(config),
    },
    world: {
      "world.ts": worldHash,
      environment: JSON.stringify(
        config.world.schedule ?? config.world.environment ?? Object.keys(settings.environments)[0],
      ),
      steps: String(config.world.steps ?? settings.steps),
      objective: objective ? `${objective.name}, to ${objective.sense}` : "score",
    },
    ...(objective && { objective }),
    race: lastRace(listing),
    cycle: last === undefined ? 0 : last.state === "closed" ? last.cycle : last.cycle - 1,
    episodes: spentEpisodes(listing, settings, config),
  };
}

/** What a run is worth, more is better; null where its race expects nothing of its winner, or that breaks what must hold. */
export function worthOf({ race, objective }: ToldRun): number | null {
  const expected = race?.expected;
  return expected && expected.violation === 0 ? objectiveValue(expected.mean, objective) : null;
}

/** The values of a configuration by section and key. */
function leavesOf(config: Config): Record<string, string> {
  const sections = Object.entries(config).flatMap(([section, value]): [string, string][] => {
    if (value === null || typeof value !== "object" || Array.isArray(value)) return [[section, JSON.stringify(value)]];
    return Object.entries(value).map(([key, own]) => [`${section}.${key}`, JSON.stringify(own)]);
  });
  return Object.fromEntries(sections.filter(([, text]) => text !== undefined).sort());
}

function unknown(name: string): Misuse {
  const folder = `${projectRoot}/runs`;
  let names: string[] = [];
  try {
    names = [...Deno.readDirSync(folder)].map((entry) => entry.name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const near = nearest(name, names.filter((one) => isFile(runPaths(one).listing)));
  return new Misuse({
    code: "runs.unknown",
    message: `Cannot compare the run ${name} as there is no run of this name; ${
      near === undefined ? "`deno task runs` lists all" : `the nearest one is ${near}`
    }.`,
  });
}
