/**
 * Whether the pools that a run has had are whole.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import type { RunPaths } from "../../run/paths.ts";
import { hasFolder } from "../../db/agents.ts";
import { infoOf, readIfWhole, removeFolder, writeFileAtomicSync } from "../../util/files.ts";
import { isCode, unfinished } from "../../run/layout.ts";
import { isWhole, loadCode, loadData, loadView, placeOf, sourcesOf } from "../../template/pool_sources.ts";
import {
  formerCopies,
  manifestPath,
  manifestText,
  mostFacts,
  readManifest,
  storedPools,
  storePool,
} from "../../template/pool_store.ts";
import { readTemplate, templateFile } from "../../template/template_files.ts";
import { templateFolder } from "../../template/template_folder.ts";
import { poolLimits } from "../../runtime/names.ts";
import type { DataFile, Pool } from "../../genome/pool.ts";
import { poolOf, readPool } from "../../template/read_pool.ts";
import { bad, good, Misuse, type Result, StepFailed } from "../../util/issue.ts";
import { isOfOnePath } from "../../util/system_error.ts";
import { type Finding, type Inspection, list } from "../../agents/inspection.ts";

/** How many agents' folders are tried as a source of the code. */
const mostSources = 8;

/** Finds pools that are missing, hold something else than was audited, or are kept as by an earlier version. */
export async function* checkTemplate(inspection: Inspection): AsyncGenerator<Finding> {
  const { paths, listing } = inspection;
  const present = listing.meta("pool");
  if (present === undefined) return;
  const copies = formerCopies(paths);
  const known = [present, listing.meta("next") ?? present, ...poolsOfAgents(listing), ...copies, ...storedPools(paths)];
  for (const hash of new Set(known)) {
    const copied = copies.includes(hash) ? await poolIn(`${paths.template}/${hash}`) : undefined;
    if (copied?.hash === hash) yield takenIn(inspection, copied);
    else yield* checkPool(inspection, hash);
  }
}

/** Pools that `init` took up and agents have the code of, even if nothing else is left of them. */
function poolsOfAgents(listing: Listing): string[] {
  const codes = listing.all<{ hash: string }>(
    `SELECT DISTINCT code_hash AS hash FROM agents WHERE ${hasFolder} ORDER BY hash`,
  );
  return codes.map(({ hash }) => hash).filter((hash) => listing.meta(`admitted:${hash}`) !== undefined);
}

/** A pool as an earlier version kept it: a folder with all of its files. */
function takenIn(inspection: Inspection, pool: Pool): Finding {
  const place = `${inspection.paths.template}/${pool.hash}`;
  return {
    ...bad("template.former", "A copy of the run's template is kept as by an earlier version.", place),
    id: null,
    repair: () => replace(inspection, place, pool),
    action: "it was taken into the store of sources",
  };
}

async function* checkPool(inspection: Inspection, hash: string): AsyncGenerator<Finding> {
  const { paths } = inspection;
  const stored = await storedPool(paths, hash);
  if (stored.ok) return yield* checkFacts(paths, stored.value);
  const source = await findSource(inspection, hash);
  if (source) {
    const repair = () => source.copy(inspection);
    yield { id: null, issue: stored.issue, repair, action: `it was made again from ${source.from}` };
    return;
  }
  const message = `${stored.issue.message.slice(0, -1)}; no agent has it either; put the template back and run ` +
    "`deno task init --template FOLDER`.";
  yield { id: null, issue: { ...stored.issue, message } };
}

/** What the sources of a pool offer, found out again from the code. */
async function storedPool(paths: RunPaths, hash: string): Promise<Result<Pool>> {
  const place = manifestPath(paths, hash);
  try {
    const manifest = readManifest(paths, hash);
    if (!manifest) return bad("template.facts", "What is recorded of the run's template is damaged.", place);
    const code = [...await loadCode(paths, manifest), ...await loadView(paths, manifest)].map(templateFile);
    await loadData(paths, manifest);
    const pool = await poolOf(code, "template", known, undefined, manifest.data);
    if (pool.hash === hash) return good(pool);
  } catch (error) {
    if (error instanceof StepFailed && error.issue.code === "template.missing") {
      return bad("template.missing", "The run's copy of its template is missing.", error.issue.path);
    }
    if (error instanceof StepFailed && error.issue.code === "template.changed") {
      return bad(
        "template.changed",
        "A source of the run's template is not the one that was audited.",
        error.issue.path,
      );
    }
    if (!(error instanceof Misuse)) throw error;
  }
  return bad("template.changed", "The run's copy of its template is not the one that was audited.", place);
}

