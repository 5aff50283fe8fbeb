/**
 * A run that begins with genomes that were found before. Loaded only where some are given, or were.
 *
 * @module
 */

import type { PlacedGenome } from "../../agents/create_worker.ts";
import { countCreated } from "../../db/agents.ts";
import { Listing } from "../../db/listing.ts";
import { fitToPool, poolNames } from "../../genome/fit.ts";
import type { Pool } from "../../genome/pool.ts";
import type { RunPaths } from "../../run/paths.ts";
import { toBytes } from "../../runtime/genome_bytes.ts";
import type { StepContext } from "../../step/context.ts";
import type { GenomeSource } from "../../step/genome_source.ts";
import { formerPools, loadPool } from "../../template/pool_store.ts";
import { isFile } from "../../util/files.ts";
import { Misuse } from "../../util/issue.ts";
import { findGenome, fitGiven, type FoundGenome, type GivenGenome, some } from "./given.ts";
import type { InitOptions } from "./init_options.ts";
import { sizeOf } from "./init_prepare.ts";
import { recordedPlan, recordPlan } from "./plan.ts";

/** Genomes that are given now. */
export interface Asked {
  /** As they were asked for. */
  readonly asked: readonly string[];
  readonly found: readonly FoundGenome[];
}

/**
 * Reads the genomes that are given, and demands that each fits and gets an agent of its own.
 *
 * @param offered What the template offers.
 * @returns Undefined where it is the same command as before, so that the run goes on with what is recorded.
 * @throws {Misuse} If one can't be used, or there are more of them than agents to be made.
 */
export async function readAsked(
  paths: RunPaths,
  sources: readonly GenomeSource[],
  options: InitOptions,
  offered: Pool,
): Promise<Asked | undefined> {
  const asked = sources.map((source) => source.kind === "file" ? source.path : `${source.run ?? ""}:${source.id}`);
  using listing = isFile(paths.listing) ? Listing.open(paths.listing, { create: true }) : undefined;
  const made = listing ? countCreated(listing) : 0;
  const target = sizeOf(listing, made, options.count);
  const plan = listing && recordedPlan(listing, made);
  const isSame = JSON.stringify(plan?.asked) === JSON.stringify(asked) && Number(listing?.meta("size")) === target;
  if (isSame) return undefined;
  demandPlaces(asked.length, made, target, plan?.genomes.length ?? 0);
  const found: FoundGenome[] = [];
  for (const source of sources) found.push(await findGenome(source, offered));
  fitAll({ asked, found }, paths, offered);
  return { asked, found };
}

/** Demands that there is an agent to be made for each, and none of before is left. */
function demandPlaces(given: number, made: number, target: number, pending: number): void {
  if (pending > 0) {
    throw new Misuse({
      code: "from.pending",
      message: "Cannot take other genomes as those of an init that was ended are still to come; run `deno task init` " +
        "without --from first.",
    });
  }
  if (target - made >= given) return;
  const genomes = given === 1 ? "a genome" : `${given} genomes`;
  throw new Misuse({
    code: "from.count",
    message:
      `Cannot begin with ${genomes} as each must get an agent that is still to be made: the run has ${made} of ` +
      `${target} agents. Take --count ${made + given} or more.`,
  });
}

/** The genomes as they fit a pool. */
function fitAll({ found }: Asked, paths: RunPaths, pool: Pool): GivenGenome[] {
  const former = formerNames(paths, pool.hash);
  return found.map((one) => fitGiven(one, pool, former));
}

function formerNames(paths: RunPaths, present: string): ReadonlySet<string> {
  return new Set(formerPools(paths, present).flatMap((hash) => poolNames(loadPool(paths, hash))));
}

/**
 * Records genomes for the next agents to be made, and says what of them the template lacks, and they of it.
 *
 * Call it inside the transaction that records how many agents there are to be.
 *
 * @param pool What these are made of.
 * @throws {Misuse} If one does not fit, which can be where the template takes effect later.
 */
export function recordAsked(step: StepContext, listing: Listing, asked: Asked, pool: Pool): void {
  const given = fitAll(asked, step.paths, pool);
  recordPlan(listing, asked.asked, countCreated(listing), given);
  for (const { from, ignored, missing } of given) {
    if (ignored.length > 0) {
      step.say(`${from}: the template lacks ${some(ignored)}, or has it in a narrower range; that is passed over.`);
    }
    if (missing.length > 0) {
      step.say(`${from}: it has nothing of ${some(missing)}; that is off, or at its default.`);
    }
  }
}

/**
 * Genomes that agents still to be made are to have, with what those are made of.
 *
 * A template that has changed since is no reason to refuse them: they are fitted as those of agents are.
 *
 * @param made How many agents there are.
 */
export function placedGenomes(paths: RunPaths, listing: Listing, pool: Pool, made: number): PlacedGenome[] {
  const plan = recordedPlan(listing, made);
  if (!plan || plan.genomes.length === 0) return [];
  const former = formerNames(paths, pool.hash);
  return plan.genomes.map(({ from, genome, ignored }, i) => {
    const fitted = fitToPool(genome, pool, former);
    if (!fitted.ok) {
      throw new Misuse({ ...fitted.issue, message: `Cannot begin with ${from}: ${fitted.issue.message}` });
    }
    const all = [...new Set([...ignored, ...fitted.value.ignored])].sort();
    return { index: plan.at + i, from, bytes: toBytes(fitted.value.genome), ignored: all };
  });
}
