/**
 * Does a step whose command line was read: lock, work, closing record, exit code.
 *
 * @module
 */

import type { StepDetails, StepFinished } from "../records/finished.ts";
import type { StepRecord } from "../records/records.ts";
import { recordsVersion } from "../records/version.ts";
import { missingListing } from "../db/missing_listing.ts";
import { type RunPaths, runPaths } from "../run/paths.ts";
import { type Issue, Misuse, StepFailed } from "../util/issue.ts";
import type { Counts, Logger, StepContext } from "./context.ts";
import { findingLines, issueLine, issueOf, stackOf, summaryLine, waitLine } from "./failure.ts";
import type { Flags } from "./flags.ts";
import { ignoresHangup, isHangupIgnored } from "./hangup.ts";
import { shownIssue, withRun } from "./hint.ts";
import { infoOf, isFile } from "../util/files.ts";
import { listen } from "../util/interrupts.ts";
import { lazily } from "../util/lazy.ts";
import type { RunLock } from "../run/lock.ts";
import { LazyLog } from "./log.ts";
import { Output } from "./output.ts";
import { Terminal } from "./terminal.ts";
import { Stages } from "./stages.ts";
import type { CommonFlags, StepDefinition } from "./definition.ts";

/** How a step ends. */
export const exitCodes = { done: 0, failed: 1, misuse: 2, interrupted: 130 } as const;

/**
 * Does a step.
 *
 * @returns The exit code of the process.
 */
export async function performRun(
  definition: StepDefinition<Flags>,
  flags: CommonFlags & Readonly<Record<string, unknown>>,
  args: readonly string[],
): Promise<number> {
  const run = new StepRun(definition, flags, args);
  return await run.perform();
}

class StepRun {
  readonly #definition: StepDefinition<Flags>;
  readonly #flags: CommonFlags & Readonly<Record<string, unknown>>;
  readonly #args: readonly string[];
  readonly #paths: RunPaths;
  readonly #terminal: Terminal;
  readonly #output: Output;
  /** The format of records that was asked for. */
  readonly #asked: string | undefined;
  readonly #format: string;
  readonly #log: LazyLog;
  readonly #durations: Record<string, number> = {};
  readonly #details: StepDetails = {};
  readonly #stages = new Stages();
  /** Records that the work has emitted. */
  #handled = 0;
  readonly #interrupt = new AbortController();
  #lock: RunLock | undefined;
  /** Said when all records are written. */
  #conclusion: string | undefined;

  constructor(
    definition: StepDefinition<Flags>,
    flags: CommonFlags & Readonly<Record<string, unknown>>,
    args: readonly string[],
  ) {
    const { name, columns, defaultFormat, formatOf, ownFormat } = definition;
    this.#definition = definition;
    this.#flags = flags;
    this.#args = args;
    this.#paths = runPaths(flags.run);
    this.#terminal = new Terminal(name, flags.quiet, this.#paths.name);
    this.#asked = ownFormat ? undefined : flags.format;
    this.#format = formatOf?.(flags as never) ?? this.#asked ?? defaultFormat ??
      (Deno.stdout.isTerminal() ? "table" : "ndjson");
    this.#output = new Output(this.#format, columns);
    this.#log = new LazyLog(
      flags.logLevel,
      async () => {
        const { openLogSink } = await lazily<typeof import("./log_sink.ts")>("./log_sink.ts", import.meta.url);
        const { write, close } = await openLogSink(this.#paths.logs, name);
        return { write: (line) => write({ ...line, message: withRun(line.message, this.#paths.name) }), close };
      },
      ({ level, message, properties }) => this.#terminal.say(`${level}: ${message}${brief(properties)}`),
    );
  }

  async perform(): Promise<number> {
    this.#listen();
    const code = await this.#guarded();
    this.#terminal.clear();
    try {
      await this.#output.end();
      // A chain says for its steps what has become of them.
      if (this.#flags.lock === undefined && this.#conclusion !== undefined) this.#terminal.say(this.#conclusion);
      await this.#log.close();
    } catch (error) {
      this.#terminal.error(`Cannot write all of the output: ${(error as Error).message}`);
      return code || exitCodes.failed;
    }
    return code;
  }

  async #guarded(): Promise<number> {
    const { name, lock, idle = Boolean(lock) } = this.#definition;
    try {
      const counts = await this.#work();
      this.#durations.total = round(performance.now());
      const interrupted = this.#interrupt.signal.aborted && !this.#definition.lasts;
      const perSecond = this.#perSecond();
      await this.#note(counts, perSecond);
      const stages = this.#stages.summary();
      this.#finish({
        ok: true,
        counts,
        durations: this.#durations,
        ...this.#details,
        ...(perSecond !== undefined && { perSecond }),
        ...(stages && { stages }),
        ...(interrupted && { interrupted }),
      });
      if (interrupted) this.#conclusion = "interrupted; what was done is saved, and the next run goes on from here.";
      else this.#conclusion = this.#conclude(counts, idle);
      return interrupted ? exitCodes.interrupted : exitCodes.done;
    } catch (error) {
      await this.#noteCutShort(error);
      if (this.#interrupt.signal.aborted && !(error instanceof Misuse || error instanceof StepFailed)) {
        this.#conclusion = this.#definition.keepsNothing
          ? "interrupted; nothing is kept."
          : "interrupted; the next run goes on from what is saved.";
        this.#finish({
          ok: false,
          ...this.#details,
          issue: { code: "interrupted", message: `${name} was interrupted.` },
        });
        return exitCodes.interrupted;
      }
      return this.#fail(error);
    } finally {
      this.#letGo();
    }
  }

