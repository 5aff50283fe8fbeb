/**
 * Isolation by an engine for each evaluation: QuickJS in an instance of WebAssembly, many to a process.
 *
 * @module
 */

import { splitArtifact } from "../artifact.ts";
import { readFileLimited } from "../../util/files.ts";
import { answered, classify, type ReplyOrFailure } from "../classify.ts";
import type { HostedData } from "../data.ts";
import { type Isolation, type PoolProgram, type Programs, refused, type RunResult } from "../isolation.ts";
import type { Launcher } from "../launcher.ts";
import { lastingSeconds, type ProcessLimits } from "../limits.ts";
import { type Answer, LineClient } from "../line_client.ts";
import type { Failure } from "../outcome.ts";
import * as limitFailures from "../limit_failures.ts";
import type { Expected } from "../reply.ts";
import { type EvaluationRequest, ownLine, poolLine } from "../request.ts";
import { shownText } from "../../util/text.ts";
import {
  type HostAnswer,
  type HostedPool,
  type HostRequest,
  type HostSettings,
  type Program,
  programsKept,
} from "./protocol.ts";
import { Recent } from "./recent.ts";

/**
 * How many times ten thousand branches and calls stand for a second of CPU time: what the engine takes in one or two
 * where genes do much between them, and in a quarter where they do nothing.
 */
const pollsPerSecond = 2500;

/** Stack of the host's own engine in KiB: what QuickJS needs of it for its own, which is a third of that. */
const hostStackKiB = 6000;

/** Memory of the host beyond that of two engines, in MiB: what is over, and waits for being collected. */
const hostMiB = 512;

/** Memory of the host and seconds for its first evaluation beyond that, where it makes engines ready with data. */
const [dataMiB, dataSeconds] = [6144, 60];

/** Longest artifact in bytes, as where it is proved. */
const mostBytes = 256 * 1024 * 1024;

const decoder = new TextDecoder();

/** The program of the hosts. */
const hostScript = `${import.meta.dirname}/host_main.ts`;

/** Arguments of a host: no permission at all; it reads its own modules and the package of the engine. */
const hostFlags = [
  "run",
  "--no-prompt",
  "--no-config",
  "--no-lock",
  "--no-remote",
  "--node-modules-dir=manual",
  `--v8-flags=--disallow-code-generation-from-strings,--single-threaded,--expose-gc,--stack-size=${hostStackKiB}`,
  "-q",
] as const;

/** A client of processes that host engines, one after the other, and what the present one was sent. */
interface Host {
  readonly client: LineClient;
  /** How many processes were started when this was sent. */
  start: number;
  sent: Recent<true>;
}

/** What engines are hosted with. */
export interface WasmParts {
  readonly programs: Programs;
  readonly launcher: Launcher;
  readonly limits: ProcessLimits;
  /** Processes at once, each with one engine. */
  readonly capacity: number;
  /** What can stand for agents' own programs; absent where there is none. */
  readonly pool?: PoolProgram;
  /** The data of the world; absent where there is none. */
  readonly data?: HostedData;
}

/** Runs each evaluation in an engine of its own, within processes without permissions: one for each that is run at once. */
export class WasmIsolation implements Isolation {
  readonly capacity: number;
  readonly #programs: Programs;
  readonly #launcher: Launcher;
  readonly #limits: ProcessLimits;
  readonly #pool: PoolProgram | undefined;
  readonly #data: HostedData | undefined;
  /** The first line for each host. */
  #settings: Promise<string> | undefined;
  readonly #idle: Host[] = [];

  constructor({ programs, launcher, limits, capacity, pool, data }: WasmParts) {
    this.#programs = programs;
    this.#launcher = launcher;
    this.#limits = limits;
    this.capacity = capacity;
    this.#pool = pool;
    this.#data = data;
  }

  /**
   * Has a host evaluate, by the program of the pool where that may be; how it fails is for the agent's own to tell.
   *
   * Needs run permission for `/bin/sh` and read permission for both programs.
   */
  async evaluate(request: EvaluationRequest): Promise<RunResult> {
    const line = this.#pool && poolLine(request);
    const shared = line === undefined ? undefined : await this.#ask(() => ({ line }), request.expected);
    if (shared?.ok) return shared;
    const path = await this.#programs.prove(request.artifact);
    if (!path.ok) return refused(path.issue);
    const program = await programOf(path.value);
    return await this.#ask((sent) => requestOf(sent, program, request), request.expected);
  }

