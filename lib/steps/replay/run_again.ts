/**
 * Runs an agent's own program again with what its evaluation was given.
 *
 * @module
 */

import { catalogue, type Pool } from "../../genome/pool.ts";
import type { HostedData } from "../../isolation/data.ts";
import { evaluate } from "../../isolation/evaluate.ts";
import type { Programs, RunResult } from "../../isolation/isolation.ts";
import type { Sandbox } from "../../isolation/launcher.ts";
import { agentLimits } from "../../isolation/limits.ts";
import { ownPart } from "../../isolation/own_request.ts";
import type { EvaluationRequest } from "../../isolation/request.ts";
import { ProcessIsolation } from "../../isolation/process.ts";
import type { Config } from "../../run/config_schema.ts";
import type { WorldSeed } from "../../runtime/contract.ts";
import { byteLimits } from "../../runtime/genome_bytes.ts";
import { good } from "../../util/issue.ts";
import { SweptFolder } from "../../util/swept_folder.ts";
import type { Given } from "./kept.ts";
import type { Recorded } from "./recorded.ts";

/** What is run again, and by what. */
export interface RunParts {
  readonly row: Recorded;
  readonly genome: Uint8Array;
  readonly given: Given;
  readonly worlds: readonly WorldSeed[];
  /** The pool that the evaluation was of. */
  readonly pool: Pool;
  /** The run's seed. */
  readonly seed: string;
  readonly config: Config;
  /** The program, cut now. */
  readonly program: string;
  readonly sandbox: Sandbox;
  readonly data: HostedData | undefined;
  /** Whether its steps are recorded. */
  readonly trace: boolean;
}

/** Steps of a trace at most. */
const mostTraced = 100_000;

/**
 * Runs the program in a process without permissions, which is asked what the evaluation was asked.
 *
 * Needs run permission for `/bin/sh`, and write permission for a temporary folder, in which the program lies meanwhile.
 */
export async function runAgain(parts: RunParts): Promise<RunResult> {
  const { row, genome, given, worlds, pool, seed, config, program, sandbox, data, trace } = parts;
  const { id, cycle, genomeHash } = row;
  const kind = "judged";
  const { inbox, past, memory, addresses: { length: addresses } } = given;
  const one = { id, cycle, kind, genomeHash, genome, mates: [], past, inbox, addresses, memory } as const;
  const { token, own } = ownPart(seed, pool.world, one);
  await using folder = await SweptFolder.make(Deno.makeTempDirSync({ prefix: "evolve-replay-" }));
  const path = `${folder.path}/artifact.js`;
  Deno.writeTextFileSync(path, program, { createNew: true });
  const programs: Programs = { prove: () => Promise.resolve(good(path)) };
  await using isolation = new ProcessIsolation(programs, sandbox, 1, { data });
  const asked = trace ? mostTraced : undefined;
  const request: EvaluationRequest = {
    id,
    kind,
    cycle,
    artifact: { artifact: row.buildHash, genome: genomeHash, bytes: genome },
    own,
    common: membersOf({ worlds, pool: catalogue(pool), trace: asked }),
    expected: { token, episodes: worlds.length, addresses, genomeBytes: byteLimits.size, trace: asked },
    limits: agentLimits(config),
    steps: worlds.reduce((sum, { steps }) => sum + steps, 0),
    verified: false,
    alone: true,
  };
  return await evaluate(isolation, good(request));
}

/** The JSON of an object without the brackets. */
function membersOf(members: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(members).slice(1, -1);
}