  /** A step that was refused before there was a run leaves nothing of it behind. */
  #letGo(): void {
    try {
      if (this.#lock && this.#definition.creates && !isFile(this.#paths.listing)) this.#lock.withdraw();
    } finally {
      this.#lock?.release();
    }
  }

  /** What was done, for the person; a step that always writes for people has said it itself. */
  #conclude(counts: Counts, idle: boolean): string | undefined {
    if (idle && counts.updates === 0) {
      return counts.stale
        ? `nothing done; ${counts.stale} must go through another step first, as their records say.`
        : "nothing to do.";
    }
    const shown = this.#format === "table" && this.#definition.defaultFormat === undefined;
    return shown ? summaryLine(counts, this.#durations.total!) : undefined;
  }

  async #work(): Promise<Counts> {
    const { stdin, lock, creates, elsewhere, run } = this.#definition;
    const read = stdin && this.#flags.stdin ? await this.#readIds() : undefined;
    this.#checkListing(Boolean(creates) || elsewhere?.(this.#flags as never) === true);
    if (lock) await this.#takeLock(lock === "chain");
    const ids = read && await this.#knownIds(read);
    const began = performance.now();
    try {
      return await run(this.#flags as never, this.#context(ids));
    } finally {
      this.#durations.work = round(performance.now() - began);
    }
  }

