/** Modules of agents, run beside what was recorded of these agents. */

import { worldsOf } from "../../lib/run/worlds.ts";
import type { Action, WorldSeed } from "../../lib/runtime/contract.ts";
import { deriveSeed } from "../../lib/runtime/random.ts";
import { spaceOf } from "../../lib/runtime/space.ts";
import { programPath } from "../../lib/signing/store.ts";
import type { Population } from "../acceptance/_population.ts";

/** An episode as the options of `run`, and what was recorded of it. */
export interface Recorded {
  readonly options: Record<string, unknown>;
  readonly actions: readonly Action[];
  readonly score: number;
}

/** What a module makes of options. */
export interface Taken {
  readonly answer?: unknown;
  readonly actions: readonly Action[];
  readonly objectives: Record<string, number>;
  readonly violation: number;
  readonly measures: Record<string, number>;
}

/** A program that runs a module, and fails where that changes anything global. */
const program = `const [path, episodes] = JSON.parse(PLACE);
const things = [globalThis, Math, Number, String, Object, Array, ...[Array, Number, String, Object, Error, Function,
  Float64Array, Object.getPrototypeOf(Uint8Array), Map, Set, RegExp].map(({ prototype }) => prototype)];
const look = () => things.flatMap((thing) => {
  const all = Object.getOwnPropertyDescriptors(thing);
  return [Object.isFrozen(thing), ...Reflect.ownKeys(all).flatMap((key) => [key, ...Object.values(all[key])])];
});
const before = look();
const { run } = await import(path);
for (const options of episodes) console.log(JSON.stringify(run(options)));
const after = look();
if (before.length !== after.length || before.some((one, at) => !Object.is(one, after[at]))) throw new Error("changed");
`;

/** The commands that end in the path of a program, by engine. */
export const engines: Readonly<Record<string, readonly string[]>> = {
  deno: [Deno.execPath(), "run", "--no-prompt", "--no-config", "--no-lock", "--no-npm", "-q", "--allow-read"],
  node: ["node"],
};

/** The engines that there are; where there is no Node from 20 on, says that it is left out. */
export async function usableEngines(): Promise<string[]> {
  if (await hasNode()) return Object.keys(engines);
  console.warn("left out: modules on Node, as there is no `node` from version 20 on");
  return ["deno"];
}

async function hasNode(): Promise<boolean> {
  try {
    const { stdout } = await new Deno.Command("node", { args: ["--version"] }).output();
    return Number(/^v(\d+)/.exec(new TextDecoder().decode(stdout))?.[1]) >= 20;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** The module of an agent in a file of its own, beside a manifest by which Node takes it for a module. */
export async function moduleOf(run: Population, id: string, language: "js" | "ts"): Promise<string> {
  const { out } = await run.step("show", id, "--code", language);
  const folder = `${run.paths.root}/home`;
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(`${folder}/package.json`, '{ "type": "module" }\n');
  const path = `${folder}/${id}.${language}`;
  await Deno.writeTextFile(path, out);
  return path;
}

/** What a module makes of several options, in an engine. */
export async function takenHome(engine: string, path: string, episodes: readonly unknown[]): Promise<Taken[]> {
  const text = program.replace("PLACE", () => JSON.stringify(JSON.stringify([path, episodes])));
  return (await said(engine, `${path}.${engine}.mjs`, text)).trim().split("\n").map((line) => JSON.parse(line));
}

/** What a program writes, which lies at a path, in an engine. */
export async function said(engine: string, path: string, text: string): Promise<string> {
  await Deno.writeTextFile(path, text);
  const [command, ...args] = engines[engine]!;
  const { code, stdout, stderr } = await new Deno.Command(command!, { args: [...args, path] }).output();
  if (code !== 0) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

interface Row {
  readonly id: string;
  readonly cycle: number;
  readonly evidence: Uint8Array;
  readonly scores: string;
}

/** The episodes of agents in the first cycle, by their ids: before there is anything to remember, and mail. */
export function recorded(run: Population, most: number): Map<string, Recorded[]> {
  const rows = run.rows<Row>(
    `SELECT e.agent AS id, e.cycle, bytes AS evidence, scores FROM evaluations e JOIN blobs ON hash = evidence_hash
      JOIN agents a ON a.id = e.agent AND a.scored_genome_hash = e.genome_hash
      WHERE e.kind = 'judged' AND e.cycle = 1 AND e.score IS NOT NULL ORDER BY a.ordinal LIMIT ?`,
    most,
  );
  const [{ value: seed }] = run.rows<{ value: string }>("SELECT value FROM meta WHERE key = 'seed'") as [
    { value: string },
  ];
  const { world } = run.pool();
  const data = dataOf(run);
  const worlds = worldsOf(seed, 1, world, { epochCycles: 1 } as never);
  return new Map(rows.map(({ id, cycle, evidence, scores }) => {
    const episodes: unknown[] = JSON.parse(new TextDecoder().decode(evidence));
    const means: number[] = JSON.parse(scores);
    return [
      id,
      episodes.map((one, episode) => ({
        options: { ...optionsOf(worlds[episode]!, deriveSeed(seed, "life", cycle, id, "judged"), episode), ...data },
        actions: spaceOf(world).actionsOf(one),
        score: means[episode]!,
      })),
    ];
  }));
}

/** The data that processes are given, where the template has any. */
function dataOf(run: Population): { readonly data?: unknown } {
  const [row] = run.rows<{ artifact: string }>("SELECT artifact FROM statements WHERE genome LIKE 'data:%'");
  return row === undefined ? {} : JSON.parse(Deno.readTextFileSync(programPath(run.paths.store, row.artifact)));
}

function optionsOf({ seed, layout, environment, steps, instance }: WorldSeed, genes: string, episode: number) {
  return {
    seed: { genes, world: seed, layout, episode },
    environment,
    steps,
    ...(instance !== undefined && { instance }),
  };
}
