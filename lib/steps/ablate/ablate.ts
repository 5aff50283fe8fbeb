/**
 * What each gene of a genome is worth, and what it can do without.
 *
 * @module
 */

import { keptGenome } from "../../agents/kept_genome.ts";
import { writtenGenome } from "../../agents/written_genome.ts";
import { findJudged, type JudgedGenome } from "../../db/best_agent.ts";
import { Listing } from "../../db/listing.ts";
import { isOfPool } from "../../db/races.ts";
import { expectedOf } from "../../evaluation/expected.ts";
import type { WorldSet } from "../../evaluation/field.ts";
import { activeGenes } from "../../genome/active.ts";
import { fitToPool } from "../../genome/fit.ts";
import { link } from "../../genome/link.ts";
import type { Pool } from "../../genome/pool.ts";
import { agentLimits } from "../../isolation/limits.ts";
import { sandboxFor } from "../../isolation/sandbox.ts";
import type { AblationReport, SmallestGenome } from "../../records/ablation.ts";
import { loadConfig } from "../../run/config.ts";
import { ablationWorlds, testWorlds, unseenConditions, type Worlds } from "../../run/unseen_worlds.ts";
import { toBytes } from "../../runtime/genome_bytes.ts";
import type { Genome } from "../../runtime/genome_schema.ts";
import type { Played } from "../../selection/race.ts";
import { mean } from "../../statistics/moments.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { loadPool } from "../../template/pool_store.ts";
import { presentPool } from "../../template/template.ts";
import { cutOf, openField } from "../../toolchain/open_field.ts";
import { PoolPrograms } from "../../toolchain/pool_programs.ts";
import { StepFailed } from "../../util/issue.ts";
import { sha256 } from "../../util/hash.ts";
import { shownText } from "../../util/text.ts";
import { textOf, type Told } from "./document.ts";
import { differenceOf, effectsOf, lossesOf } from "./effects.ts";
import { eliminate, type Elimination } from "./eliminate.ts";
import { demandNew, writeGenome } from "./out.ts";
import { Variants } from "./variants.ts";

/** Options of `ablate`. */
export interface AblateOptions {
  /** Episodes that the effects and the smallest genome are judged in; all instances to test with in a world that is not noisy. */
  readonly test: number;
  /** Episodes by which it is decided what is left out; all training instances in a world that is not noisy. */
  readonly episodes: number;
  /** How much may be lost at most, in the unit of the score. @default a twentieth of the whole genome's */
  readonly margin?: number;
  /** Whether genes of phase `birth` stay. */
  readonly fertile: boolean;
  /** The absolute path of a file that is not there yet, for the smallest genome. */
  readonly out?: string;
  /** How processes are kept apart. */
  readonly isolation: "process" | "bwrap";
}

/** A genome that is to be taken apart. */
interface Subject {
  readonly judged: JudgedGenome;
  readonly bytes: Uint8Array;
  /** As it is kept, and fitted to the pool. */
  readonly genome: Genome;
  readonly fitted: Genome;
}

/** Share of the whole genome's score that may be lost, where nothing else is asked for. */
const usualMargin = 0.05;

/**
 * Switches each gene of a genome off in turn, tells what that costs on worlds that nothing was chosen by, and finds the smallest
 * genome that keeps the score.
 *
 * It changes no agent, no score and no random number of any cycle; what was evaluated is kept in the tables of the races, so that
 * killed, it goes on where it was. Needs what `race` needs, and write permission for the file.
 *
 * @throws {Misuse} If the step's arguments name no agent, or several, or the file is there already.
 * @throws {StepFailed} If the genome is not kept, not of the present template, has no active gene or can't be run.
 */
