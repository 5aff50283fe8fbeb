import { Listing } from "../../lib/db/listing.ts";
import { type RunPaths, runPaths } from "../../lib/run/paths.ts";
import { fromBytes, toBytes } from "../../lib/runtime/genome_bytes.ts";
import type { Pool } from "../../lib/genome/pool.ts";
import type { Genome } from "../../lib/runtime/genome_schema.ts";
import { assertEquals, assertNotMatch } from "@std/assert";
import { placeOf, sourcesOf } from "../../lib/template/pool_sources.ts";
import { loadPool } from "../../lib/template/pool_store.ts";
import { beginWith, copyFolder } from "../begun.ts";
import { begin, type Ended, pipeline, type Running } from "../step/_run.ts";

/** One record of `status`. */
export interface Member {
  readonly id: string;
  readonly status: "active" | "disabled" | "dead";
  readonly reason: string | null;
  readonly generation: number;
  readonly parents: readonly { readonly id: string; readonly genomeHash: string; readonly share: number | null }[];
  readonly genomeHash: string;
  readonly score: number | null;
  readonly scoredGenomeHash: string | null;
  readonly energy: number;
}

/** A configuration by which evaluations are short and births many. */
export const shortLives = { world: { steps: 20, episodes: 1 }, selection: { replacementFraction: 0.5, elites: 0.2 } };

/** Flags of a lifecycle that ends with this cycle, with agents kept apart in the quickest way. */
export function until(cycle: number): string[] {
  return ["--until", String(cycle), "--isolation", "shared", "--sleep", "0", "--quiet"];
}

/** A run of the project that is driven by its steps alone, as a user drives it; it is gone when disposed of. */
export class Population implements AsyncDisposable {
  readonly name = `accept-${crypto.randomUUID().slice(0, 13)}`;
  readonly paths: RunPaths = runPaths(this.name);

  /** A run with agents. */
  static async make(count: number, ...flags: string[]): Promise<Population> {
    return await new Population().made(count, ...flags);
  }

  /** A run whose agents are built. */
  static async built(count: number): Promise<Population> {
    return await new Population().built(count);
  }

  /** Gives it agents. */
  async made(count: number, ...flags: string[]): Promise<this> {
    const all = ["--count", String(count), "--seed", "7", ...flags];
    return await this.like(`init ${all.join(" ")}`, (run) => run.step("init", ...all));
  }

  /** Gives it agents that are built. */
  async built(count: number): Promise<this> {
    return await this.like(`${count} built`, async (run) => {
      await run.step("init", "--count", String(count), "--seed", "7");
      for (const step of ["scan", "sync-wiring", "build"]) await run.step(step);
    });
  }

  /** Gives it agents of {@linkcode shortLives}, and so many cycles. */
  async evaluated(count: number, cycle: number): Promise<this> {
    return await this.like(`${count} lived ${cycle}`, async (run) => {
      if (cycle > 0) {
        await run.evaluated(count, cycle - 1);
        await run.step("lifecycle", ...until(cycle));
      } else {
        await Deno.mkdir(run.paths.workspace, { recursive: true });
        await run.configure(shortLives);
        await run.step("init", "--count", String(count), "--seed", "7", "--quiet");
      }
    });
  }

  /** Makes it a copy of a run that is made once for all tests that begin alike: the name tells all that it is made of. */
  async like(name: string, make: (run: Population) => Promise<unknown>): Promise<this> {
    const begin = async () => {
      const run = new Population();
      await make(run);
      return run.paths.root;
    };
    await beginWith(name, begin, this.paths.root);
    return this;
  }

  /** A run of another name that is all that this one is. */
  async twin(): Promise<Population> {
    const twin = new Population();
    await copyFolder(this.paths.root, twin.paths.root);
    return twin;
  }

  /** Starts a step. */
  begin(step: string, ...flags: string[]): Running {
    return begin(pipeline(step, "--run", this.name, ...flags));
  }

  /** Runs a step, which must end well. */
  async step(step: string, ...flags: string[]): Promise<Ended> {
    return demand(0, await this.begin(step, ...flags).ended);
  }

  /** Runs a step with records on its stdin, which must end well. */
  async fed(step: string, input: string, ...flags: string[]): Promise<Ended> {
    return demand(0, await begin(pipeline(step, "--run", this.name, "--stdin", ...flags), input).ended);
  }

  /** Runs a step, which must end with this code and say why in a line or two. */
  async fails(code: number, step: string, ...flags: string[]): Promise<Ended> {
    return demand(code, await this.begin(step, ...flags).ended);
  }

  /** What `status` tells of all agents: every field, in the order of creation. */
  async status(): Promise<Member[]> {
    const { records } = await this.step("status");
    return records.slice(0, -1) as unknown as Member[];
  }

  rows<T = Record<string, unknown>>(sql: string, ...values: (string | number)[]): T[] {
    using listing = Listing.open(this.paths.listing);
    return listing.all<T>(sql, ...values);
  }

  /** Configures the run. */
  async configure(config: Record<string, unknown>): Promise<void> {
    await Deno.writeTextFile(this.paths.config, JSON.stringify(config));
  }

  /** What the run's template offers. */
  pool(): Pool {
    const [row] = this.rows<{ value: string }>("SELECT value FROM meta WHERE key = 'pool'");
    return loadPool(this.paths, row!.value);
  }

  /** Where the run keeps a file of its template. */
  sourcePath(path: string): string {
    return placeOf(this.paths, sourcesOf(this.pool()).find((source) => source.path === path)!);
  }

  genomePath(id: string): string {
    return `${this.paths.agents}/${id}/genome.bin`;
  }

  genome(id: string): Genome {
    return fromBytes(Deno.readFileSync(this.genomePath(id))) as Genome;
  }

  /** Changes a genome on disk, as somebody with an editor would. */
  edit(id: string, change: (genome: Genome) => void): void {
    const genome = this.genome(id);
    change(genome);
    Deno.writeFileSync(this.genomePath(id), toBytes(genome));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.paths.root, { recursive: true }).catch(() => {});
  }
}

/** The part of a genome that is about one file. */
export function fileOf(genome: Genome, path: string): Genome["files"][number] {
  return genome.files.find((file) => file.path === path)!;
}

/** A step ended with this code, and showed nobody a stack trace. */
export function demand(code: number, ended: Ended): Ended {
  assertEquals({ code: ended.code, stderr: code === ended.code ? "" : ended.err }, { code, stderr: "" });
  assertNotMatch(ended.err, /^\s+at .*[:(]|Uncaught|\.ts:\d+:\d+\)/m);
  return ended;
}

/** The record of an agent among those that a step wrote. */
export function recordOf(
  ended: Ended,
  id: string,
): Record<string, unknown> & { issue?: { code: string; message: string } } {
  const found = ended.records.filter((record) => record.id === id);
  assertEquals(found.length, 1, `${found.length} records of ${id}`);
  return found[0]!;
}

/** The counts of a step's closing record. */
export function countsOf(ended: Ended): Record<string, number> {
  return ended.records.at(-1)!.counts as Record<string, number>;
}
