/**
 * The shipped configuration: what a stranger plants in the folders of agents, before the steps of a cycle come by.
 *
 * @module
 */

import { NamedRun } from "../pipelines/named_run.ts";
import type { Observed } from "./attack.ts";

/** What is planted in the folder of one agent. */
export interface Plant {
  /** Plants it; `folder` is the agent's. */
  readonly plant: (folder: string) => Promise<void> | void;
  /** The step after which it is planted. @default init */
  readonly after?: "scan" | "sync-wiring" | "build";
  /** What was harmed, when all steps have come by; absent or undefined: nothing. */
  readonly harm?: (folder: string, shown: string) => string | undefined;
}

/** What the listing says of an agent afterwards. */
interface State {
  readonly id: string;
  readonly status: string;
  readonly code: string | null;
  readonly reason: string | null;
  readonly outcome: string | null;
}

interface Season {
  readonly run: NamedRun;
  readonly states: readonly State[];
  /** All that the steps wrote on stdout and stderr. */
  readonly shown: string;
}

const plants: Plant[] = [];

/**
 * Adds a plant; to be called before the first one is awaited.
 *
 * @returns Awaits what came of it: it succeeds where harm is done, or where its agent stays on.
 */
export function planted(plant: Plant): () => Promise<Observed> {
  const index = plants.push(plant) - 1;
  return async () => {
    const { run, states, shown } = await (season ??= pass());
    const { id, status, code, reason, outcome } = states[index]!;
    const harm = plant.harm?.(`${run.paths.agents}/${id}`, shown);
    const how = `${status}: ${code}: ${reason} ${outcome ?? ""} ${harm ?? ""}`;
    return { succeeded: harm !== undefined || (!plant.harm && status === "active"), how };
  };
}

let season: Promise<Season> | undefined;

async function pass(): Promise<Season> {
  const run = await NamedRun.make();
  globalThis.addEventListener("unload", () => {
    for (const folder of [run.paths.root, run.template]) Deno.removeSync(folder, { recursive: true });
  });
  const made = await run.init("--count", String(plants.length + 1));
  if (made.code !== 0) throw new Error(made.stderr);
  const ids = run.rows("SELECT id FROM agents ORDER BY ordinal").map(({ id }) => String(id));
  const plantAfter = async (step: string) => {
    for (const [i, { plant, after = "init" }] of plants.entries()) {
      if (after === step) await plant(`${run.paths.agents}/${ids[i]}`);
    }
  };
  await plantAfter("init");
  let shown = "";
  for (const step of ["scan", "sync-wiring", "build", "supervise"]) {
    // With copies of what is built, so that there is something to look at.
    const { code, stdout, stderr } = await run.step(step, step === "build" ? ["--dist"] : []);
    if (code !== 0) throw new Error(`${step}: ${stderr}`);
    shown += stdout + stderr;
    await plantAfter(step);
  }
  shown += (await run.step("status", ["--format", "json"]).catch(() => undefined))?.stdout ?? "";
  const states = run.rows(
    `SELECT a.id, a.status, a.code, a.reason, e.outcome FROM agents a LEFT JOIN evaluations e ON e.agent = a.id
      ORDER BY a.ordinal`,
  ) as unknown as State[];
  if (states.at(-1)!.outcome !== "finished") throw new Error(`The honest one was harmed: ${shown}`);
  return { run, states, shown };
}
