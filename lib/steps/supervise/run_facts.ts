/**
 * What all evaluations of one step have in common.
 *
 * @module
 */

import { loadConfig } from "../../run/config.ts";
import { sha256 } from "../../util/hash.ts";
import type { Config } from "../../run/config_schema.ts";
import { lastCycle } from "../../db/cycle.ts";
import type { Listing } from "../../db/listing.ts";
import type { RunPaths } from "../../run/paths.ts";
import { loadPool } from "../../template/pool_store.ts";
import { knownRuntime } from "../../db/known_runtime.ts";
import { runtimeHash } from "../../wiring/runtime_hash.ts";
import { catalogue, type Pool } from "../../genome/pool.ts";
import { StepFailed } from "../../util/issue.ts";
import type { WorldSeed } from "../../runtime/contract.ts";
import { conditionsOf } from "../../run/conditions.ts";
import type { DueFacts } from "./due.ts";
import { environmentAt } from "../../run/schedule.ts";
import { worldsOf } from "../../run/worlds.ts";
import { instancesOf } from "../../source/instances.ts";

/** What all evaluations of one step have in common. */
export interface RunFacts {
  /** The run's seed. */
  readonly seed: string;
  readonly config: Config;
  readonly pool: Pool;
  readonly due: DueFacts;
  /** The worlds of the open cycle; empty while none is open. */
  readonly worlds: readonly WorldSeed[];
  /** Which instance each of these worlds is of; absent where they are of none. */
  readonly instances?: readonly number[];
  /** Hash of the conditions of the open cycle's scores; empty while none is open. */
  readonly conditions: string;
  /** Hash of what failures depend on besides genome, reach and chance: a back-off ends with these. */
  readonly circumstances: string;
  /** {@linkcode worlds} as JSON, made once: it is a part of every request. */
  readonly worldsJson: string;
  /** The pool's catalogue as JSON. */
  readonly poolJson: string;
}

/** What evaluations in the same worlds have in common. */
export function ofWorlds(
  { world }: Pool,
  worlds: readonly WorldSeed[],
): Pick<RunFacts, "worlds" | "worldsJson" | "instances"> {
  return {
    worlds,
    ...(instancesOf(world) && { instances: worlds.map(({ instance }) => instance!) }),
    worldsJson: JSON.stringify(worlds),
  };
}

/**
 * Reads what all evaluations of a step have in common.
 *
 * Needs read permission for the configuration, the run's template, and `lib/runtime`.
 *
 * @throws {StepFailed} If the run's template is missing, or lacks the configured environment.
 */
export async function readFacts(listing: Listing, paths: RunPaths): Promise<RunFacts> {
  const seed = listing.meta("seed");
  const poolHash = listing.meta("pool");
  if (seed === undefined || poolHash === undefined) throw unfinished();
  const pool = loadPool(paths, poolHash);
  const [config, source] = await Promise.all([
    loadConfig(paths),
    runtimeHash(),
  ]);
  // Where `build` has not seen these modules yet nothing is built of them.
  const runtime = knownRuntime(listing, source) ?? source;
  const last = lastCycle(listing);
  const cycle = last?.state === "open" ? last.cycle : undefined;
  const worlds = cycle === undefined ? [] : worldsOf(seed, cycle, pool.world, config.world);
  const environment = environmentAt(config.world, last?.cycle || 1);
  const inForce = config.world.schedule ? { ...config.world, schedule: undefined, environment } : config.world;
  const circumstances = await sha256(JSON.stringify([pool.worldHash, config.limits, inForce]));
  return {
    seed,
    config,
    pool,
    due: { cycle, runtime, pool: poolHash, noisy: pool.world.noisy, circumstances },
    circumstances,
    ...ofWorlds(pool, worlds),
    conditions: worlds.length === 0 ? "" : await conditionsOf(pool, worlds),
    poolJson: JSON.stringify(catalogue(pool)),
  };
}

function unfinished(): StepFailed {
  return new StepFailed({
    code: "listing.unfinished",
    message: "The run was not initialised to its end; run `deno task init` again.",
  });
}
