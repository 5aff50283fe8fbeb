/**
 * Code that is not, byte for byte, that of a pool: whether it is so by its tokens.
 *
 * @module
 */

import type { SourceFacts } from "../source/facts.ts";
import { poolLimits } from "../runtime/names.ts";
import { type Issue, together } from "../util/issue.ts";
import { readFileLimitedSync } from "../util/files.ts";
import { equal, type KnownPools } from "./known_pools.ts";
import { sha256 } from "../util/hash.ts";
import { isCode } from "../run/layout.ts";
import { factsOf, keepFacts } from "../db/sources.ts";
import type { Listing } from "../db/listing.ts";

/** The code of one agent. */
export interface UnrecognisedCode {
  /** Hash over the tokens of its files. */
  readonly hash: string;
  /** What is wrong, unless it is that of the present or a former pool. */
  readonly issue?: Issue;
}

/**
 * Looks at an agent's code by its tokens: comments and white space do not count.
 *
 * Facts are kept in the listing by path and content, so that equal edits of many agents are parsed once. Call it outside
 * a transaction. Needs read permission for the agent's folder.
 *
 * @param known Hashes of all pools that the run has had.
 */
export async function unrecognisedCode(
  listing: Listing,
  folder: string,
  pools: KnownPools,
  known: Pick<ReadonlySet<string>, "has">,
): Promise<UnrecognisedCode> {
  const { codeHash } = await import("./code_hash.ts");
  const own = new Map((await pools.codeOf(pools.present)).map(({ path, bytes }) => [path, bytes]));
  const files: { path: string; tokens: string }[] = [];
  const differing: string[] = [];
  for (const path of codeIn(folder)) {
    const bytes = readCode(`${folder}/${path}`);
    const expected = own.get(path);
    own.delete(path);
    const tokens = await tokensOf(listing, path, bytes);
    files.push({ path, tokens });
    if (!expected || (!equal(bytes, expected) && tokens !== await tokensOf(listing, path, expected))) {
      differing.push(path);
    }
  }
  // An agent's folder has no data: it is of any pool whose code is its own.
  const hashes = await Promise.all(pools.data().map((data) => codeHash(files, data)));
  const hash = hashes.find((one) => known.has(one));
  return hash !== undefined ? { hash } : { hash: hashes[0]!, issue: changed(differing, [...own.keys()]) };
}

function changed(differing: readonly string[], missing: readonly string[]): Issue {
  const paths = [...differing, ...missing].sort();
  const fix = "let `deno task doctor` write it again, or change the template and run `deno task init`";
  const found = (paths.length > 0 ? paths : ["src"]).map((path): Issue => {
    const how = differing.includes(path) ? "is not that of the run's template" : "is missing";
    return { code: "code.changed", message: `Its code has changed: ${path} ${how}; ${fix}.`, path };
  });
  return together(found);
}

function codeIn(folder: string): string[] {
  const below = [...Deno.readDirSync(`${folder}/src`)].map(({ name }) => `src/${name}`);
  const top = [...Deno.readDirSync(folder)].map(({ name }) => name);
  return [...below, ...top].filter(isCode).sort();
}

/** Of a file that is too long nothing but its beginning and its length count: it is no pool's. */
function readCode(path: string): Uint8Array {
  const { size } = Deno.lstatSync(path);
  if (size > poolLimits.source) return new TextEncoder().encode(`/* ${size} bytes */`);
  return readFileLimitedSync(path, poolLimits.source);
}

async function tokensOf(listing: Listing, path: string, bytes: Uint8Array): Promise<string> {
  const text = decode(bytes);
  const key = await sha256(JSON.stringify([path, text ?? bytes.toHex()]));
  const known = factsOf(listing, key);
  if (known !== undefined) return (JSON.parse(known) as Pick<SourceFacts, "tokens">).tokens;
  const tokens = text === undefined ? undefined : await parsedTokens(path, text);
  // What can't be parsed is known by its bytes: it is no pool's.
  keepFacts(listing, key, JSON.stringify({ tokens: tokens ?? key }));
  return tokens ?? key;
}

async function parsedTokens(path: string, text: string): Promise<string | undefined> {
  const { examineApart } = await import("./examine_apart.ts");
  const [read] = await examineApart([{ path, text }]);
  return read!.facts?.tokens;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
