/**
 * What an evaluator does before it takes anything: it runs a tiny program as it will run those of agents.
 *
 * @module
 */

import type { Isolation, Programs } from "../../isolation/isolation.ts";
import type { Launcher, Sandbox } from "../../isolation/launcher.ts";
import type { ProcessLimits } from "../../isolation/limits.ts";
import type { IsolationName } from "../../isolation/names.ts";
import { inFull } from "../../isolation/outcome.ts";
import { ProcessIsolation } from "../../isolation/process.ts";
import type { EvaluationRequest } from "../../isolation/request.ts";
import { byteLimits } from "../../runtime/genome_bytes.ts";
import { readyLine } from "../../runtime/ready.ts";
import { writeFileAtomicSync } from "../../util/files.ts";
import { sha256 } from "../../util/hash.ts";
import { good, StepFailed } from "../../util/issue.ts";
import { sentence } from "../../util/text.ts";

/** Answers one request with its token: in a process by stdin and stdout, in an engine as that calls it. */
const program = `"use strict";
(() => {
  const answer = (line) =>
    JSON.stringify({ version: 1, token: JSON.parse(line).token, evidence: [], genome: null, memory: [], outbox: [] });
  if (typeof Deno === "undefined") return void (globalThis.__evaluate = answer);
  const write = (line) => Deno.stdout.writeSync(new TextEncoder().encode(line + "\\n"));
  write(${JSON.stringify(readyLine)});
  const bytes = new Uint8Array(4096);
  write(answer(new TextDecoder().decode(bytes.subarray(0, Deno.stdin.readSync(bytes)))));
})();
`;

/** What is tested. */
export interface SelfTestParts {
  readonly isolation: IsolationName;
  readonly launcher: Launcher;
  readonly sandbox: Sandbox;
  readonly limits: ProcessLimits;
  /** Where the program may lie meanwhile. */
  readonly folder: string;
}

/**
 * Runs a program in a process, or in an engine, of the kind that agents are given.
 *
 * Needs run permission for `/bin/sh`, and read and write permission for the folder.
 *
 * @throws {StepFailed} If it does not reply.
 */
export async function selfTest(parts: SelfTestParts): Promise<void> {
  const path = `${parts.folder}/self-test.js`;
  writeFileAtomicSync(path, program);
  await using isolation = await isolationOf(parts, { prove: () => Promise.resolve(good(path)) });
  const result = await isolation.evaluate(await requestOf(parts.limits));
  if (!result.ok) throw failed(parts.isolation, inFull(result.failure));
}

async function isolationOf(
  { isolation, launcher, sandbox, limits }: SelfTestParts,
  programs: Programs,
): Promise<Isolation> {
  if (isolation !== "wasm") return new ProcessIsolation(programs, sandbox, 1);
  const { WasmIsolation } = await import("../../isolation/wasm/wasm.ts");
  return new WasmIsolation({ programs, launcher, limits, capacity: 1 });
}

async function requestOf(limits: ProcessLimits): Promise<EvaluationRequest> {
  const token = crypto.randomUUID();
  return {
    id: "self-test",
    kind: "gestation",
    cycle: 0,
    artifact: { artifact: await sha256(program), genome: "", bytes: new Uint8Array() },
    own: JSON.stringify({ token }),
    common: '"worlds":[]',
    expected: { token, episodes: 0, addresses: 0, genomeBytes: byteLimits.size },
    limits,
    steps: 0,
    verified: false,
    alone: true,
  };
}

function failed(isolation: IsolationName, words: string): StepFailed {
  return new StepFailed({
    code: "evaluator.test",
    message: `Cannot evaluate on this machine with --isolation ${isolation} as a small program must run so: ` +
      `${sentence(words)} Nothing was taken from the broker.`,
  });
}