  /** Ends all hosts. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#idle.splice(0).map(({ client }) => client[Symbol.asyncDispose]()));
  }

  async #ask(request: (sent: Recent<true>) => HostRequest, expected: Expected): Promise<RunResult> {
    const began = performance.now();
    const host = this.#idle.pop() ?? await this.#open();
    let answer = await ask(host, request);
    // That a process ends may have been the doing of an agent before this one.
    const isDoubtful = answer.line === undefined && answer.served > 0 && answer.process.exceeded === undefined;
    if (isDoubtful) answer = await ask(host, request);
    this.#idle.push(host);
    const read = answer.line === undefined
      ? classify(answer.process, expected, this.#limits)
      : this.#read(JSON.parse(answer.line), expected);
    return { ...read, wallMs: performance.now() - began };
  }

  #read(answer: HostAnswer, expected: Expected): ReplyOrFailure {
    return "reply" in answer
      ? answered(answer.reply, expected, this.#limits)
      : { ok: false, failure: failureOf(answer, this.#limits) };
  }

  async #open(): Promise<Host> {
    const { memoryMiB, wallSeconds, outputKiB } = this.#limits;
    const first = await (this.#settings ??= this.#first());
    // What is bounded is each engine, its CPU time too: the host has the data, an image of it and a few copies.
    const more = this.#data ? dataMiB : 0;
    const limits = { ...this.#limits, memoryMiB: 2 * memoryMiB + hostMiB + more, cpuSeconds: lastingSeconds };
    const command = this.#launcher.limited([this.#launcher.deno, ...hostFlags, hostScript], limits);
    // In JSON a character of a text can take six.
    const answerLength = outputKiB * 1024 * 6 + 1024;
    const client = new LineClient(command, {
      first,
      timeoutMs: (wallSeconds + (this.#data ? dataSeconds : 0)) * 1000,
      answerLength,
      attempts: 1,
    });
    return { client, start: 0, sent: new Recent(programsKept) };
  }

  async #first(): Promise<string> {
    const { memoryMiB, cpuSeconds, outputKiB } = this.#limits;
    const pool = this.#pool && await hostedPool(this.#pool);
    const outputBytes = outputKiB * 1024;
    const polls = cpuSeconds * pollsPerSecond;
    const settings: HostSettings = { memoryMiB, polls, outputBytes, pool, data: this.#data !== undefined };
    return [JSON.stringify(settings), ...(this.#data ? [this.#data.line] : [])].join("\n");
  }
}

/** Asks a host; another process of it has been sent nothing yet. */
function ask(host: Host, request: (sent: Recent<true>) => HostRequest): Promise<Answer> {
  return host.client.ask((start) => {
    if (host.start !== start) [host.start, host.sent] = [start, new Recent(programsKept)];
    return JSON.stringify(request(host.sent));
  });
}

/** What a host is asked: the program is in it unless the host has it. */
function requestOf(sent: Recent<true>, program: Program, request: EvaluationRequest): HostRequest {
  const { artifact } = request.artifact;
  const known = sent.get(artifact) !== undefined;
  sent.set(artifact, true);
  return { name: artifact, line: decoder.decode(ownLine(request)), ...(!known && { program }) };
}

async function hostedPool({ path, sharedInputs }: PoolProgram): Promise<HostedPool> {
  return { program: decoder.decode(await readFileLimited(path, mostBytes)), sharedInputs };
}

async function programOf(artifact: string): Promise<Program> {
  const text = decoder.decode(await readFileLimited(artifact, mostBytes));
  return splitArtifact(text) ?? { genes: text };
}

function failureOf({ end, words }: Exclude<HostAnswer, { reply: string }>, limits: ProcessLimits): Failure {
  switch (end) {
    case "cpu":
    case "memory":
      return limitFailures[end](limits, "engine");
    case "stack":
      return limitFailures.stack();
    case "output":
      return limitFailures.output(limits);
    case "crash": {
      const detail = shownText(words);
      return { outcome: "crash", message: "Its program threw what it did not catch.", ...(detail && { detail }) };
    }
  }
}
