/**
 * Tries a genome of a template: one evaluation that belongs to no run.
 *
 * @module
 */

import { environmentAt } from "../../run/schedule.ts";
import { assumedCost } from "../../db/data_cost.ts";
import { missingListing } from "../../db/missing_listing.ts";
import { activeGenes } from "../../genome/active.ts";
import type { Pool } from "../../genome/pool.ts";
import type { HostedData } from "../../isolation/data.ts";
import { withData } from "../../isolation/data.ts";
import { Judge } from "../../isolation/judge.ts";
import type { Sandbox } from "../../isolation/launcher.ts";
import { agentLimits, judgeLimits } from "../../isolation/limits.ts";
import { ProcessIsolation } from "../../isolation/process.ts";
import { sandboxFor } from "../../isolation/sandbox.ts";
import { loadConfig } from "../../run/config.ts";
import type { Config } from "../../run/config_schema.ts";
import { projectRoot } from "../../run/paths.ts";
import type { Genome } from "../../runtime/genome_schema.ts";
import { toBytes } from "../../runtime/genome_bytes.ts";
import type { WorldSeed } from "../../runtime/contract.ts";
import { episodesOf } from "../../source/instances.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { readData } from "../../template/data_files.ts";
import { dataLine } from "../../template/data_line.ts";
import { staleContract } from "../../template/contract_copy.ts";
import { demandOutput } from "../../template/evidence.ts";
import { poolOf } from "../../template/read_pool.ts";
import { readTemplate, type TemplateFile } from "../../template/template_files.ts";
import { inTemplate } from "../../toolchain/admit.ts";
import { bundleCarriers, OwnWorkshop, type UnsignedCarriers, type UnsignedPrograms } from "../../toolchain/unsigned.ts";
import { presentBeginning } from "../../template/template_folder.ts";
import { infoOf } from "../../util/files.ts";
import { sha256 } from "../../util/hash.ts";
import { good, type Issue, StepFailed, together } from "../../util/issue.ts";
import { SweptFolder } from "../../util/swept_folder.ts";
import { type Tried, tryIn } from "./evaluation.ts";
import { choiceName, chosenGenome, type GenomeChoice } from "./genome.ts";
import { placed } from "./place.ts";
import { report } from "./report.ts";
import { chosenWorlds } from "./worlds.ts";

/** What is to be tried. */
export interface TryOptions {
  /** The absolute path of the template; absent: that of the run, else the default one. */
  readonly template?: string;
  readonly genome: GenomeChoice;
  readonly seed: string;
  readonly environment?: string;
  /** One instance. */
  readonly instance?: number;
  /** All instances to test with. */
  readonly test: boolean;
  /** Whether the steps are recorded. */
  readonly trace: boolean;
  readonly isolation: "process" | "bwrap";
}

/** The same, with the template that it is about. */
type Chosen = TryOptions & { readonly template: string };

/** A template, read and audited, with what of it is evaluated. */
interface Subject {
  readonly config: Config;
  readonly files: readonly TemplateFile[];
  readonly pool: Pool;
  readonly genome: Genome;
  readonly groups: readonly (readonly WorldSeed[])[];
  /** The line of the world's data; undefined where it has none. */
  readonly data: string | undefined;
}

/**
 * Emits `try.types`, `trace.step` where traces are asked for, a `try.episode` for each episode, and `try.evaluated`; or prints
 * the same for people.
 *
 * What it makes lies in a folder of its own beside the runs, which is gone when it ends. It needs no key: what it runs it has
 * made itself. Needs read permission for the template, the configuration and `lib/`, write permission for `.try`, and run
 * permission for `/bin/sh`; for an agent's genome what `chosenGenome` needs.
 *
 * @throws {Misuse} If the template, the genome or the world that is asked for can't be used.
 * @throws {StepFailed} If the evaluation fails, or the types of the template are not in order.
 */
export async function tryTemplate(step: StepContext, options: TryOptions): Promise<Counts> {
  const { signal, paths } = step;
  if (paths.name !== undefined && infoOf(paths.root) === undefined) throw missingListing(paths.listing);
  const template = options.template ?? presentBeginning(paths).template;
  // What is under way is left alone then: it ends with this process.
  const interrupted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  interrupted.catch(() => {});
  const folder = await SweptFolder.make(`${projectRoot}/.try`);
  const work = tried(step, { ...options, template }, folder.path);
  work.catch(() => {});
  try {
    signal.throwIfAborted();
    return await Promise.race([work, interrupted]);
  } finally {
    await folder[Symbol.asyncDispose]();
  }
}

