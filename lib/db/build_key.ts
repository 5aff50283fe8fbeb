/**
 * What an agent's artifact depends on.
 *
 * @module
 */

import { sha256 } from "../util/hash.ts";

/**
 * The genome, the code and the runtime that something was made from, as one text: in `agents.wired_from` the whole pool's
 * code, in `built_from` what of it the genome reaches.
 */
export function madeFrom(genomeHash: string, code: string, runtime: string): string {
  return `${genomeHash}:${code}:${runtime}`;
}

/**
 * The key under which an artifact is built once for all agents that have the same content: `agents.build_key`.
 *
 * @param wiring Names of the genes that the runtime calls, and the wiring that it gets.
 * @param reach What the genome reaches, from `reachOf`.
 * @returns SHA-256 over the three, as 64 hexadecimal digits.
 */
export async function buildKey(
  { called, body }: { readonly called: readonly string[]; readonly body: string },
  reach: string,
): Promise<string> {
  return await sha256(JSON.stringify([called, body, reach]));
}

/**
 * The key of all that is in an artifact, `agents.build_hash`: what a signed statement names.
 *
 * @param runtime Hash of the runtime as artifacts carry it.
 * @returns 64 hexadecimal digits.
 */
export async function buildHash(key: string, runtime: string): Promise<string> {
  return await sha256(`${key}\n${runtime}`);
}
