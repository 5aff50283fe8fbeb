/**
 * Whether the run's copies of its template are whole.
 *
 * @module
 */

import { hasFolder } from "../../db/agents.ts";
import { infoOf, removeFolder } from "../../util/files.ts";
import { isCode, unfinished } from "../../run/layout.ts";
import { copyFolder, copyTemplate, formerPools } from "../../template/template.ts";
import { templateFolder } from "../../template/template_folder.ts";
import { dataLimits, isDataPath } from "../../template/data_files.ts";
import { poolLimits } from "../../runtime/names.ts";
import type { Pool } from "../../genome/pool.ts";
import { readPool } from "../../template/read_pool.ts";
import { bad, Misuse } from "../../util/issue.ts";
import { readIfWhole, writeFileAtomicSync } from "../../util/files.ts";
import { isOfOnePath } from "../../util/system_error.ts";
import { type Finding, type Inspection, list } from "../../agents/inspection.ts";

/** How many agents' folders are tried as a source of the code. */
const mostSources = 8;

/** Finds copies that are missing, or hold something else than was audited. */
export async function* checkTemplate(inspection: Inspection): AsyncGenerator<Finding> {
  const { paths, listing } = inspection;
  const present = listing.meta("pool");
  if (present === undefined) return;
  const hashes = new Set([present, listing.meta("next") ?? present, ...former(inspection, present)]);
  for (const hash of hashes) {
    const place = copyFolder(paths, hash);
    const pool = await poolIn(place);
    if (pool?.hash === hash) {
      yield* checkFacts(place, pool);
      continue;
    }
    const missing = infoOf(place) === undefined;
    const { issue } = missing
      ? bad("template.missing", "The run's copy of its template is missing.", place)
      : bad("template.changed", "The run's copy of its template is not the one that was audited.", place);
    const source = await findSource(inspection, hash);
    if (!source) {
      const advice = "no agent has it either; put the template back and run `deno task init --template FOLDER`";
      yield { id: null, issue: { ...issue, message: `${issue.message.slice(0, -1)}; ${advice}.` } };
      continue;
    }
    yield { id: null, issue, repair: () => source.copy(inspection), action: `it was made again from ${source.from}` };
  }
}

function former({ paths }: Inspection, present: string): string[] {
  return infoOf(paths.template)?.isDirectory ? formerPools(paths, present) : [];
}

/** What is known of the code is what can be found out from it again. */
function* checkFacts(place: string, pool: Pool): Generator<Finding> {
  const path = `${place}/pool.json`;
  const text = `${JSON.stringify(pool, undefined, 1)}\n`;
  if (textOf(path) === text) return;
  yield {
    ...bad("template.facts", "What is recorded of the run's template is not what its code says.", path),
    id: null,
    repair: () => writeFileAtomicSync(path, text),
    action: "it was written again from the code",
  };
}

function textOf(path: string): string | undefined {
  const bytes = readIfWhole(path, 64 * 1024 * 1024);
  return bytes && new TextDecoder().decode(bytes);
}

interface Source {
  readonly from: string;
  copy(inspection: Inspection): Promise<void>;
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
    const gathered = `${paths.template}/${unfinished}source-${id}`;
    try {
      gather(`${paths.agents}/${id}`, gathered, copyFolder(paths, hash));
      if ((await poolIn(gathered))?.hash !== hash) continue;
    } finally {
      removeFolder(gathered);
    }
    return { from: "an agent's code", copy: (inspection) => replaceFrom(inspection, id, hash) };
  }
}

async function replaceFrom(inspection: Inspection, id: string, hash: string): Promise<void> {
  const gathered = `${inspection.paths.template}/${unfinished}source-${id}`;
  gather(`${inspection.paths.agents}/${id}`, gathered, copyFolder(inspection.paths, hash));
  try {
    await replace(inspection, gathered, await readPool(gathered, known));
  } finally {
    removeFolder(gathered);
  }
}

async function replace({ paths, quarantine }: Inspection, folder: string, pool: Pool): Promise<void> {
  quarantine.take(copyFolder(paths, pool.hash), `template-${pool.hash}`);
  await copyTemplate(paths, folder, pool);
}

/** A run's own pool was admitted when the run took it up. */
const known = () => true;

/** The code of an agent alone, without its wiring, and the data of a copy, which no agent has. */
function gather(agent: string, folder: string, copy: string): void {
  removeFolder(folder);
  Deno.mkdirSync(`${folder}/src`, { recursive: true });
  for (const { name } of infoOf(`${copy}/data`)?.isDirectory ? list(`${copy}/data`) : []) {
    Deno.mkdirSync(`${folder}/data`, { recursive: true });
    const bytes = isDataPath(`data/${name}`) ? readIfWhole(`${copy}/data/${name}`, dataLimits.bytes) : undefined;
    if (bytes) Deno.writeFileSync(`${folder}/data/${name}`, bytes);
  }
  const files = ["", "src/"].flatMap((below) =>
    list(`${agent}/${below}`).filter(({ isFile }) => isFile).map(({ name }) => below + name)
  );
  for (const path of files.filter(isCode)) {
    const bytes = readIfWhole(`${agent}/${path}`, poolLimits.source);
    if (bytes) Deno.writeFileSync(`${folder}/${path}`, bytes);
  }
}

/** What a folder offers, or `undefined` where it is no template that can be used, or must not be read. */
async function poolIn(folder: string): Promise<Pool | undefined> {
  try {
    return await readPool(folder, known);
  } catch (error) {
    if (error instanceof Misuse || error instanceof Deno.errors.NotCapable || isOfOnePath(error)) {
      return undefined;
    }
    throw error;
  }
}
