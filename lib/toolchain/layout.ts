/**
 * The folder in which a pool is checked and bundled: its modules, and beside them wirings with all genes of a file. Its
 * contents depend on contents alone and the tools see relative paths only, so that equal agents get equal artifacts in
 * whatever folder or run they stand in.
 *
 * @module
 */

import { sha256 } from "../util/hash.ts";
import { type CodeFile, viewFile } from "../run/layout.ts";
import { fullName } from "../runtime/names.ts";
import { defaultsOf } from "../runtime/parameters.ts";
import type { Pool, PoolFile, PoolView } from "../genome/pool.ts";
import { overwriteFileSync } from "../util/files.ts";
import { wire, worldNames } from "../wiring/wiring.ts";
import { parameterName } from "../isolation/artifact.ts";
import { modulesOf } from "./modules.ts";
import { runtimeFolder } from "../wiring/runtime_hash.ts";

/** A folder to check and bundle in. */
export interface Layout {
  /** Its absolute path. */
  readonly folder: string;
  /** The folder of the bundles within it. A killed build's bundler may be at work still, so each process has its own. */
  readonly out: string;
  /** What is known of the pool's gene files. */
  readonly files: readonly PoolFile[];
  /** How its world is drawn; absent where there is no `view.ts`. */
  readonly view?: PoolView;
  /** Texts of the pool's modules by path, `world.ts` and `view.ts` among them. */
  readonly modules: ReadonlyMap<string, string>;
  /** Texts of the wirings by path: each lists all genes of one gene file that the runtime calls. */
  readonly wirings: ReadonlyMap<string, string>;
}

/** What stands for `evolve/runtime` while genes are checked and bundled: the runtime itself is joined later. */
const runtimeStub = `import type { Agent } from "evolve/contract";
declare const ${parameterName}: (agent: Agent) => void;
export const evaluate = ${parameterName};
`;

const outPrefix = ".tmp-out-";

/** The path of the judge's entry within a layout. */
export const judgeEntry = "judge.ts";

// Named one by one: what a bundler makes of a namespace would define properties, which the hardened realm can't.
function judgeText(pool: Pool): string {
  const names = worldNames(pool);
  return `import { ${names} } from "./world.ts";
declare const ${parameterName}: (world: unknown) => void;
${parameterName}({ ${names} });
`;
}

/** The path of the entry of the program that draws within a layout, where the pool has a view. */
export const viewerEntry = "viewer.ts";

/** It also demands of the view that it takes the world's state and gives shapes. */
function viewerText(pool: Pool): string {
  const names = worldNames(pool);
  return `import type { Shape } from "evolve/contract";
import { ${names} } from "./world.ts";
import { view } from "./view.ts";
declare const ${parameterName}: (made: unknown) => void;
${parameterName}({ world: { ${names} }, view: view satisfies (state: ReturnType<typeof begin>) => readonly Shape[] });
`;
}

/** The path of the entry that holds all genes of a pool, within a layout. */
export const poolEntry = "pool.ts";

/** The path of the `main.ts` that is checked for all: it depends on the type of a wiring, which each of them proves. */
export const mainPath = "src/.main.ts";

/** The path of what genes and worlds are typed by. */
export const contractPath = "contract.ts";

/** The path of an empty wiring, which that `main.ts` imports. */
export const emptyPath = "src/.mod.ts";

/**
 * Names all genes of a pool in the entry that holds them, in the order of `GeneChoice`.
 *
 * They are imported under numbers, as in an agent's wiring.
 *
 * @param without Gene files to leave out, with what imports them.
 */
export function layPoolEntry(layout: Layout, pool: Pool, without: Pick<ReadonlySet<string>, "has">): void {
  Deno.writeTextFileSync(
    `${layout.folder}/${poolEntry}`,
    poolText(pool.files.filter(({ path }) => !without.has(path)), worldNames(pool)),
  );
}

