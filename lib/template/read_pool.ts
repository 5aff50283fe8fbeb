/**
 * Reading a template: what its files offer, whether they can be used, and what is wrong with them if not.
 *
 * @module
 */

import { nearest } from "../util/nearest.ts";
import { sha256 } from "../util/hash.ts";
import { type Issue, Misuse, together } from "../util/issue.ts";
import { engineCode } from "../source/audit_engines.ts";
import { examineApart } from "./examine_apart.ts";
import type { SourceFacts } from "../source/facts.ts";
import { at } from "../source/parse.ts";
import { BytesError, toBytes } from "../runtime/genome_bytes.ts";
import { codeHash, worldHashOf } from "./code_hash.ts";
import { fullName } from "../runtime/names.ts";
import { largestGenome } from "../genome/largest.ts";
import { readData } from "./data_files.ts";
import type { DataFile, Pool, PoolFile } from "../genome/pool.ts";
import { readTemplate, type TemplateFile } from "./template_files.ts";

/** A file of a template with its facts. */
interface Examined {
  readonly facts: SourceFacts;
  readonly hash: string;
}

/**
 * The pool that a template offers, its code audited.
 *
 * Needs read permission for the template and `lib/`.
 *
 * @param folder The template: `world.ts`, gene files in `src/`, and `view.ts` where there is one.
 * @param admits Whether a pool of this hash can be used although engines may read it in their own ways: what a run has
 * already can. @default none can
 * @throws {Misuse} If it can't be used; the message names file and line.
 * @throws {StepFailed} If it can't be read in time.
 */
export async function readPool(folder: string, admits?: Admits, signal?: AbortSignal): Promise<Pool> {
  const data = (await readData(folder)).map(({ path, hash }) => ({ path, hash }));
  return await poolOf(await readTemplate(folder), folder, admits, signal, data);
}

/** Whether a pool of a hash is used in spite of an issue of code `audit.engine`. */
export type Admits = (hash: string, issue: Issue) => boolean;

/**
 * The pool that the files of a template offer; see {@linkcode readPool}.
 *
 * @param files Gene files, `world.ts`, and `view.ts` where there is one, sorted by path.
 * @param folder Where they come from, for messages.
 * @param data The data of its world, sorted by path.
 */
export async function poolOf(
  files: readonly TemplateFile[],
  folder: string,
  admits: Admits = () => false,
  signal?: AbortSignal,
  data: readonly DataFile[] = [],
): Promise<Pool> {
  const { examined, differing } = await examineAll(files, folder, signal);
  const world = examined.find(({ facts }) => facts.world);
  if (!world) throw refused(missing(folder, "world"));
  const view = examined.find(({ facts }) => facts.view);
  const genes = examined.filter((file) => file !== world && file !== view);
  if (!genes.some(({ facts }) => facts.functions.length > 0)) throw refused(missing(folder, "genes"));
  const facts = genes.map((file) => file.facts);
  demandOneOfEachName(facts);
  demandPhases(facts, world.facts.world!.phases);
  demandImports(facts);
  const constants = new Set(facts.flatMap((file) => file.constants.map((name) => fullName(file.path, name))));
  const pool: Pool = {
    hash: await codeHash([...facts, world.facts], data),
    files: genes.map((file) => poolFile(file, constants)),
    world: world.facts.world!,
    ...(world.facts.worldFunctions && { worldFunctions: world.facts.worldFunctions }),
    ...(world.facts.worldDraws && { worldDraws: world.facts.worldDraws }),
    worldHash: await worldHashOf(world.facts.tokens, data),
    worldSource: world.hash,
    ...(data.length > 0 && { data }),
    ...(view && { view: { hash: view.hash, ...view.facts.view! } }),
  };
  demandRoomInGenome(pool);
  if (differing && !admits(pool.hash, differing)) throw refused(differing);
  return pool;
}