/** What is known of the code is what can be found out from it again. */
function* checkFacts(paths: RunPaths, pool: Pool): Generator<Finding> {
  const path = manifestPath(paths, pool.hash);
  const text = manifestText(pool);
  if (textOf(path) === text) return;
  yield {
    ...bad("template.facts", "What is recorded of the run's template is not what its code says.", path),
    id: null,
    repair: () => writeFileAtomicSync(path, text),
    action: "it was written again from the code",
  };
}

function textOf(path: string): string | undefined {
  const bytes = readIfWhole(path, mostFacts);
  return bytes && new TextDecoder().decode(bytes);
}

interface Source {
  readonly from: string;
  copy(inspection: Inspection): Promise<unknown>;
}

/** Where the code of this pool can be had: in the template itself, in an agent's folder. */
async function findSource({ paths, listing }: Inspection, hash: string): Promise<Source | undefined> {
  const template = templateFolder(listing, undefined);
  const offered = await poolIn(template);
  if (offered?.hash === hash) {
    return {
      from: "the template",
      copy: (inspection) => replace(inspection, template, offered),
    };
  }
  const agents = listing.all<{ id: string }>(
    `SELECT id FROM agents WHERE ${hasFolder} AND code_hash = ?
      ORDER BY ordinal LIMIT ${mostSources}`,
    hash,
  );
  for (const { id } of agents) {
    if (await withCodeOf(paths, id, hash, () => Promise.resolve(true))) {
      return {
        from: "an agent's code; a view.ts comes again with `deno task init`",
        copy: (inspection) => withCodeOf(paths, id, hash, (folder, pool) => replace(inspection, folder, pool)),
      };
    }
  }
}

/** Uses an agent's code as a template, where it is that of the pool. */
async function withCodeOf<T>(
  paths: RunPaths,
  id: string,
  hash: string,
  use: (folder: string, pool: Pool) => Promise<T>,
): Promise<T | undefined> {
  const folder = `${paths.template}/${unfinished}source-${id}`;
  try {
    gather(`${paths.agents}/${id}`, folder);
    for (const data of await wholeData(paths)) {
      const pool = await poolIn(folder, data);
      if (pool?.hash === hash) return await use(folder, pool);
    }
  } finally {
    removeFolder(folder);
  }
}

/** What data a pool may have, besides none: an agent's folder has no data, so its world's must be whole in the store. */
async function wholeData(paths: RunPaths): Promise<(readonly DataFile[])[]> {
  const found = new Map<string, readonly DataFile[]>([["[]", []]]);
  for (const hash of storedPools(paths)) {
    const data = manifestOf(paths, hash)?.data ?? [];
    const isThere = await Promise.all(data.map((file) => isWhole(paths, file)));
    if (isThere.every(Boolean)) found.set(JSON.stringify(data), data);
  }
  return [...found.values()];
}

function manifestOf(paths: RunPaths, hash: string): Pool | undefined {
  try {
    return readManifest(paths, hash);
  } catch (error) {
    if (error instanceof StepFailed) return undefined;
    throw error;
  }
}

/** Puts what is in the way aside, and takes the pool in. */
async function replace({ paths, quarantine }: Inspection, folder: string, pool: Pool): Promise<void> {
  for (const kind of ["sources", "data", "pools"]) {
    const place = `${paths.template}/${kind}`;
    if (!infoOf(place, { follow: true })?.isDirectory) quarantine.take(place, `template-${kind}`);
  }
  for (const source of sourcesOf(pool)) {
    if (!await isWhole(paths, source)) quarantine.take(placeOf(paths, source), `source-${source.hash}`);
  }
  quarantine.take(manifestPath(paths, pool.hash), `pool-${pool.hash}.json`);
  await storePool(paths, folder, pool);
  quarantine.take(`${paths.template}/${pool.hash}`, `template-${pool.hash}`);
}

/** A run's own pool was admitted when the run took it up. */
const known = () => true;

/** The code of an agent alone, without its wiring. */
function gather(agent: string, folder: string): void {
  removeFolder(folder);
  Deno.mkdirSync(`${folder}/src`, { recursive: true });
  const files = ["", "src/"].flatMap((below) =>
    list(`${agent}/${below}`).filter(({ isFile }) => isFile).map(({ name }) => below + name)
  );
  for (const path of files.filter(isCode)) {
    const bytes = readIfWhole(`${agent}/${path}`, poolLimits.source);
    if (bytes) Deno.writeFileSync(`${folder}/${path}`, bytes);
  }
}

/**
 * What a folder offers, or `undefined` where it is no template that can be used, or must not be read.
 *
 * @param data What data it has, where that lies elsewhere.
 */
async function poolIn(folder: string, data?: readonly DataFile[]): Promise<Pool | undefined> {
  try {
    if (!data) return await readPool(folder, known);
    return await poolOf(await readTemplate(folder), folder, known, undefined, data);
  } catch (error) {
    if (error instanceof Misuse || error instanceof Deno.errors.NotCapable || isOfOnePath(error)) return undefined;
    throw error;
  }
}