function poolText(files: readonly PoolFile[], world: string): string {
  const genes = files.flatMap(({ path, functions }) => functions.map(({ name, phase }) => ({ path, name, phase })));
  const imports = genes.map(({ path, name }, place) => `import { ${name} as gene${place} } from "./${path}";\n`);
  const entries = genes.map(({ path, name, phase }, place) =>
    `  { name: ${JSON.stringify(fullName(path, name))}, phase: ${JSON.stringify(phase)}, run: gene${place} },\n`
  );
  return `import { ${world} } from "./world.ts";
${imports.join("")}declare const ${parameterName}: (pool: unknown) => void;
${parameterName}({ genes: [
${entries.join("")}], world: { ${world} } });
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

/**
 * Makes the layout for a pool and a runtime.
 *
 * Needs read permission for `lib/runtime`, and write permission for the store.
 *
 * @param store The run's folder `workspace/store`.
 * @param code The pool's files, and its view where it has one.
 * @param runtime Hash of the runtime.
 * @throws {StepFailed} If a file of the pool is not the one that was audited.
 */
export async function prepareLayout(
  store: string,
  code: readonly CodeFile[],
  pool: Pool,
  runtime: string,
): Promise<Layout> {
  const folder = `${store}/check/${(await sha256(`${pool.hash}\n${runtime}`)).slice(0, 32)}`;
  await Deno.mkdir(`${folder}/src`, { recursive: true });
  const modules = await modulesOf(code, pool);
  const wirings = wiringsOf(pool);
  const files = new Map([
    ...modules,
    ...wirings,
    ...mainTexts(pool),
    [contractPath, await Deno.readTextFile(`${runtimeFolder}/contract.ts`)],
    ["runtime.ts", runtimeStub],
    [judgeEntry, judgeText(pool)],
    ...(pool.view ? [[viewerEntry, viewerText(pool)] as const] : []),
    ["tsconfig.json", projectText(projectFiles(wirings, pool.view))],
  ]);
  await removeMatching(`${folder}/src`, (name) => !files.has(`src/${name}`));
  // A view that there was before.
  await removeMatching(
    folder,
    (name) => name.startsWith(outPrefix) || ([viewFile, viewerEntry].includes(name) && !files.has(name)),
  );
  const encoder = new TextEncoder();
  for (const [path, text] of files) overwriteFileSync(`${folder}/${path}`, encoder.encode(text));
  return { folder, out: `${outPrefix}${Deno.pid}`, files: pool.files, view: pool.view, modules, wirings };
}

/**
 * Names the files that the compiler is to look at, with what they import.
 *
 * @param files Paths within the layout; absent: all.
 */
export function layProject(layout: Layout, files = projectFiles(layout.wirings, layout.view)): void {
  const { folder } = layout;
  Deno.writeTextFileSync(`${folder}/tsconfig.json`, projectText(files));
}

function projectFiles(wirings: Layout["wirings"], view: PoolView | undefined): string[] {
  return [mainPath, ...wirings.keys(), ...(view ? [viewerEntry] : [])];
}

function projectText(files: readonly string[]): string {
  return JSON.stringify({ compilerOptions, files });
}

/** Apart by files: of very many different genes in one list the compiler would say that it is too complex. */
function wiringsOf({ files }: Pool): Map<string, string> {
  return new Map(files.map((file, number) => {
    const { path, functions, parameters } = file;
    const all = {
      path,
      active: true,
      functions: Object.fromEntries(functions.map(({ name }) => [name, true])),
      parameters: defaultsOf(parameters),
    };
    // Paths of gene files have no dot there.
    return [`src/.${number}.ts`, wire({ version: 1, files: [all] }, { files: [file] }).mod];
  }));
}

function mainTexts(pool: Pool): [path: string, text: string][] {
  const { mod, main } = wire({ version: 1, files: [] }, { ...pool, files: [] });
  const parts = main.split('"./mod.ts"');
  if (parts.length !== 2) throw new TypeError('Cannot build a main.ts as it must import "./mod.ts" once');
  return [[emptyPath, mod], [mainPath, parts.join(`"./${emptyPath.slice("src/".length)}"`)]];
}

/** Removes what a build that was killed has left. Its bundler may still write: then the rest is left to the next build. */
async function removeMatching(folder: string, isLeft: (name: string) => boolean): Promise<void> {
  for (const { name } of [...Deno.readDirSync(folder)]) {
    if (isLeft(name)) await Deno.remove(`${folder}/${name}`, { recursive: true }).catch(() => {});
  }
}
