/**
 * Bundling by the native bundler, once for all that has the same content: of a pool's genes with its world, and of the
 * world alone for the judge.
 *
 * @module
 */

import { worldFile } from "../agents/layout.ts";
import type { Pool } from "../genome/pool.ts";
import { type Issue, StepFailed } from "../issue.ts";
import { judgeEntry, type Layout, layPoolEntry, poolEntry } from "./layout.ts";
import { isWhole } from "./prove.ts";
import { importersOf } from "./importers.ts";
import { runTool } from "./tools.ts";

/** What the bundler tells of itself, in part. */
interface Metafile {
  /** All files that it has read, by their paths within the layout. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** A message of the bundler. */
interface Complaint {
  /** The file that it is about, within the layout. */
  readonly file: string;
  readonly issue: Issue;
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
 * Needs run permission for the bundler, and read and write permission for the layout.
 *
 * @throws {StepFailed} If it can't be bundled for another reason than a gene file, holds a file that is neither the
 * pool's nor generated, or would load one.
 */
export async function bundlePool(layout: Layout, pool: Pool, signal?: AbortSignal): Promise<PoolBundle> {
  const without = new Map<string, Issue>();
  for (;;) {
    layPoolEntry(layout, pool, without);
    const made = await bundle(layout, poolEntry, signal);
    if (typeof made === "string") return { text: made, without };
    const wrong = made.filter(({ file }) => isGeneFile(file, layout) && !without.has(file));
    if (wrong.length === 0) throw new StepFailed(made[0]!.issue);
    for (const { file, issue } of wrong) {
      for (const path of importersOf(file, layout.modules)) if (!without.has(path)) without.set(path, issue);
    }
  }
}

/**
 * Bundles the world of a layout for the judge.
 *
 * Needs run permission for the bundler, and read and write permission for the layout.
 *
 * @throws {StepFailed} If it can't be bundled, holds a file that is neither the pool's nor generated, or would load one.
 */
export async function bundleJudge(layout: Layout, signal?: AbortSignal): Promise<string> {
  const made = await bundle(layout, judgeEntry, signal);
  if (typeof made === "string") return made;
  const { message } = made[0]!.issue;
  throw new StepFailed({ code: "build.world", message: `Cannot build the judge: ${message}`, path: worldFile });
}

/** The text of a bundle, or what the bundler complains of: at least one thing. */
async function bundle(layout: Layout, entry: string, signal?: AbortSignal): Promise<string | readonly Complaint[]> {
  const name = entry.replace(/\.ts$/, "");
  const places = [`--outfile=${layout.out}/${name}.js`, `--metafile=${layout.out}/${name}.json`];
  const { code, stderr } = await runTool("esbuild", [entry, ...options, ...places], layout.folder, signal);
  if (code !== 0) return complaintsOf(stderr);
  const text = await take(layout, entry, name);
  if (await isWhole(text)) return text;
  throw new StepFailed({ code: "build.import", message: "Cannot build as a bundle must load no other modules." });
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
  const stranger = Object.keys(inputs).find((path) => path !== entry && !layout.modules.has(path));
  if (stranger !== undefined) throw strange(stranger);
}

function strange(path: string): StepFailed {
  return new StepFailed({
    code: "build.input",
    message: "Cannot build as a bundle must hold nothing but the template's modules and what names them.",
    path,
  });
}

function isGeneFile(path: string, layout: Layout): boolean {
  return path !== worldFile && layout.modules.has(path);
}

/** The bundler's messages with their places: `✘ [ERROR] Text`, an empty line, `    file:line:column:`. */
function complaintsOf(stderr: string): Complaint[] {
  const found = [...stderr.matchAll(/\[ERROR\] (?<text>.*)\n\n +(?<file>[^:\n]+):(?<place>[^\n]*):\n/g)];
  // What is about no file is about the machine.
  if (found.length === 0) throw new Error(`Cannot bundle: ${stderr.trim().slice(0, 2000)}`);
  return found.map(({ groups }) => {
    const { text, file, place } = groups!;
    return { file: file!, issue: { code: "build.bundle", message: `${file}:${place}: ${text!.slice(0, 2000)}` } };
  });
}
