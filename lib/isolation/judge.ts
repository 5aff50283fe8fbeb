/**
 * The judge's processes, one or few for a whole step and without permissions, which recompute what every agent returned; and
 * likewise that of the program which draws, a judge that knows the world's view as well.
 *
 * @module
 */

import { lackedMemory } from "./classify.ts";
import type { ProcessEnd } from "./launch.ts";
import type { CommandLine } from "./launcher.ts";
import { LineClient, type Unanswered } from "./line_client.ts";
import { StepFailed } from "../util/issue.ts";
import type { JudgedEpisode, JudgeReply } from "../runtime/contract.ts";
import { limits } from "../runtime/limits.ts";
import { areFrames } from "../view/frames.ts";

/** The evidence of one evaluation: a `JudgeRequest` whose large parts are JSON already. */
export interface Case {
  readonly token: string;
  /** How many episodes it was to run. */
  readonly episodes: number;
  /** Active genes that cost something. */
  readonly genes: number;
  /** JSON of the list of their worlds. */
  readonly worlds: string;
  /** JSON of the list of what was done in each. */
  readonly evidence: string;
  /** Whether the world failed over it, so that it is to fail again. @default false */
  readonly failed?: boolean;
  /** The point over which its `probe` failed then. */
  readonly point?: number | readonly number[];
  /** Whether the world's answers are asked for. @default false */
  readonly answer?: boolean;
  /** How many frames are asked for of each episode at most; of the program that draws alone. @default none */
  readonly view?: number;
}

/** From how many cases that wait for a process on another one is started, where there may be one. */
const waiting = 8;

/** How often the judge may end over the same evidence before that is refused. */
const attempts = 2;

/** Longest line from the judge, in UTF-16 code units: more than 1,024 episodes with all the measures that there may be. */
const answerLength = 8 * 1024 * 1024;

/** The same of the program that draws: all shapes of an episode, and the places of those in its frames. */
const drawnLength = answerLength + limits.drawn + 8 * limits.frames * limits.shapes;

/** How a judge is kept. */
export interface JudgeOptions {
  /** Longest time for the evidence of one evaluation, in milliseconds. */
  readonly timeoutMs: number;
  /** The line of the world's data; absent where there is none. */
  readonly data?: string;
  /** Whether it is the program that draws. @default false */
  readonly draws?: boolean;
  /** Processes at once, as many as there is work for. @default 1 */
  readonly processes?: number;
}

/**
 * Judges evidence: each by itself, so that it is the same in whichever process and order.
 *
 * The world's code is the user's, but evidence is hostile: where the judge ends or hangs over one, it is started again,
 * and at the second time the world counts as failed over it, since nothing but the world takes part.
 */
export class Judge implements AsyncDisposable {
  readonly #processes: readonly LineClient[];
  readonly #draws: boolean;

  /** @param command Starts the judge program; it is started when there is something to judge. */
  constructor(command: CommandLine, { timeoutMs, data, draws = false, processes = 1 }: JudgeOptions) {
    this.#draws = draws;
    const own = draws ? { answerLength: drawnLength, attempts: 1 } : { answerLength, attempts };
    const options = { first: data, timeoutMs, ...own };
    this.#processes = Array.from({ length: processes }, () => new LineClient(command, options));
  }

  /**
   * Judges the evidence of one evaluation. Needs run permission for `/bin/sh`.
   *
   * @throws {StepFailed} If its process can't be started, or was ended from outside each time.
   */
  async judge(
    { token, episodes, genes, worlds, evidence, failed = false, point, answer = false, view }: Case,
  ): Promise<JudgeReply> {
    let verdict: JudgeReply | undefined;
    const answered = await this.#next.ask(
      `{"token":"${token}","genes":${genes},"worlds":${worlds},"failed":${failed},"evidence":${evidence}${
        point === undefined ? "" : `,"point":${JSON.stringify(point)}`
      }${answer ? ',"answer":true' : ""}${view === undefined ? "" : `,"view":${view}`}}`,
      (line) => (verdict = readVerdict(line, { token, episodes, view })) !== undefined,
    );
    if (verdict) return verdict;
    const { words, end, process } = answered as Unanswered;
    if (end === "late") throw late();
    if (end === "unready" || end === "killed") throw lost(end, words, this.#draws && end === "killed" ? "" : ", twice");
    const message = this.#draws
      ? `view.ts ${howViewEnded(end, process, words)}`
      : `The judge ${end === "refused" ? "took too long, or wrote what it should not," : "ended"} over its evidence${
        words && `: ${words}`
      }`;
    return { token, ok: false, code: "judge", message };
  }

  /** Ends the judge when all is judged. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#processes.map((process) => process[Symbol.asyncDispose]()));
  }

  get #next(): LineClient {
    const free = this.#processes.find(({ busy }) => busy < waiting);
    return free ?? this.#processes.reduce((least, one) => one.busy < least.busy ? one : least);
  }
}

/** How a view ended that gave no frames. */
function howViewEnded(end: Unanswered["end"], process: ProcessEnd, words: string): string {
  if (process.exceeded === "wall") return "took longer than limits.wallSeconds";
  if (process.exceeded === "output") return "gave more than it may";
  if (end === "refused") return "gave what it must not";
  return lackedMemory(process) ? "took more memory than it may" : `ended${words && `: ${words}`}`;
}

function late(): StepFailed {
  return new StepFailed({
    code: "control.limits",
    message:
      "Cannot judge as the judge's process must start within `limits.wallSeconds`: it did not, twice. Raise that in " +
      "config.json, or give the machine less other work.",
    path: "workspace/config.json",
  });
}

function lost(end: "unready" | "killed", words: string, often: string): StepFailed {
  const how = end === "unready" ? "ended before it was ready" : "was ended from outside";
  return new StepFailed({
    code: "machine.judge",
    message:
      `Cannot judge as the judge's process ${how}${often}${words && `: ${words}`}. Look whether processes and memory ` +
      "are left on this machine, and run the step again.",
  });
}

/** What a reply must fit. */
export interface Asked {
  readonly token: string;
  /** How many episodes were to be judged. */
  readonly episodes: number;
  /** How many frames of each at most; absent: none. */
  readonly view?: number;
}

/** What a line of the judge says of this request, or undefined where it is no reply to it. */
export function readVerdict(line: string, request: Asked): JudgeReply | undefined {
  let reply: JudgeReply;
  try {
    reply = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (reply?.token !== request.token) return undefined;
  if (reply.ok === false) return typeof reply.message === "string" ? reply : undefined;
  const whole = reply.ok === true && Array.isArray(reply.judgements) &&
    reply.judgements.length === request.episodes &&
    reply.judgements.every(isJudgement) && (request.view === undefined || hasFrames(reply, request));
  return whole ? reply : undefined;
}

function hasFrames({ frames }: Extract<JudgeReply, { ok: true }>, { episodes, view }: Asked): boolean {
  return Array.isArray(frames) && frames.length === episodes && frames.every((one) => areFrames(one, view));
}

function isJudgement(one: JudgedEpisode | null): boolean {
  if (!one || !Number.isFinite(one.score) || !areNumbers(one.measures)) return false;
  const { violation = 0, objectives = [] } = one;
  return Number.isFinite(violation) && violation >= 0 && Array.isArray(objectives) && objectives.every(Number.isFinite);
}

function areNumbers(measures: unknown): boolean {
  return typeof measures === "object" && measures !== null && Object.values(measures).every(Number.isFinite);
}
