/**
 * The folder in which wirings are checked and bundled: one copy of the pool's modules, and beside them the wirings of
 * many agents. Its contents depend on contents alone and the tools see relative paths only, so that equal agents get
 * equal artifacts in whatever folder or run they live.
 *
 * @module
 */

import { sha256 } from "../agents/hash.ts";
import { worldFile } from "../agents/layout.ts";
import { fullName } from "../genome/names.ts";
import type { Pool } from "../genome/pool.ts";
import { parameterName } from "./artifact.ts";
import { readModules } from "./modules.ts";
import { runtimeFolder } from "./runtime_hash.ts";

/** A wiring that is to be built. */
export interface BuildWiring {
  /** Its build key: 64 hexadecimal digits. */
  readonly key: string;
  /** The text of `src/mod.ts`. */
  readonly mod: string;
  /** The text of `src/main.ts`. */
  readonly main: string;
}

/** A folder to check and bundle in. */
export interface Layout {
  /** Its absolute path. */
  readonly folder: string;
  /** The folder of the bundles within it. A killed build's bundler may be at work still, so each process has its own. */
  readonly out: string;
  /** Texts of the pool's modules by path, `world.ts` among them. */
  readonly modules: ReadonlyMap<string, string>;
}

/** What stands for `evolve/runtime` while genes are checked and bundled: the runtime itself is joined later. */
const runtimeStub = `import type { Agent } from "evolve/contract";
declare const ${parameterName}: (agent: Agent) => void;
export const live = ${parameterName};
`;

const outPrefix = ".tmp-out-";

/** The path of the judge's entry within a layout. */
export const judgeEntry = "judge.ts";

// Named one by one: what a bundler makes of a namespace would define properties, which the hardened realm can't.
const judgeText = `import { act, begin, finished, judge, perceive, world } from "./world.ts";
declare const ${parameterName}: (world: unknown) => void;
${parameterName}({ act, begin, finished, judge, perceive, world });
`;

/** The path of the entry that holds all genes of a pool, within a layout. */
export const poolEntry = "pool.ts";

/** All genes of a pool in the order of `GeneChoice`; imported under numbers, as in an agent's wiring. */
function poolText(pool: Pool): string {
  const genes = pool.files.flatMap(({ path, functions }) =>
    functions.map(({ name, phase }) => ({ path, name, phase }))
  );
  const imports = genes.map(({ path, name }, place) => `import { ${name} as gene${place} } from "./${path}";\n`);
  const entries = genes.map(({ path, name, phase }, place) =>
    `  { name: ${JSON.stringify(fullName(path, name))}, phase: ${JSON.stringify(phase)}, run: gene${place} },\n`
  );
  return `import { act, begin, finished, judge, perceive, world } from "./world.ts";
${imports.join("")}declare const ${parameterName}: (pool: unknown) => void;
${parameterName}({ genes: [
${entries.join("")}], world: { act, begin, finished, judge, perceive, world } });
`;
}

/** As strict as an agent's manifest, so that an editor and the build say the same. */
const compilerOptions = {
  strict: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  isolatedModules: true,
  module: "preserve",
  moduleDetection: "force",
  moduleResolution: "bundler",
  target: "esnext",
  lib: ["esnext"],
  types: [],
  skipLibCheck: true,
  paths: { "evolve/contract": ["./contract.ts"], "evolve/runtime": ["./runtime.ts"] },
};

/** The path of a wiring's `mod.ts` within a layout. */
export function modPath(key: string): string {
  return `src/${key}.ts`;
}

/** The path of a wiring's `main.ts` within a layout. */
export function mainPath(key: string): string {
  return `src/${key}.main.ts`;
}

/**
 * Makes the layout for a pool and a runtime.
 *
 * Needs read permission for `lib/runtime` and the pool's folder, and write permission for the store.
 *
 * @param store The run's folder `workspace/store`.
 * @param template The run's folder `workspace/template`.
 * @param runtime Hash of the runtime.
 * @throws {StepFailed} If a file of the pool is not the one that was audited.
 */
export async function prepareLayout(store: string, template: string, pool: Pool, runtime: string): Promise<Layout> {
  const folder = `${store}/check/${(await sha256(`${pool.hash}\n${runtime}`)).slice(0, 32)}`;
  await Deno.mkdir(`${folder}/src`, { recursive: true });
  const modules = await readModules(`${template}/${pool.hash}`, pool, await textIfThere(`${folder}/${worldFile}`));
  const contract = await Deno.readTextFile(`${runtimeFolder}/contract.ts`);
  const files = new Map([
    ...modules,
    ["contract.ts", contract],
    ["runtime.ts", runtimeStub],
    [judgeEntry, judgeText],
    [poolEntry, poolText(pool)],
  ]);
  await Deno.writeTextFile(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions, files: [] }));
  await removeMatching(`${folder}/src`, (name) => !modules.has(`src/${name}`));
  await removeMatching(folder, (name) => name.startsWith(outPrefix));
  await Promise.all([...files].map(([path, text]) => Deno.writeTextFile(`${folder}/${path}`, text)));
  return { folder, out: `${outPrefix}${Deno.pid}`, modules };
}

/** Puts wirings beside the pool's modules and names them to the type checker. */
export async function layWirings(layout: Layout, wirings: readonly BuildWiring[]): Promise<void> {
  const files = wirings.map(({ key }) => modPath(key));
  // All of main.ts depends on is the type of the wiring, which each mod.ts proves to be `Wiring`: one is enough.
  if (wirings[0]) files.push(mainPath(wirings[0].key));
  await Deno.writeTextFile(`${layout.folder}/tsconfig.json`, JSON.stringify({ compilerOptions, files }));
  await Deno.mkdir(`${layout.folder}/${layout.out}`, { recursive: true });
  for (const { key, mod, main } of wirings) {
    Deno.writeTextFileSync(`${layout.folder}/${modPath(key)}`, mod);
    Deno.writeTextFileSync(`${layout.folder}/${mainPath(key)}`, pointTo(main, key));
  }
}

/** Takes wirings and their bundles away again. */
export function clearWirings(layout: Layout, wirings: readonly BuildWiring[]): void {
  for (const { key } of wirings) {
    for (const path of [modPath(key), mainPath(key)]) Deno.removeSync(`${layout.folder}/${path}`);
  }
  Deno.removeSync(`${layout.folder}/${layout.out}`, { recursive: true });
}

function pointTo(main: string, key: string): string {
  const parts = main.split('"./mod.ts"');
  if (parts.length !== 2) throw new TypeError('Cannot build a main.ts as it must import "./mod.ts" once');
  return parts.join(`"./${key}.ts"`);
}

async function textIfThere(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Removes what a build that was killed has left. Its bundler may still write: then the rest is left to the next build. */
async function removeMatching(folder: string, isLeft: (name: string) => boolean): Promise<void> {
  for (const { name } of [...Deno.readDirSync(folder)]) {
    if (isLeft(name)) await Deno.remove(`${folder}/${name}`, { recursive: true }).catch(() => {});
  }
}
