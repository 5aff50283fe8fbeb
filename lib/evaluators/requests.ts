/**
 * What is asked of an evaluator, as its isolation is asked.
 *
 * @module
 */

import type { EvaluationRequest } from "../isolation/request.ts";
import { isSignature, jsonOf, membersOf } from "./shared_inputs.ts";
import { type Asked, isHash, MessageError, type SharedInputs } from "./protocol.ts";

/** Most episodes of an evaluation, and most agents that it may write to. */
const mostEpisodes = 1_000_000;

/** Largest genome in base64. */
const mostGenome = 128 * 1024;

const isCount = (value: unknown, most = Number.MAX_SAFE_INTEGER) =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most;

/**
 * The request of what is asked.
 *
 * @throws {MessageError} If it is nothing that can be asked.
 */
export function requestOf(asked: Asked, { limits, poolJson, worldsJson }: SharedInputs): EvaluationRequest {
  check(asked);
  const { id, kind, cycle, artifact, genome, expected, steps, own, chosen } = asked;
  const { token, episodes, addresses, genomeBytes } = expected;
  return {
    id,
    kind,
    cycle,
    artifact: { artifact, genome, bytes: genomeIn(own) },
    own,
    common: `"worlds":${kind === "judged" ? worldsJson : "[]"},"pool":${poolJson}`,
    ...(chosen !== undefined && { chosen }),
    expected: { token, episodes, addresses, genomeBytes },
    limits,
    steps,
    verified: false,
    alone: false,
  };
}

function check({ id, kind, cycle, artifact, genome, signature, expected, steps, chosen }: Asked): void {
  const { token, episodes, addresses, genomeBytes } = membersOf(expected, "What a reply must fit");
  const isGood = typeof id === "string" && /^[\w :.-]{1,128}$/.test(id) &&
    (kind === "judged" || kind === "gestation") &&
    isCount(cycle) && isHash(artifact) && isHash(genome) && isSignature(signature) && isCount(steps) &&
    typeof token === "string" && token !== "" && token.length <= 256 && isCount(episodes, mostEpisodes) &&
    isCount(addresses, mostEpisodes) && isCount(genomeBytes, mostGenome);
  if (!isGood) throw new MessageError("It must say what is to be evaluated");
  if (chosen !== undefined) membersOf(jsonOf(chosen), "What a genome chooses");
}

function genomeIn(own: string): Uint8Array {
  const { genome } = membersOf(jsonOf(own), "What is asked of an evaluation");
  if (typeof genome === "string" && genome.length <= mostGenome) {
    try {
      return Uint8Array.fromBase64(genome);
    } catch {
      // It is refused below.
    }
  }
  throw new MessageError("It must have its genome in base64");
}
