/**
 * What an agent's artifact depends on.
 *
 * @module
 */

import { sha256 } from "../util/hash.ts";

/** The genome, the code and the runtime that something was made from, as one text: `agents.wired_from`, `built_from`. */
export function madeFrom(genomeHash: string, codeHash: string, runtime: string): string {
  return `${genomeHash}:${codeHash}:${runtime}`;
}

/**
 * The key under which an artifact is built once for all agents that have the same content: `agents.build_key`.
 *
 * @param mod Text of `src/mod.ts`.
 * @returns SHA-256 over the three, as 64 hexadecimal digits.
 */
export async function buildKey(mod: string, codeHash: string, runtime: string): Promise<string> {
  return await sha256(JSON.stringify([mod, codeHash, runtime]));
}
