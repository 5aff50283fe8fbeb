/** A run of its own in a temporary folder, made of real files by the real `init`. */

import type { AnyRecord } from "../../../lib/records/record.ts";
import { beginWith } from "../../begun.ts";
import { runtimeHash } from "../../../lib/wiring/runtime_hash.ts";
import { admissionConditions, recordAdmission } from "../../../lib/toolchain/admission.ts";
import { readPool } from "../../../lib/template/read_pool.ts";
import { init } from "../../../lib/steps/init/init.ts";
import { Listing } from "../../../lib/db/listing.ts";
import { type RunPaths, runPaths } from "../../../lib/run/paths.ts";
import { build, type BuildOptions } from "../../../lib/steps/build/build.ts";
import { programPath } from "../../../lib/signing/store.ts";
import { ensureKeys } from "../../../lib/signing/keys.ts";
import { fromBytes, toBytes } from "../../../lib/runtime/genome_bytes.ts";
import type { Genome } from "../../../lib/runtime/genome_schema.ts";
import type { Counts, StepContext } from "../../../lib/step/context.ts";
import { Stages } from "../../../lib/step/stages.ts";

/** A small template: one gene needs another one, one file needs nobody. */
export const smallTemplate: Readonly<Record<string, string>> = {
  "src/walk.ts": `import type { GeneContext } from "evolve/contract";
import { taste } from "./taste.ts";

export const parameters = { stride: { min: 0, max: 10, default: 5, scale: "linear" } };

/** @phase act */
export function walk(context: GeneContext): number {
  return context.parameters.stride! + taste(context) > 5 ? 1 : 0;
}

/** @phase learn */
export function adapt(context: GeneContext): void {
  context.remember("reward", context.reward);
}
`,
  "src/taste.ts": `import type { GeneContext } from "evolve/contract";

/** Only other genes call it. */
export function taste(context: GeneContext): number {
  return context.perception.food ?? 0;
}
`,
  "src/breed.ts": `import type { GeneContext } from "evolve/contract";

/** @phase birth */
export function mutate(context: GeneContext): void {
  if (context.random() < 0.5) context.genome.setParameter("src/walk.ts", "stride", 10 * context.random());
}
`,
  "world.ts": `import type { Judgement, Setup, WorldSettings } from "evolve/contract";

export const world: WorldSettings = {
  actions: ["stay", "go"],
  phases: ["act", "learn"],
  steps: 10,
  episodes: 1,
  noisy: false,
  memory: "episode",
  environments: { plain: { food: 1 } },
};

interface Place {
  at: number;
}

export function begin(setup: Setup): Place {
  return { at: setup.random() };
}

export function perceive(place: Place): Record<string, number> {
  return { food: place.at };
}

export function act(place: Place, action: number): number {
  place.at += action;
  return action;
}

export function finished(_place: Place): boolean {
  return false;
}

export function judge(place: Place): Judgement {
  return { score: place.at, measures: {} };
}
`,
};

/** Which flags and parameters of a genome to set: `{ "src/walk.ts": true, "src/walk.ts#walk": false }`. */
export type Change = Readonly<Record<string, boolean | number>>;

/** A run to build in. */
export class MadeRun {
  readonly paths: RunPaths;
  readonly records: AnyRecord[] = [];
  readonly said: string[] = [];
  workers = 1;

  private constructor(root: string) {
    const { root: from, ...paths } = runPaths("made");
    const moved = Object.entries(paths).map((
      [key, path],
    ) => [key, path?.startsWith(from) ? root + path.slice(from.length) : path]);
    this.paths = {
      ...Object.fromEntries(moved) as Omit<RunPaths, "root">,
      root,
      privateKey: `${root}/keys/private/signing.json`,
      publicKey: `${root}/keys/public/signing.json`,
    };
  }

  /**
   * Makes a run with `count` agents from a template.
   *
   * @param isUnchecked Whether it is one of before templates were checked by `init`.
   */
  static async make(
    count: number,
    template: Readonly<Record<string, string>> = smallTemplate,
    isUnchecked = false,
  ): Promise<MadeRun> {
    return await MadeRun.like(JSON.stringify(["MadeRun", count, template, isUnchecked]), async () => {
      const run = await MadeRun.#empty();
      await ensureKeys(run.paths);
      await run.renew(count, template, isUnchecked);
      return run;
    });
  }

  /** A copy of a run that is made once for all tests that begin alike: the name tells all that it is made of. */
  static async like(name: string, make: () => Promise<MadeRun>): Promise<MadeRun> {
    const run = await MadeRun.#empty();
    await beginWith(name, async () => (await make()).paths.root, run.paths.root);
    return run;
  }