export async function ablate(step: StepContext, options: AblateOptions): Promise<Counts> {
  const { paths, stages, signal, workers } = step;
  if (options.out !== undefined) demandNew(options.out);
  const config = await loadConfig(paths);
  using listing = Listing.open(paths.listing);
  const poolHash = presentPool(listing);
  const pool = loadPool(paths, poolHash);
  const subject = subjectOf(listing, pool, poolHash, findJudged(listing, step.args));
  const { judged: { id: agent, genomeHash }, bytes, genome, fitted } = subject;
  const seed = listing.meta("seed") ?? "";
  const facts = { seed, settings: pool.world, config: config.world };
  const [sandbox, programs, conditions] = await Promise.all([
    sandboxFor(options.isolation, agentLimits(config)),
    PoolPrograms.open(listing, paths, pool, poolHash),
    unseenConditions(pool, facts),
  ]);
  const cut = await cutOf(programs, { source: "best", agent, genomeHash, codeHash: poolHash }, { bytes, genome });
  if (!cut) throw new Error("the present pool has its programs");
  const parts = { listing, paths, pool, config, seed, conditions, programs, sandbox, workers, signal };
  await using open = await openField(parts);
  const variants = new Variants({ open, programs, pool, whole: { ...cut, genome: fitted } });
  const test = setOf("test", testWorlds(facts), options.test);
  const own = setOf("ablation", ablationWorlds(facts), options.episodes);
  const whole = await stages.time("whole", async () => ({
    test: await playedWhole(variants, agent, test),
    own: await playedWhole(variants, agent, own),
  }));
  const { progress } = step;
  const effects = await stages.time("effects", () => effectsOf(variants, whole.test, { ...test, progress }));
  const margin = options.margin ?? usualMargin * Math.abs(mean(whole.own.scores));
  const { fertile } = options;
  const found = await stages.time(
    "eliminate",
    () => eliminate(variants, whole.own, { ...own, margin, fertile, progress }),
  );
  const objective = pool.world.objectives?.[0];
  const { isUnseen } = test.set.worlds;
  const report: AblationReport = {
    agent,
    genomeHash,
    active: activeGenes(fitted, pool).length,
    episodes: test.episodes,
    expected: isUnseen ? expectedOf(whole.test, objective) : null,
    ...(!isUnseen && { unexpected: "no unseen instance" }),
    ...(objective && { objective }),
    ablationEpisodes: own.episodes,
    margin,
    fertile,
    smallest: await stages.time("smallest", () => smallestOf(variants, found, { ...test, whole: whole.test, margin })),
  };
  if (options.out !== undefined) writeGenome(options.out, writtenGenome(variants.genome(found.gone), pool));
  tell(step, { effects, steps: found.steps, report, out: options.out });
  return { updates: 0, genes: report.active, evaluations: variants.field.run };
}

/** Some of the worlds of a set. */
interface Ground {
  readonly set: WorldSet;
  readonly episodes: number;
}

/** All worlds that there are, or as many as are asked for. */
function setOf(name: string, worlds: Worlds, asked: number): Ground {
  return { set: { name, worlds }, episodes: Number.isFinite(worlds.count) ? worlds.count : asked };
}

function subjectOf(listing: Listing, pool: Pool, poolHash: string, judged: JudgedGenome): Subject {
  const { id, genomeHash } = judged;
  const genome = keptGenome(listing, genomeHash);
  if (!genome) throw unfit("ablate.forgotten", id, "its genome must be kept: retention has dropped it");
  if (!isOfPool(listing, { agent: id, genomeHash }, poolHash)) {
    const again = "have it judged again by `deno task lifecycle --cycles 1`, or name another agent";
    throw unfit("ablate.template", id, `it must be of the present template: that has changed since; ${again}`);
  }
  const fitted = fitToPool(genome, pool, { has: () => true });
  if (!fitted.ok) throw new Error(fitted.issue.message);
  if (activeGenes(genome, pool).length === 0) throw unfit("ablate.empty", id, "a gene must be active: none is");
  const lethal = link(genome, pool);
  if (lethal) throw unfit("ablate.failed", id, `its genes must link: ${lethal.message}`);
  return { judged, bytes: listing.blob(genomeHash)!, genome, fitted: fitted.value.genome };
}

async function playedWhole(variants: Variants, agent: string, { set, episodes }: Ground): Promise<Played> {
  const attempt = await variants.play(new Set(), set, episodes);
  if (attempt.played) return attempt.played;
  throw unfit("ablate.failed", agent, `its whole genome must come to a score: ${shownText(attempt.reason)}`);
}

async function smallestOf(
  variants: Variants,
  { gone, kept }: Elimination,
  { set, episodes, whole, margin }: Ground & { readonly whole: Played; readonly margin: number },
): Promise<SmallestGenome> {
  const genomeHash = await sha256(toBytes(variants.genome(gone)));
  const { played } = await variants.play(gone, set, episodes);
  const { isUnseen } = set.worlds;
  if (!played) return { genomeHash, genes: kept, expected: null, loss: null, verdict: "lost" };
  const loss = differenceOf(lossesOf(whole.scores, played.scores), isUnseen);
  const breaksMore = mean(played.violations) > mean(whole.violations);
  return {
    genomeHash,
    genes: kept,
    expected: isUnseen ? expectedOf(played, variants.pool.world.objectives?.[0]) : null,
    loss,
    verdict: breaksMore ? "lost" : verdictOf(loss, margin),
  };
}

/** Neither is shown where the interval has the margin within it, or is none. */
function verdictOf({ low, high }: NonNullable<SmallestGenome["loss"]>, margin: number): SmallestGenome["verdict"] {
  if (low === null || high === null) return "not shown";
  return high <= margin ? "kept" : low > margin ? "lost" : "not shown";
}

function tell(step: StepContext, told: Told): void {
  const { effects, steps, report, out } = told;
  if (step.format === "table") return step.print(textOf(told));
  const id = report.agent;
  for (const one of effects) step.emit({ type: "ablation.gene", id, ok: true, ...one });
  for (const one of steps) step.emit({ type: "ablation.step", id, ok: true, ...one });
  step.emit({ type: "ablation.finished", id, ok: true, ...report, ...(out !== undefined && { out }) });
}

function unfit(code: string, id: string, why: string): StepFailed {
  return new StepFailed({ code, message: `Cannot ablate ${id} as ${why}.`, path: id });
}
