/**
 * What a supervisor offers to evaluators: shared inputs, and the programs that these name.
 *
 * @module
 */

import type { Listing } from "../db/listing.ts";
import type { Pool } from "../genome/pool.ts";
import type { HostedData } from "../isolation/data.ts";
import type { ProcessLimits } from "../isolation/limits.ts";
import type { Artifacts } from "../toolchain/artifacts.ts";
import { buildPolicy } from "../toolchain/policy.ts";
import { dataName, findProgram, kitName, poolName } from "../toolchain/programs.ts";
import { sha256 } from "../util/hash.ts";
import { StepFailed } from "../util/issue.ts";
import { protocolVersion } from "./names.ts";
import type { SharedInputs, SharedProgram } from "./protocol.ts";

/** What is offered. */
export interface Offer {
  /** SHA-256 of the shared inputs. */
  readonly shared: string;
  /** All that evaluators look for, by SHA-256. */
  readonly contents: ReadonlyMap<string, string>;
  /** The signature of the statement that names an own program and its genome; undefined where there is none. */
  signature(artifact: string, genome: string): Promise<string | undefined>;
}

/** What it is made of. */
export interface OfferParts {
  readonly listing: Listing;
  readonly artifacts: Artifacts;
  readonly pool: Pool;
  /** Hash of the runtime that programs carry. */
  readonly runtime: string;
  readonly limits: ProcessLimits;
  readonly worldsJson: string;
  readonly poolJson: string;
  /** The data of the world; absent where there is none. */
  readonly data?: HostedData;
}

/**
 * Gathers what evaluators need to run what is asked in a step.
 *
 * Needs read permission for the store.
 *
 * @throws {StepFailed} If there is no signed kit of this pool and runtime.
 */
export async function offerOf(parts: OfferParts): Promise<Offer> {
  const { listing, artifacts, pool, runtime, limits, worldsJson, poolJson, data } = parts;
  const base = { runtime, world: pool.worldHash, policy: buildPolicy };
  const contents = new Map<string, string>();
  const shared = async (name: string): Promise<SharedProgram | undefined> => {
    const proof = await artifacts.program(name);
    if (!proof.ok) return undefined;
    const { artifact, signature } = findProgram(listing, name, base)!;
    contents.set(artifact, await Deno.readTextFile(proof.value));
    return { name, artifact, signature };
  };
  const kit = await shared(kitName(pool.hash));
  if (!kit) {
    throw new StepFailed({
      code: "pool.unbuilt",
      message:
        "Cannot hand out evaluations as there must be a signed kit of this pool and runtime; run `deno task build` again.",
    });
  }
  const all = await shared(poolName(pool.hash));
  const inputs: SharedInputs = {
    version: protocolVersion,
    ...base,
    limits,
    pool,
    worldsJson,
    poolJson,
    kit,
    ...(all && { all }),
    ...(data && { data: { ...(await shared(dataName(pool.hash)))!, cost: data.cost } }),
  };
  const text = JSON.stringify(inputs);
  const hash = await sha256(text);
  contents.set(hash, text);
  return { shared: hash, contents, signature: (artifact, genome) => artifacts.signature(artifact, genome) };
}
