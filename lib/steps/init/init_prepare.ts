/**
 * What `init` settles before it creates agents: seed, size, keys, the run's copy of the template.
 *
 * @module
 */

import { admissionConditions, recordAdmission } from "../../toolchain/admission.ts";
import { recordDataCost } from "../../db/data_cost.ts";
import type { DataCost } from "../../isolation/data.ts";
import { ensureKeys } from "../../signing/keys.ts";
import type { Pool } from "../../genome/pool.ts";
import { Misuse, StepFailed } from "../../util/issue.ts";
import type { StepContext } from "../../step/context.ts";
import { infoOf, writeFileAtomic } from "../../util/files.ts";
import { countCreated } from "../../db/agents.ts";
import { isUnscored, lastCycle } from "../../db/cycle.ts";
import { otherDeno, recordDeno } from "../../db/deno_version.ts";
import { isAgentId } from "../../run/id.ts";
import type { InitOptions } from "./init_options.ts";
import type { CreateOrder } from "../../agents/create_worker.ts";
import type { Listing } from "../../db/listing.ts";
import type { RunPaths } from "../../run/paths.ts";
import { demandPresentForm, storePool } from "../../template/pool_store.ts";
import { activatePool, presentPool } from "../../template/template.ts";
import { initDefaults, recordable } from "../../template/template_folder.ts";

/** What is to be created. */
export interface Preparation {
  /** How, beginning with the first agent that is missing. */
  readonly order: Omit<CreateOrder, "to" | "pool" | "runtime">;
  /** How many agents `init` is to have made in all. */
  readonly target: number;
  /** How many things were changed already. */
  readonly updates: number;
}

/**
 * Settles what holds for the whole run, and records it before the first agent is made.
 *
 * @param options What was asked for, with the template as it was read.
 * @throws {Misuse} If the seed is another one than the run's.
 * @throws {StepFailed} If there are agents' folders but no listing of them.
 */
export async function prepare(
  step: StepContext,
  listing: Listing,
  options: InitOptions & {
    readonly template: string;
    readonly pool: Pool;
    readonly runtime: string;
    readonly data?: DataCost;
    /** Records genomes that are given for the agents to be made of a pool, within the transaction. */
    readonly recordGiven?: (pool: string) => void;
  },
): Promise<Preparation> {
  const { paths } = step;
  const seed = settleSeed(step, listing, options.seed);
  const other = otherDeno(listing);
  if (other !== undefined) step.say(other);
  const active = options.active ?? Number(listing.meta("active") ?? initDefaults.active);
  const made = countCreated(listing);
  const target = sizeOf(listing, made, options.count);
  const keys = await ensureKeys(paths);
  await writeSchema(paths, made < target);
  demandPresentForm(paths);
  const stored = await storePool(paths, options.template, options.pool);
  if (stored && options.pool.view && listing.meta("pool") === options.pool.hash) {
    step.say("the template's view has changed; `deno task build` makes the program that draws it.");
  }
  const conditions = await admissionConditions(options.runtime);
  const renewed = listing.transaction(() => {
    listing.setMeta("seed", seed);
    recordDeno(listing);
    listing.setMeta("size", String(target));
    listing.setMeta("active", String(active));
    listing.setMeta("template", recordable(options.template));
    recordAdmission(listing, options.pool.hash, conditions);
    if (options.data) recordDataCost(listing, options.pool.hash, options.data);
    const isNew = renew(step, listing, options.pool.hash);
    options.recordGiven?.(presentPool(listing));
    return isNew;
  });
  const updates = [keys, stored, renewed].filter(Boolean).length;
  const { agents, template } = paths;
  return { order: { from: made, seed, active, agents, template }, target, updates };
}

/** How many agents there are to be: as asked for, as recorded, or the default, never fewer than there are. */
export function sizeOf(listing: Listing | undefined, made: number, asked: number | undefined): number {
  return Math.max(made, asked ?? Number(listing?.meta("size") ?? initDefaults.count));
}

function settleSeed(step: StepContext, listing: Listing, asked: string | undefined): string {
  const recorded = listing.meta("seed");
  if (recorded === undefined) {
    refuseStrangers(step.paths);
    if (asked !== undefined) return asked;
    const drawn = crypto.getRandomValues(new Uint8Array(6)).toHex();
    step.say(`the run's seed is ${drawn}.`);
    return drawn;
  }
  if (asked === undefined || asked === recorded) return recorded;
  throw new Misuse({
    code: "init.seed",
    message: `Cannot use the seed ${asked} as this run has the seed ${recorded}; ` +
      `leave --seed out, or make another run with --run NAME.`,
  });
}

/** Without a listing nothing says whose these folders are: they may be all that is left of a population. */
function refuseStrangers(paths: RunPaths): void {
  const unlisted = [...Deno.readDirSync(paths.agents)].find(({ name }) => isAgentId(name));
  if (!unlisted) return;
  throw new StepFailed({
    code: "init.unlisted",
    message: "Cannot create agents as there are folders of agents without a listing; " +
      "restore the listing from a backup, or move the folders away.",
    path: paths.agents,
  });
}

/** Makes the pool the present one; while a cycle is under way it waits for the next one. */
function renew(step: StepContext, listing: Listing, hash: string): boolean {
  const present = listing.meta("pool");
  if (present === hash) {
    listing.dropMeta("next");
    return false;
  }
  const cycle = lastCycle(listing);
  const newborn = listing.get("SELECT 1 FROM agents WHERE stage IN ('planned', 'newborn') AND status <> 'dead'");
  if (present === undefined || ((!cycle || cycle.state === "closed") && !newborn)) return activatePool(listing, hash);
  if (listing.meta("next") === hash) return false;
  listing.setMeta("next", hash);
  step.say(
    `the template has changed; ${
      isUnscored(listing) ? "the next scan takes it up" : "it takes effect with the next cycle"
    }.`,
  );
  return true;
}

async function writeSchema(paths: RunPaths, renew: boolean): Promise<void> {
  if (!renew && infoOf(paths.configSchema)) return;
  const { default: schema } = await import("../../run/config.schema.json", { with: { type: "json" } });
  await writeFileAtomic(paths.configSchema, `${JSON.stringify(schema, undefined, 2)}\n`);
}
