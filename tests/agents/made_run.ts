import type { AnyRecord } from "../../lib/records/record.ts";
import type { RunPaths } from "../../lib/run/paths.ts";
import { walkAgent, wiringStamp } from "../../lib/agents/walk.ts";
import { init } from "../../lib/steps/init/init.ts";
import type { InitOptions } from "../../lib/steps/init/init_options.ts";
import { Listing } from "../../lib/db/listing.ts";
import { scan } from "../../lib/steps/scan/scan.ts";
import { syncWiring } from "../../lib/steps/sync_wiring/sync_wiring.ts";
import type { Counts, StepContext } from "../../lib/step/context.ts";
import { select } from "../../lib/steps/select/select.ts";
import { Stages } from "../../lib/step/stages.ts";
import { beginWith } from "../begun.ts";

/** The files of a small template. */
export const tinyFiles: Readonly<Record<string, string>> = {
  "world.ts": `import type { Judgement, Setup, WorldSettings } from "evolve/contract";

export const world: WorldSettings = {
  actions: ["rest", "step"],
  phases: ["sense", "act"],
  steps: 5,
  episodes: 2,
  noisy: false,
  memory: "episode",
  environments: { plain: { width: 4 } },
};

interface State {
  moved: number;
}

export function begin(_setup: Setup): State {
  return { moved: 0 };
}

export function perceive(state: State): Record<string, number> {
  return { moved: state.moved };
}

export function act(state: State, action: number): number {
  state.moved += action;
  return action;
}

export function finished(_state: State): boolean {
  return false;
}

export function judge(state: State): Judgement {
  return { score: state.moved, measures: {} };
}
`,
  "src/seed.ts": `import type { GeneContext } from "evolve/contract";

/**
 * Changes itself.
 *
 * @phase birth
 */
export function mutate(context: GeneContext): void {
  context.genome.setParameter("src/walker.ts", "eagerness", context.random());
}
`,
  "src/walker.ts": `import type { GeneContext } from "evolve/contract";

export const parameters = {
  eagerness: { min: 0, max: 1, default: 0.5, scale: "linear" },
};

/**
 * Votes for a step.
 *
 * @phase act
 */
export function stride(context: GeneContext): number {
  return context.parameters.eagerness! > 0.5 ? 1 : urge(context);
}

/** How much it wants to walk. */
export function urge(context: GeneContext): number {
  return context.random() > 0.5 ? 1 : 0;
}
`,
};

/** Writes a template's files into a folder; a text of `null` leaves a file out. */
export async function writeTemplate(folder: string, changes: Readonly<Record<string, string | null>> = {}) {
  await Deno.mkdir(`${folder}/src`, { recursive: true });
  for (const [path, text] of Object.entries({ ...tinyFiles, ...changes })) {
    if (text === null) await Deno.remove(`${folder}/${path}`).catch(() => {});
    else await Deno.writeTextFile(`${folder}/${path}`, text);
  }
}

/** What a step said and recorded. */
export interface Told {
  readonly counts: Counts;
  readonly records: readonly AnyRecord[];
  readonly said: string;
}

/** A run in a temporary folder, on which steps are called in this process. */
export class MadeRun implements AsyncDisposable {
  readonly template: string;
  readonly paths: RunPaths;
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
    this.template = `${folder}/template`;
    const workspace = `${folder}/run/workspace`;
    this.paths = {
      name: undefined,
      root: `${folder}/run`,
      agents: `${folder}/run/agents`,
      logs: `${folder}/run/logs`,
      workspace,
      config: `${workspace}/config.json`,
      configSchema: `${workspace}/config.schema.json`,
      listing: `${workspace}/listing.db`,
      store: `${workspace}/store`,
      template: `${workspace}/template`,
      residents: `${workspace}/residents`,
      reports: `${workspace}/reports`,
      privateKey: `${folder}/keys/private/signing.json`,
      publicKey: `${folder}/keys/public/signing.json`,
      brokerKeys: `${folder}/keys/nats`,
    };
  }

  /** A run with a template and, unless `count` is 0, agents of seed 7 with all genes on. */
  static async make(count = 3): Promise<MadeRun> {
    const run = new MadeRun(await Deno.makeTempDir());
    if (count > 0) await run.#like(count);
    else await writeTemplate(run.template);
    return run;
  }

  /** Makes it a copy of a run that `init` has made once, which is to be as if `init` had made the copy. */
  async #like(count: number): Promise<void> {
    const make = async () => {
      const run = await MadeRun.make(0);
      await run.init({ count, seed: "7", active: 1 });
      return run.folder;
    };
    await beginWith(`${count} tiny`, make, this.folder);
    this.edit((listing) => {
      listing.setMeta("template", this.template);
      for (const { id } of listing.all<{ id: string }>("SELECT id FROM agents")) {
        const { stamp } = walkAgent(this.path(id));
        listing.run("UPDATE agents SET stamp = ?, wired_stamp = ? WHERE id = ?", stamp, wiringStamp(this.path(id)), id);
      }
    });
  }

  async init(options: InitOptions = {}): Promise<Told> {
    return await this.#told("init", (step) => init(step, { template: this.template, ...options }));
  }

  async scan(ids?: readonly string[]): Promise<Told> {
    return await this.#told("scan", scan, ids);
  }

  async syncWiring(ids?: readonly string[]): Promise<Told> {
    return await this.#told("sync-wiring", syncWiring, ids);
  }

  async select(): Promise<Told> {
    return await this.#told("select", select);
  }

  /** Ids in their order. */
  get ids(): string[] {
    return this.rows("SELECT id FROM agents ORDER BY ordinal").map(({ id }) => String(id));
  }

  rows(sql: string, ...values: (string | number)[]): Record<string, unknown>[] {
    using listing = Listing.open(this.paths.listing);
    return listing.all(sql, ...values);
  }

  row(id: string): Record<string, unknown> {
    return this.rows("SELECT * FROM agents WHERE id = ?", id)[0]!;
  }

  edit(work: (listing: Listing) => void): void {
    using listing = Listing.open(this.paths.listing);
    listing.transaction(() => work(listing));
  }

  /** Lets all agents count as built from what they are. */
  pretendBuilt(): void {
    this.edit((listing) =>
      listing.run("UPDATE agents SET built_from = genome_hash || ':' || coalesce(reach, '') || ':r'")
    );
  }

  path(id: string, file = ""): string {
    return `${this.paths.agents}/${id}/${file}`;
  }

  async #told(name: string, work: (step: StepContext) => Promise<Counts>, ids?: readonly string[]): Promise<Told> {
    const records: AnyRecord[] = [];
    const said: string[] = [];
    const silent = () => {};
    const counts = await work({
      name,
      paths: this.paths,
      args: [],
      workers: 1,
      format: "ndjson",
      forPeople: false,
      quiet: false,
      logLevel: "warn",
      signal: new AbortController().signal,
      ids: ids && new Set(ids),
      durations: {},
      details: {},
      stages: new Stages(),
      log: { debug: silent, info: silent, warn: silent, error: silent },
      emit: (record) => records.push({ ...record }),
      print: silent,
      progress: silent,
      say: (text) => said.push(text),
    });
    return { counts, records, said: said.join("\n") };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.folder, { recursive: true });
  }
}

/** The record of one agent. */
export function recordOf(told: Told, id: string): AnyRecord {
  return told.records.find((record) => record.id === id)!;
}
