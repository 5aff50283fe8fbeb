/**
 * Bundling by the native bundler, once for all that has the same content: of a pool's genes with its world, of the
 * world alone for the judge, and of the world with its view.
 *
 * @module
 */

import { viewFile, worldFile } from "../run/layout.ts";
import type { Pool } from "../genome/pool.ts";
import { shownText } from "../util/text.ts";
import { type Issue, StepFailed } from "../util/issue.ts";
import { emptyPath, judgeEntry, type Layout, layPoolEntry, poolEntry, viewerEntry } from "./layout.ts";
import { isWhole } from "./prove.ts";
import { runProven, runTool } from "./tools.ts";

/** What the bundler tells of itself, in part. */
interface Metafile {
  /** All files that it has read, by their paths within the layout. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** The bundle of a pool. */
export interface PoolBundle {
  /** Declarations, and at last one call with all genes and the world. */
  readonly text: string;
  /** Gene files that are left out as they, or what they import, can't be bundled: what is wrong, by path. */
  readonly without: ReadonlyMap<string, Issue>;
}

/** The options that decide on the bytes of a bundle; they stay readable, comments aside. */
const options = [
  "--bundle",
  "--format=esm",
  "--platform=neutral",
  "--target=esnext",
  "--legal-comments=none",
  "--tree-shaking=true",
  "--tsconfig=tsconfig.json",
  "--log-level=error",
  "--log-limit=0",
  "--color=false",
];

/**
 * Bundles all genes of a layout's pool and its world.
 *
 * Where that fails, each gene file is bundled by itself, and those that fail then are left out: no word of the bundler
 * decides which.
 *
 * Needs run permission for `/bin/sh`, and read and write permission for the layout.
 *
 * @throws {StepFailed} If it can't be bundled for another reason than a gene file, holds a file that is neither the
 * pool's nor generated, or would load one.
 */
export async function bundlePool(layout: Layout, pool: Pool, signal?: AbortSignal): Promise<PoolBundle> {
  layPoolEntry(layout, pool, new Map());
  const whole = await bundle(layout, poolEntry, signal);
  if (typeof whole === "string") return { text: whole, without: new Map() };
  await bundleJudge(layout, signal);
  const without = new Map<string, Issue>();
  for (const { path } of pool.files) {
    const alone = await bundleAlone(layout, pool, path, signal);
    if (typeof alone !== "string") without.set(path, { ...alone, path });
  }
  layPoolEntry(layout, pool, without);
  const text = await bundle(layout, poolEntry, signal);
  if (typeof text === "string") return { text, without };
  // Each of its files can be bundled.
  throw new StepFailed({ ...text, code: "build.bundle" });
}

/**
 * Bundles one gene file by itself, with what it imports and the world; or, by its name, the world alone.
 *
 * Needs run permission for `/bin/sh`, and read and write permission for the layout.
 */
export async function bundleAlone(
  layout: Layout,
  pool: Pool,
  path: string,
  signal?: AbortSignal,
): Promise<string | Issue> {
  layPoolEntry(layout, { ...pool, files: pool.files.filter((file) => file.path === path) }, new Map());
  return await bundle(layout, poolEntry, signal);
}

/**
 * Bundles the world of a layout for the judge.
 *
 * Needs run permission for `/bin/sh`, and read and write permission for the layout.
 *
 * @throws {StepFailed} If it can't be bundled, holds a file that is neither the pool's nor generated, or would load one.
 */
export async function bundleJudge(layout: Layout, signal?: AbortSignal): Promise<string> {
  const made = await bundle(layout, judgeEntry, signal);
  if (typeof made === "string") return made;
  throw new StepFailed({ ...made, message: `Cannot build the judge: ${made.message}`, path: worldFile });
}

/**
 * Bundles the world and the view of a layout, which has one.
 *
 * Needs run permission for `/bin/sh`, and read and write permission for the layout.
 *
 * @returns The text, or why it can't be bundled.
 * @throws {StepFailed} If it holds a file that is neither the pool's nor generated, or would load one.
 */
export async function bundleView(layout: Layout, signal?: AbortSignal): Promise<string | Issue> {
  const made = await bundle(layout, viewerEntry, signal);
  return typeof made === "string" ? made : { ...made, path: viewFile };
}

/** The text of a bundle, or why there is none. */
async function bundle(layout: Layout, entry: string, signal?: AbortSignal): Promise<string | Issue> {
  const name = entry.replace(/\.ts$/, "");
  const places = [`--outfile=${layout.out}/${name}.js`, `--metafile=${layout.out}/${name}.json`];
  const run = (path: string) => runTool("esbuild", [path, ...options, ...places], layout.folder, signal);
  const { code, stderr, failed } = await runProven("esbuild", () => run(entry), () => run(emptyPath));
  if (failed !== undefined) {
    return { code: "template.limit", message: `It is too much for the bundler: ${failed.why}.` };
  }
  if (code !== 0) {
    await demandOutputSpace(layout);
    return { code: "template.bundle", message: complaintOf(stderr) };
  }
  const text = await take(layout, entry, name);
  if (await isWhole(text)) return text;
  throw new StepFailed({ code: "build.import", message: "Cannot build as a bundle must load no other modules." });
}

/** A bundler that could not write says so in prose alone: whether there is room for a bundle is tried instead. */
async function demandOutputSpace({ folder, out, modules }: Layout): Promise<void> {
  const bytes = [...modules.values()].reduce((sum, text) => sum + text.length, 0);
  const trial = `${folder}/${out}.room`;
  try {
    await Deno.writeFile(trial, new Uint8Array(2 * bytes));
  } finally {
    await Deno.remove(trial).catch(() => {});
  }
}

async function take(layout: Layout, entry: string, name: string): Promise<string> {
  const out = `${layout.folder}/${layout.out}`;
  try {
    await demandKnown(layout, `${name}.json`, entry);
    return await Deno.readTextFile(`${out}/${name}.js`);
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}

/** Whatever the bundler took in must be of the pool, or generated. */
async function demandKnown(layout: Layout, metafile: string, entry: string): Promise<void> {
  const { inputs }: Metafile = JSON.parse(await Deno.readTextFile(`${layout.folder}/${layout.out}/${metafile}`));
  const unknown = Object.keys(inputs).find((path) => path !== entry && !layout.modules.has(path));
  if (unknown !== undefined) throw unknownInput(unknown);
}

function unknownInput(path: string): StepFailed {
  return new StepFailed({
    code: "build.input",
    message: "Cannot build as a bundle must hold nothing but the template's modules and what names them.",
    path,
  });
}

/** The bundler's first message with its place: `✘ [ERROR] Text`, an empty line, `    file:line:column:`. */
function complaintOf(stderr: string): string {
  const { text, place } = /\[ERROR\] (?<text>.*)\n\n +(?<place>\S+:\d+:\d+):\n/.exec(stderr)?.groups ?? {};
  return shownText(text === undefined ? stderr : `${place}: ${text}`, 2000);
}
