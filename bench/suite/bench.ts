/**
 * What the parts of the benchmark suite work with.
 *
 * @module
 */

import type { Figure, Omission, Sample } from "../../lib/records/bench.ts";
import { stepCommand, stepProcess } from "../../lib/step/command.ts";
import { measure } from "./measure.ts";
import { keepListing } from "./snapshot.ts";

/** One part of the suite, as `--only` names it. */
export interface Part {
  readonly name: string;
  readonly brief: string;
  /** Measures, and tells what came out as soon as it has. */
  run(bench: Bench): Promise<void>;
}

/** How the suite is run, and where its results go. */
export interface BenchOptions {
  /** Numbers of agents, from the least. */
  readonly sizes: readonly number[];
  /** How often each workload is run. */
  readonly repeats: number;
  /** Whether it is only to be seen that all of it works. */
  readonly quick: boolean;
  /** Names this session's runs apart from those of others. */
  readonly session: string;
  readonly signal: AbortSignal;
  readonly onFigure: (figure: Figure) => void;
  readonly onOmission: (omission: Omission) => void;
  readonly say: (text: string) => void;
}

/** Runs steps on populations that are made for this session alone. */
export class Bench {
  readonly options: BenchOptions;
  readonly #made = new Map<string, Promise<string>>();
  readonly #help = new Map<string, Promise<string>>();
  readonly #kept = new Map<string, () => void>();

  constructor(options: BenchOptions) {
    this.options = options;
  }

  /** The greatest number of agents that is asked for, but at most so many. */
  largest(most = Infinity): number {
    const [least] = this.options.sizes;
    return Math.max(least!, ...this.options.sizes.filter((size) => size <= most));
  }

  /** How often a workload over so many agents is run: what takes minutes three times, or once. */
  repeats(agents: number): number {
    return agents >= 10_000 ? Math.min(3, this.options.repeats) : this.options.repeats;
  }

  /** The name of a run of this session. */
  run(name: string): string {
    return `bench-${this.options.session}-${name}`;
  }

  /** A run of this session's with agents that are scanned, wired and built: made once for each name. */
  population(name: string, count: number, template?: string): Promise<string> {
    const run = this.run(name);
    let made = this.#made.get(run);
    if (!made) this.#made.set(run, made = this.#populate(run, count, template));
    return made;
  }

  async #populate(run: string, count: number, template?: string): Promise<string> {
    this.options.say(`makes a population of ${count}`);
    const args = ["--count", `${count}`, "--seed", "bench", ...(template ? ["--template", template] : [])];
    await this.step("init", run, args);
    await this.prepare(run);
    return run;
  }

  /** Scans, wires and builds a run. */
  async prepare(run: string): Promise<Sample[]> {
    const samples: Sample[] = [];
    for (const name of ["scan", "sync-wiring", "build"]) samples.push(await this.step(name, run));
    return samples;
  }

  /** Puts the listing of a run back to what it was when this was first called for it. */
  restore(run: string): void {
    const kept = this.#kept.get(run);
    if (kept) kept();
    else this.#kept.set(run, keepListing(run));
  }

  /** Runs a step as its task does, and measures it. */
  async step(name: string, run: string, args: readonly string[] = [], out?: string): Promise<Sample> {
    this.options.signal.throwIfAborted();
    const flags = ["--run", run, "--format", "ndjson", "--quiet", ...args];
    return await measure({ program: Deno.execPath(), args: [...stepCommand(name), ...flags], out });
  }

  /** Whether a step has a flag, or a value of one, in its `--help`. */
  async knows(step: string, word: string): Promise<boolean> {
    let help = this.#help.get(step);
    if (!help) this.#help.set(step, help = helpOf(step));
    return (await help).includes(word);
  }
}

/** Whether a program is installed. */
export async function isInstalled(program: string): Promise<boolean> {
  const { code } = await new Deno.Command("/bin/sh", { args: ["-c", `command -v ${program}`], stdout: "null" })
    .output();
  return code === 0;
}

async function helpOf(step: string): Promise<string> {
  return new TextDecoder().decode((await stepProcess(step, ["--help"], {}).output()).stdout);
}