  #context(ids: ReadonlySet<string> | undefined): StepContext {
    const { name } = this.#definition;
    return {
      name,
      paths: this.#paths,
      args: this.#args,
      workers: this.#flags.workers ?? navigator.hardwareConcurrency,
      format: this.#format,
      forPeople: this.#asked === undefined && Deno.stdout.isTerminal(),
      quiet: this.#flags.quiet,
      logLevel: this.#flags.logLevel,
      signal: this.#interrupt.signal,
      ids,
      chained: this.#flags.lock !== undefined,
      lockToken: this.#lock?.token,
      durations: this.#durations,
      details: this.#details,
      stages: this.#stages,
      log: this.#log.logger satisfies Logger,
      emit: (record) => {
        this.#handled++;
        this.#emit(record);
      },
      print: (text) => this.#output.text(withRun(text, this.#paths.name)),
      progress: (done, total) => this.#terminal.progress(done, total),
      say: (text) => this.#terminal.say(text),
    };
  }

  #emit(record: StepRecord): void {
    const { type, ...rest } = record;
    this.#output.record({ type, step: this.#definition.name, ...this.#named(rest) });
  }

  /**
   * A record whose issue names commands for this run. In a table reasons do so, too: in records they are data of the run,
   * which is the same under any name.
   */
  #named<T extends { readonly issue?: Issue; readonly reason?: unknown }>(record: T): T {
    const { issue, reason } = record;
    const { name } = this.#paths;
    return {
      ...record,
      ...(issue && { issue: shownIssue(issue, name) }),
      ...(this.#format === "table" && typeof reason === "string" && { reason: withRun(reason, name) }),
    };
  }

  #finish(rest: Omit<StepFinished, "type" | "id" | "recordsVersion">): void {
    this.#emit({ type: "step.finished", id: null, ...rest, recordsVersion });
  }

  async #readIds(): Promise<Set<string>> {
    if (Deno.stdin.isTerminal()) this.#terminal.say("reads records from the terminal; end them with Ctrl-D.");
    const { readIds } = await import("./stdin.ts");
    return await readIds(Deno.stdin.readable);
  }

  #checkListing(creates: boolean): void {
    const { listing } = this.#paths;
    if (creates || isFile(listing)) return;
    throw missingListing(listing);
  }

  async #takeLock(chain: boolean): Promise<void> {
    const began = performance.now();
    const { RunLock } = await import("../run/lock.ts");
    this.#lock = await RunLock.take(this.#paths, {
      step: this.#definition.name,
      token: this.#flags.lock,
      chain,
      creates: this.#definition.creates,
      signal: this.#interrupt.signal,
      onWait: (holder) => this.#terminal.say(waitLine(holder)),
    });
    this.#durations.lock = round(performance.now() - began);
    await this.#noteDeno();
  }

  /** A chain says it for its steps, and `init` itself; a run that `restore` replaces does not go on. */
  async #noteDeno(): Promise<void> {
    if (this.#flags.lock !== undefined || this.#definition.creates) return;
    const { otherDenoOf } = await import("../db/deno_version.ts");
    const other = otherDenoOf(this.#paths.listing);
    if (other !== undefined) this.#terminal.say(other);
  }

  async #knownIds(ids: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    const { partIds } = await import("./listed.ts");
    const { known, unknown } = partIds(this.#paths.listing, ids);
    const issue: Issue = { code: "agent.unknown", message: "There is no agent of this id in the listing." };
    for (const id of unknown) this.#emit({ type: "agent.unknown", id, ok: false, issue });
    return known;
  }

  /** Agents, or events, that a step has handled in a second of its work; absent where there were none. */
  #perSecond(): number | undefined {
    const { work } = this.#durations;
    if (this.#definition.lock !== true || this.#handled === 0 || !work) return undefined;
    return round(this.#handled / work * 1000);
  }

  async #note(counts: Counts, perSecond: number | undefined): Promise<void> {
    const { lock } = this.#definition;
    // A step that only checks does not do what the step is for.
    if (this.#flags.check === true) return;
    // What a person ran in vain is not worth a line; in a chain it took its time all the same.
    if (lock !== true || (counts.updates === 0 && this.#flags.lock === undefined)) return;
    await this.#noteTime(counts, perSecond);
  }

  /** What failed or was interrupted took its time all the same. */
  async #noteCutShort(error: unknown): Promise<void> {
    const { lock } = this.#definition;
    if (lock !== true || this.#flags.check === true || error instanceof Misuse) return;
    if (this.#lock === undefined && this.#flags.lock === undefined) return;
    this.#durations.total = round(performance.now());
    try {
      await this.#noteTime({}, undefined);
    } catch {
      // What ended the step is what there is to tell.
    }
  }

  async #noteTime(counts: Partial<Counts>, perSecond: number | undefined): Promise<void> {
    const { name } = this.#definition;
    const { noteRun } = await import("./listed.ts");
    const stages = this.#stages.counted();
    const noted = { ...counts, ...(perSecond !== undefined && { perSecond }), ...(stages && { stages }) };
    noteRun(this.#paths.listing, name, this.#durations.total!, noted);
  }

  #fail(error: unknown): number {
    const { issue } = this.#named({ issue: issueOf(error) });
    for (const line of [issueLine(issue), ...findingLines(issue)]) this.#terminal.error(line);
    if (this.#flags.logLevel === "debug") this.#terminal.lines(stackOf(error));
    const { logs, workspace } = this.#paths;
    if (isFolder(this.#definition.creates ? logs : workspace)) this.#log.note("error", issue.message, { ...issue });
    this.#finish({ ok: false, ...this.#details, issue });
    if (error instanceof Misuse) return exitCodes.misuse;
    return error instanceof StepFailed ? error.exitCode : exitCodes.failed;
  }

  #listen(): void {
    // Of what runs for long it is known for certain; else it is looked into when it matters.
    const isLong = this.#definition.long === true || this.#flags.mode === "resident";
    const ignored = isLong && this.#flags.lock === undefined ? isHangupIgnored() : Promise.resolve(false);
    listen({
      impatient: this.#definition.lasts === true,
      // A chain hears of a closed terminal for its steps, and ends them.
      deaf: async () => this.#flags.lock !== undefined || await ignored || await ignoresHangup(),
      controller: this.#interrupt,
      endNow: () => Deno.exit(exitCodes.interrupted),
      uncaught: (error) => {
        const code = this.#fail(error);
        this.#output.flush();
        void this.#log.close().finally(() => Deno.exit(code));
      },
    });
  }
}

function brief(properties: Readonly<Record<string, unknown>>): string {
  return Object.keys(properties).length === 0 ? "" : ` ${JSON.stringify(properties)}`;
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}

/** Whether there is a run to write a log for, maybe on another disk; what can't be looked at has none. */
function isFolder(path: string): boolean {
  try {
    return infoOf(path, { follow: true })?.isDirectory ?? false;
  } catch {
    return false;
  }
}
