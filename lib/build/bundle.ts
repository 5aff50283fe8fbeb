/**
 * Bundling of many wirings by one run of the native bundler, which leaves out what no active gene reaches.
 *
 * @module
 */

import { type Issue, StepFailed } from "../issue.ts";
import { type BuildWiring, judgeEntry, type Layout, mainPath, modPath, type poolEntry } from "./layout.ts";
import { isWhole } from "./prove.ts";
import { runTool } from "./tools.ts";

/** What the bundler tells of itself, in part. */
interface Metafile {
  /** All files that it has read, by their paths within the layout. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** The options that decide on the bytes of a bundle of genes; they stay readable, comments aside. */
const options = [
  "--bundle",
  "--format=esm",
  "--platform=neutral",
  "--target=esnext",
  "--legal-comments=none",
  "--tree-shaking=true",
  "--tsconfig=tsconfig.json",
  "--log-level=error",
  "--color=false",
];

/**
 * Bundles the genes and the world of wirings that lie in a layout, see `layWirings`; the runtime is not in there.
 *
 * Needs run permission for the bundler, and read and write permission for the layout.
 *
 * @returns The text of each bundle by build key; or, since one that fails leaves all without, the first thing wrong.
 * @throws {StepFailed} If the bundler has read a file that is neither the pool's nor generated.
 */
export async function bundleTogether(
  layout: Layout,
  wirings: readonly BuildWiring[],
  signal?: AbortSignal,
): Promise<Map<string, string> | Issue> {
  if (wirings.length === 0) return new Map();
  const entries = wirings.map(({ key }) => mainPath(key));
  const places = [`--outdir=${layout.out}`, "--entry-names=[name]", `--metafile=${layout.out}/meta.json`];
  const { code, stderr } = await runTool("esbuild", [...entries, ...options, ...places], layout.folder, signal);
  return code === 0 ? await collect(layout, wirings) : { code: "build.bundle", message: firstError(stderr) };
}

/**
 * The same as {@linkcode bundleTogether}, but finds out which ones fail: halves are tried until those stand alone.
 *
 * @returns The text of each bundle by build key, or what is wrong with it.
 */
export async function bundleEach(
  layout: Layout,
  wirings: readonly BuildWiring[],
  signal?: AbortSignal,
): Promise<Map<string, string | Issue>> {
  const bundles = await bundleTogether(layout, wirings, signal);
  if (bundles instanceof Map) return bundles;
  if (wirings.length === 1) return new Map([[wirings[0]!.key, bundles]]);
  const half = Math.ceil(wirings.length / 2);
  const first = await bundleEach(layout, wirings.slice(0, half), signal);
  return new Map([...first, ...await bundleEach(layout, wirings.slice(half), signal)]);
}

/**
 * Bundles what is nobody's own: the world of a layout for the judge, or all genes of its pool.
 *
 * Needs run permission for the bundler, and read and write permission for the layout.
 *
 * @param entry Its path within the layout.
 * @returns The text of the bundle, or what is wrong.
 * @throws {StepFailed} If it holds a file that is neither the pool's nor generated.
 */
export async function bundleShared(
  layout: Layout,
  entry: typeof judgeEntry | typeof poolEntry,
  signal?: AbortSignal,
): Promise<string | Issue> {
  const name = entry.replace(/\.ts$/, "");
  const places = [`--outfile=${layout.out}/${name}.js`, `--metafile=${layout.out}/${name}.json`];
  const { code, stderr } = await runTool("esbuild", [entry, ...options, ...places], layout.folder, signal);
  if (code !== 0) return { code: "build.bundle", message: firstError(stderr) };
  const text = await takeShared(layout, entry, name);
  return await isWhole(text) ? text : { code: "build.import", message: "the bundle would load other modules" };
}

/**
 * Bundles the world of a layout for the judge.
 *
 * Needs run permission for the bundler, and read and write permission for the layout.
 *
 * @throws {StepFailed} If it can't be bundled, holds a file that is neither the pool's nor generated, or would load one.
 */
export async function bundleJudge(layout: Layout, signal?: AbortSignal): Promise<string> {
  const bundle = await bundleShared(layout, judgeEntry, signal);
  if (typeof bundle === "string") return bundle;
  throw new StepFailed({ code: "build.world", message: `Cannot build the judge: ${bundle.message}`, path: "world.ts" });
}

async function collect(layout: Layout, wirings: readonly BuildWiring[]): Promise<Map<string, string>> {
  await demandKnown(layout, "meta.json", wirings.flatMap(({ key }) => [modPath(key), mainPath(key)]));
  const out = `${layout.folder}/${layout.out}`;
  const bundles = new Map<string, string>();
  for (const { key } of wirings) bundles.set(key, Deno.readTextFileSync(`${out}/${key}.main.js`));
  return bundles;
}

async function takeShared(layout: Layout, entry: string, name: string): Promise<string> {
  const out = `${layout.folder}/${layout.out}`;
  try {
    await demandKnown(layout, `${name}.json`, [entry]);
    return await Deno.readTextFile(`${out}/${name}.js`);
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}

/** Whatever the bundler took in must be of the pool, or generated. */
async function demandKnown(layout: Layout, metafile: string, generated: readonly string[]): Promise<void> {
  const { inputs }: Metafile = JSON.parse(await Deno.readTextFile(`${layout.folder}/${layout.out}/${metafile}`));
  const known = new Set([...layout.modules.keys(), ...generated, "contract.ts", "runtime.ts"]);
  const stranger = Object.keys(inputs).find((path) => !known.has(path));
  if (stranger !== undefined) throw strange(stranger);
}

function strange(path: string): StepFailed {
  return new StepFailed({
    code: "build.input",
    message: "Cannot build as a bundle must hold nothing but the template's modules and the wiring.",
    path,
  });
}

/** The bundler's first message with its place: `✘ [ERROR] Text`, an empty line, `    file:line:column:`. */
function firstError(stderr: string): string {
  const match = /\[ERROR\] (?<text>.*)(?:\n\n +(?<place>[^\n]*):\n)?/.exec(stderr);
  if (!match) return `Cannot bundle: ${stderr.trim().slice(0, 2000)}`;
  const { text, place } = match.groups!;
  const path = place?.replace(/src\/[0-9a-f]{64}\.(main\.)?ts/, (_all, main) => `src/${main ? "main" : "mod"}.ts`);
  return `${path === undefined ? "" : `${path}: `}${text!.slice(0, 2000)}`;
}