/** The files, and the first of what is wrong for engines alone. */
async function examineAll(
  files: readonly TemplateFile[],
  folder: string,
  signal: AbortSignal | undefined,
): Promise<{ readonly examined: Examined[]; readonly differing: Issue | undefined }> {
  const examined: Examined[] = [];
  const issues: Issue[] = [];
  const sources = await examineApart(files, { signal });
  for (const [i, { bytes }] of files.entries()) {
    const source = sources[i]!;
    issues.push(...source.issues);
    if (source.facts) examined.push({ facts: source.facts, hash: await sha256(bytes) });
  }
  const grave = issues.some(({ code }) => code !== engineCode);
  if (issues.length === 0) return { examined, differing: undefined };
  const issue = together(issues.map((one) => ({ ...one, path: `${folder}/${one.path}` })));
  if (grave) throw refused(issue);
  return { examined, differing: issue };
}

function poolFile({ facts, hash }: Examined, constants: ReadonlySet<string>): PoolFile {
  const functions = facts.functions.map((gene) => ({
    ...gene,
    calls: gene.calls.filter((call) => !constants.has(call)),
  }));
  const { path, tokens, siblings: imports, parameters, lines } = facts;
  return { path, hash, tokens, imports, functions, parameters, lines };
}

/** One name stands for one gene in messages, charts and reports, whatever file it is in. */
function demandOneOfEachName(files: readonly SourceFacts[]): void {
  const places = new Map<string, string>();
  for (const { path, functions } of files) {
    for (const { name, line } of functions) {
      const first = places.get(name);
      if (first !== undefined) {
        throw refused({
          code: "pool.name",
          message: `Cannot use ${at(path, line)} as every gene must have a name of its own: ` +
            `${name} is also in ${first}; rename one of them.`,
          path: at(path, line),
        });
      }
      places.set(name, at(path, line));
    }
  }
}

function demandPhases(files: readonly SourceFacts[], phases: readonly string[]): void {
  const known = ["birth", ...phases, "end"];
  for (const { path, functions } of files) {
    const gene = functions.find(({ phase }) => phase !== undefined && !known.includes(phase));
    if (!gene) continue;
    const meant = nearest(gene.phase!, known);
    throw refused({
      code: "pool.phase",
      message: `Cannot use ${at(path, gene.line)} as @phase of ${gene.name} must be one of ${known.join(", ")}: ` +
        `it is ${gene.phase}${meant === undefined ? "" : `, did you mean ${meant}?`}`,
      path: at(path, gene.line),
    });
  }
}

function demandImports(files: readonly SourceFacts[]): void {
  const offered = new Map(
    files.map((file) => [file.path, [...file.functions.map((gene) => gene.name), ...file.constants]]),
  );
  for (const file of files) {
    const wrong = file.imports.find(({ path, name }) => !offered.get(path)?.includes(name));
    if (!wrong) continue;
    const place = at(file.path, wrong.line);
    const why = offered.has(wrong.path) ? `${wrong.path} exports no ${wrong.name}` : `there is no ${wrong.path}`;
    throw refused({ code: "pool.import", message: `Cannot use ${place} as ${why}.`, path: place });
  }
}

/** The largest genome of a pool must fit into the bytes that a genome may have. */
function demandRoomInGenome(pool: Pool): void {
  try {
    toBytes(largestGenome(pool));
  } catch (error) {
    if (!(error instanceof BytesError)) throw error;
    throw refused({
      code: "pool.size",
      message:
        `Cannot use the template as its genomes would be too large: ${error.message}; leave out some genes, or shorten lists.`,
    });
  }
}

function missing(folder: string, what: "genes" | "world"): Issue {
  return what === "world"
    ? { code: "pool.world", message: `Cannot use ${folder} as it must have a world: there is no ${folder}/world.ts.` }
    : {
      code: "pool.empty",
      message: `Cannot use ${folder} as it must have genes: no file in ${folder}/src exports a function.`,
      path: `${folder}/src`,
    };
}

function refused(issue: Issue): Misuse {
  return new Misuse(issue);
}