async function tried(step: StepContext, options: Chosen, folder: string): Promise<Counts> {
  const { stages, signal } = step;
  const carriers = bundleCarriers(signal);
  const subject = await stages.time("read", () => read(step, options));
  const { files, pool, genome, groups } = subject;
  const workshop = await OwnWorkshop.open(folder, files, pool, { stages, signal });
  const checking = workshop.types();
  checking.catch(() => {});
  const result = await evaluated(step, options, subject, workshop, carriers);
  const mistyped = await checking;
  const types = mistyped && inTemplate(mistyped, options.template);
  await report(step, {
    pool,
    types,
    result,
    template: options.template,
    genome: choiceName(options.genome),
    genomeHash: await sha256(toBytes(genome)),
    genes: activeGenes(genome, pool).length,
    environment: options.environment ?? environmentAt(subject.config.world, 1) ??
      Object.keys(pool.world.environments)[0] ??
      null,
    seed: options.seed,
    worlds: groups.flat(),
    test: options.test,
  });
  const wrong = [types, result.issue].filter((issue) => issue !== undefined);
  if (wrong.length > 0) throw new StepFailed(together(wrong));
  return { updates: 0, episodes: result.episodes.length };
}

/** Reads and audits a template, and finds out what of it is to be evaluated. */
async function read(step: StepContext, { template, genome, ...worlds }: Chosen): Promise<Subject> {
  const { paths, signal } = step;
  const [config, data, files] = await Promise.all([loadConfig(paths), readData(template), readTemplate(template)]);
  const hashes = data.map(({ path, hash }) => ({ path, hash }));
  const line = data.length === 0 ? undefined : dataLine(data, template, signal);
  line?.catch(() => {});
  const pool = await poolOf(files, template, undefined, signal, hashes);
  demandOutput(pool.world, config);
  const stale = await staleContract(template);
  if (stale !== undefined) step.say(stale);
  return {
    config,
    files,
    pool,
    genome: await chosenGenome(genome, pool, template, paths, step.say),
    groups: chosenWorlds(pool.world, config.world, worlds),
    data: await line,
  };
}

async function evaluated(
  step: StepContext,
  options: Chosen,
  subject: Subject,
  workshop: OwnWorkshop,
  carriers: UnsignedCarriers,
): Promise<Tried> {
  const { pool, genome, config, files } = subject;
  const { template } = options;
  const limits = agentLimits(config);
  const [programs, sandbox] = await Promise.all([
    workshop.programs(genome, carriers),
    sandboxFor(options.isolation, limits),
  ]);
  const nothing = { episodes: [], invalid: 0, drew: false, trace: [] };
  if ("code" in programs) return { ...nothing, issue: inTemplate(programs, template) };
  const data = subject.data === undefined ? undefined : hosted(subject.data);
  const isolation = new ProcessIsolation(
    { prove: () => Promise.resolve(good(programs.agent)) },
    sandbox,
    step.workers,
    {
      data,
    },
  );
  await using judge = judgeOf(programs, sandbox, config, data);
  const { isUnexplained, ...result } = await tryIn({
    pool,
    genome,
    seed: options.seed,
    isolation,
    judge,
    limits,
    episodes: episodesOf(pool.world, config.world.episodes),
    stages: step.stages,
    trace: options.trace,
    answers: !options.test && (pool.worldFunctions?.includes("answer") ?? false),
  }, subject.groups);
  const unloaded = isUnexplained ? await workshop.unloaded() : undefined;
  const issue: Issue | undefined = unloaded ? inTemplate(unloaded, template) : result.issue &&
    placed(result.issue, pool, files, template);
  return { ...result, ...(issue && { issue }) };
}

function judgeOf({ judge }: UnsignedPrograms, sandbox: Sandbox, config: Config, data: HostedData | undefined): Judge {
  const limits = withData(judgeLimits(config), data);
  const command = sandbox.sandboxed(judge, limits, Number.POSITIVE_INFINITY);
  return new Judge(command, { timeoutMs: limits.wallSeconds * 1000, data: data?.line });
}

function hosted(line: string): HostedData {
  return { line, bytes: new TextEncoder().encode(`${line}\n`), cost: assumedCost(line.length) };
}