  static async #empty(): Promise<MadeRun> {
    return new MadeRun(await Deno.makeTempDir({ prefix: "evolve-build-" }));
  }

  /** Runs `init` with a template. */
  async renew(count: number, template: Readonly<Record<string, string>>, isUnchecked = false): Promise<void> {
    const folder = await Deno.makeTempDir({ prefix: "evolve-template-" });
    await Deno.mkdir(`${folder}/src`);
    for (const [path, text] of Object.entries(template)) await Deno.writeTextFile(`${folder}/${path}`, text);
    if (isUnchecked) await this.#passOff(folder);
    await init(this.step("init"), { count, seed: "7", template: folder, active: 1 });
    if (!isUnchecked) return;
    using listing = this.listing();
    listing.run("DELETE FROM meta WHERE key LIKE 'admitted:%'");
  }

  /** Has a template taken for one that was checked. */
  async #passOff(folder: string): Promise<void> {
    await Deno.mkdir(this.paths.workspace, { recursive: true });
    using listing = Listing.open(this.paths.listing, { create: true });
    recordAdmission(listing, (await readPool(folder)).hash, await admissionConditions(await runtimeHash()));
  }

  step(name: string, ids?: ReadonlySet<string>): StepContext {
    const silent = () => {};
    return {
      name,
      paths: this.paths,
      args: [],
      workers: this.workers,
      format: "ndjson",
      forPeople: false,
      quiet: false,
      logLevel: "error",
      signal: new AbortController().signal,
      ids,
      durations: {},
      details: {},
      stages: new Stages(),
      log: { debug: silent, info: silent, warn: silent, error: silent },
      emit: (record) => void this.records.push({ ...record }),
      print: silent,
      progress: silent,
      say: (text) => void this.said.push(text),
    };
  }

  /** Builds, and gives the counts and the records of just this build. */
  async build(ids?: ReadonlySet<string>, options?: BuildOptions): Promise<{ counts: Counts; records: AnyRecord[] }> {
    this.records.length = 0;
    const counts = await build(this.step("build", ids), options);
    return { counts, records: [...this.records] };
  }

  /** The path of the program that stands in the listing for `judge`, or for a kind of program of the present pool. */
  program(kind: "judge" | "pool" | "kit"): string {
    using listing = this.listing();
    const name = kind === "judge" ? kind : `${kind}:${listing.meta("pool")}`;
    const { artifact } = listing.get<{ artifact: string }>("SELECT artifact FROM statements WHERE genome = ?", name)!;
    return programPath(this.paths.store, artifact);
  }

  listing(): Listing {
    return Listing.open(this.paths.listing);
  }

  /** Ids of all agents, in their order. */
  ids(): string[] {
    using listing = this.listing();
    return listing.all<{ id: string }>("SELECT id FROM agents ORDER BY ordinal").map(({ id }) => id);
  }

  /** The row of an agent. */
  agent(id: string): Record<string, unknown> {
    using listing = this.listing();
    return { ...listing.get("SELECT * FROM agents WHERE id = ?", id)! };
  }

  /** Changes an agent's genome and makes listing and wiring follow, as scan and sync-wiring do. */
  async change(id: string, change: Change): Promise<void> {
    const path = `${this.paths.agents}/${id}/genome.bin`;
    const genome = structuredClone(fromBytes(await Deno.readFile(path))) as Mutable<Genome>;
    for (const [name, value] of Object.entries(change)) set(genome, name, value);
    await Deno.writeFile(path, toBytes(genome));
    await this.scan(id);
    await this.wire(id);
  }

  /** Notes in the listing what genome an agent has. */
  async scan(id: string): Promise<void> {
    const { sha256 } = await import("../../../lib/util/hash.ts");
    const hash = await sha256(await Deno.readFile(`${this.paths.agents}/${id}/genome.bin`));
    using listing = this.listing();
    listing.run(
      "UPDATE agents SET genome_hash = ?, code_hash = ?, genome_ok = 1 WHERE id = ?",
      hash,
      listing.meta("pool")!,
      id,
    );
  }

  /** Notes in the listing that an agent is wired from its genome. */
  async wire(id: string): Promise<void> {
    const { KnownPools } = await import("../../../lib/template/known_pools.ts");
    const { handle } = await import("../../../lib/toolchain/derive.ts");
    const bytes = await Deno.readFile(`${this.paths.agents}/${id}/genome.bin`);
    using listing = this.listing();
    const pools = new KnownPools(this.paths, listing.meta("pool")!);
    const runtime = await runtimeHash();
    const [derived] = await handle({ pool: pools.pool, former: await pools.formerNames(), genomes: [bytes] });
    if (!derived?.ok) throw new Error(derived?.issue.message);
    listing.run(
      "UPDATE agents SET wired_from = genome_hash || ':' || code_hash || ':' || ?, reach = ?, build_key = ? WHERE id = ?",
      runtime,
      derived.value.reach,
      derived.value.key,
      id,
    );
  }
}

type Mutable<T> = { -readonly [Key in keyof T]: Mutable<T[Key]> };

function set(genome: Mutable<Genome>, name: string, value: boolean | number): void {
  const [path, key] = name.split(/[#:]/) as [string, string | undefined];
  const file = genome.files.find((one) => one.path === path)!;
  if (typeof value === "number") file.parameters[key!] = value;
  else if (key === undefined) file.active = value;
  else file.functions[key] = value;
}
