/**
 * What of a run goes into a backup.
 *
 * @module
 */

import { hasFolder } from "../../db/agents.ts";
import { sha256 } from "../../util/hash.ts";
import { readConfig } from "../../run/config.ts";
import { genomeFile } from "../../run/layout.ts";
import type { Listing } from "../../db/listing.ts";
import type { RunPaths } from "../../run/paths.ts";
import { KnownPools } from "../../template/known_pools.ts";
import { formerPools } from "../../template/pool_store.ts";
import { presentPool } from "../../template/template.ts";
import { signedStatements } from "../../db/signed_statements.ts";
import { isProgramName } from "../../toolchain/programs.ts";
import { programPath } from "../../signing/store.ts";
import { byteLimits } from "../../runtime/genome_bytes.ts";
import { readFileLimited, readIfWhole } from "../../util/files.ts";
import { archiveLimits, configPath, listingPath } from "./format.ts";
import type { Source } from "./write_archive.ts";

/**
 * All that a backup of a run holds, in a fixed order.
 *
 * Besides the listing, which holds all genomes, all pools, and the configuration, these are the programs
 * that agents are run and judged by, so that a cycle can go on in its middle, and genomes that were edited and no `scan` has
 * taken up yet. Everything but these and the configuration is named by its content and never changes, so it fits the
 * snapshot, whatever steps do meanwhile.
 *
 * @param snapshot The listing as it goes into the backup.
 * @param live The listing as it is now.
 * @param file Where the snapshot lies.
 * @param plugins The user's own modules.
 */
export async function gatherSources(
  paths: RunPaths,
  snapshot: Listing,
  live: Listing,
  file: string,
  plugins: readonly Source[],
): Promise<Source[]> {
  return [
    { path: listingPath, content: file },
    ...await configuration(paths),
    ...await templates(paths, snapshot),
    ...await programs(paths, snapshot),
    ...await editedGenomes(paths, snapshot, live),
    ...plugins,
  ];
}

async function configuration({ config }: RunPaths): Promise<Source[]> {
  const text = await readConfig(config);
  return text === undefined ? [] : [{ path: configPath, content: new TextEncoder().encode(text) }];
}

/** All files of each pool; a damaged one is an error. */
async function templates(paths: RunPaths, snapshot: Listing): Promise<Source[]> {
  const present = presentPool(snapshot);
  const pools = new KnownPools(paths, present);
  const sources: Source[] = [];
  for (const hash of [present, ...formerPools(paths, present)]) {
    for (
      const { path, bytes } of [...await pools.codeOf(hash), ...await pools.viewOf(hash), ...await pools.dataOf(hash)]
    ) {
      sources.push({ path: `template/${hash}/${path}`, content: bytes });
    }
  }
  return sources;
}

/** A program that is missing or damaged is built again where the backup is restored. */
async function programs({ store }: RunPaths, snapshot: Listing): Promise<Source[]> {
  const hashes = signedStatements(snapshot).filter(({ genome }) => isProgramName(genome)).map(({ artifact }) =>
    artifact
  );
  const sources: Source[] = [];
  for (const hash of new Set(hashes.sort())) {
    const content = programPath(store, hash);
    const bytes = readIfWhole(content, archiveLimits.program);
    if (bytes && await sha256(bytes) === hash) sources.push({ path: `programs/${hash}.js`, content });
  }
  return sources;
}

/** A genome that the listing knows is what an agent decided, maybe since the snapshot: that is not for the backup. */
async function editedGenomes({ agents }: RunPaths, snapshot: Listing, live: Listing): Promise<Source[]> {
  const rows = snapshot.all<{ id: string; hash: string }>(
    `SELECT id, genome_hash AS hash FROM agents WHERE ${hasFolder} ORDER BY ordinal`,
  );
  const edited: Source[] = [];
  for (const { id, hash } of rows) {
    const bytes = await readFileLimited(`${agents}/${id}/${genomeFile}`, byteLimits.size).catch(() => undefined);
    if (!bytes) continue;
    const own = await sha256(bytes);
    if (own !== hash && live.blob(own) === undefined) edited.push({ path: `genomes/${id}.bin`, content: bytes });
  }
  return edited;
}
