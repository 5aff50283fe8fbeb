/**
 * Has lines answered by a process without permissions, line after line and in order; where it ends, a new one goes on.
 *
 * @module
 */

import { lastErrorLine } from "../util/text.ts";
import { Deadline } from "./deadline.ts";
import { isFromOutside, type ProcessEnd } from "./launch.ts";
import type { CommandLine } from "./launcher.ts";
import { LineProcess } from "./line_process.ts";

/** How the process of a client is kept. */
export interface LineOptions {
  /** The first line that each process is given, without the end: what all others have in common. @default none */
  readonly first?: string;
  /** Longest time for one answer, in milliseconds. */
  readonly timeoutMs: number;
  /** Longest answer in UTF-16 code units. */
  readonly answerLength: number;
  /** How many processes may end over a line before it is given back without an answer. */
  readonly attempts: number;
  /** How many processes in a row may end without a single answer: then there are no more of them. @default any number */
  readonly fruitless?: number;
}

/** A line without its end; or what makes it for the process that is to answer it, given how many were started. */
export type Line = string | ((start: number) => string);

/**
 * How a process ended over a line: `unready`: before it said that it was ready; `late`: it was not ready in time; `killed`:
 * by a signal from outside; `refused`: it was ended, as it took too long or wrote what nothing had asked for; `exited`: by
 * itself.
 */
export type LineEnd = "unready" | "late" | "killed" | "refused" | "exited";

/** A line that was not answered. */
export interface Unanswered {
  readonly line?: undefined;
  readonly end: LineEnd;
  /** The last words of the process that ended over it, in one line. */
  readonly words: string;
  readonly process: ProcessEnd;
  /** How many lines that process had answered before. */
  readonly served: number;
}

/** What became of a line: its answer, without the end of a line, or how the process ended. */
export type Answer = { readonly line: string; readonly wallMs: number } | Unanswered;

/** A line on its way. */
interface Pending {
  readonly line: Line;
  readonly isAnswer: (line: string) => boolean;
  /** How many processes have ended while this was the one that they were at. */
  failures: number;
  settle(answer: Answer): void;
}

/** How many processes in a row may end before they are ready: then there are no more of them. */
const unreadyStarts = 2;

/**
 * Hands lines to one process at a time.
 *
 * Where the process ends, does not answer in time or answers what it was not asked, a new one goes on with the line that it
 * was at, or gives that back, and goes on with the others: what ended it is not theirs to pay for.
 *
 * To be used from the main thread: a child that is tied to its supervisor dies with the thread that started it.
 */
export class LineClient implements AsyncDisposable {
  readonly #command: CommandLine;
  readonly #options: LineOptions;
  readonly #pending: Pending[] = [];
  #process: LineProcess | undefined;
  #over: Promise<void> = Promise.resolve();
  #deadline: Deadline | undefined;
  #since = 0;
  #starts = 0;
  /** Lines that the present process has answered. */
  #served = 0;
  #vain = 0;
  #unready = 0;
  #last: Unanswered | undefined;

  /** @param command Starts the process; it is started when there is something to answer. */
  constructor(command: CommandLine, options: LineOptions) {
    this.#command = command;
    this.#options = options;
  }

  /** Lines that wait for their answers. */
  get busy(): number {
    return this.#pending.length;
  }

  /**
   * Has a line answered. Needs run permission for `/bin/sh`.
   *
   * @param isAnswer Whether what comes is an answer to it. @default whatever comes is
   */
  ask(line: Line, isAnswer: (line: string) => boolean = () => true): Promise<Answer> {
    if (this.#isBarren) return Promise.resolve(this.#last!);
    return new Promise((settle) => {
      this.#pending.push({ line, isAnswer, failures: 0, settle });
      if (!this.#process) this.#start();
      else this.#process.send(`${this.#textOf(line)}\n`);
      if (this.#pending.length === 1) this.#watch();
    });
  }

  /** Ends the process, as what it tells can't be trusted any more; another one goes on with what waits. */
  renew(): void {
    this.#process?.end();
  }

  /** Ends the process when all is answered. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process?.close();
    await this.#over;
  }

  get #isBarren(): boolean {
    return this.#unready >= unreadyStarts || this.#vain >= (this.#options.fruitless ?? Number.POSITIVE_INFINITY);
  }

  #textOf(line: Line): string {
    return typeof line === "string" ? line : line(this.#starts);
  }

  #start(): void {
    const { first, answerLength } = this.#options;
    this.#starts++;
    this.#served = 0;
    const process = this.#process = new LineProcess(this.#command, answerLength, (line) => this.#take(line));
    this.#over = process.ended.then((end) => this.#ended(end, process.isRefused));
    const lines = this.#pending.map(({ line }) => this.#textOf(line));
    process.send([...(first === undefined ? [] : [first]), ...lines, ""].join("\n"));
  }

  /** Whether anything had asked for a line. */
  #take(line: string): boolean {
    const head = this.#pending[0];
    if (!head?.isAnswer(line)) return false;
    this.#pending.shift();
    this.#vain = 0;
    this.#served++;
    const wallMs = performance.now() - this.#since;
    this.#watch();
    head.settle({ line, wallMs });
    return true;
  }

  /** Gives the line that is answered now its time. */
  #watch(): void {
    this.#deadline?.[Symbol.dispose]();
    this.#since = performance.now();
    if (this.#pending.length === 0) return;
    const process = this.#process!;
    this.#deadline = new Deadline(this.#options.timeoutMs, () => process.end("wall"));
  }

  #ended(process: ProcessEnd, isRefused: boolean): void {
    this.#deadline?.[Symbol.dispose]();
    this.#process = undefined;
    const end = endOf(process, isRefused);
    const unanswered = this.#last = { end, words: lastErrorLine(process.stderr), process, served: this.#served };
    this.#vain++;
    this.#unready = process.ready ? 0 : this.#unready + 1;
    const head = this.#pending[0];
    // What ends before it is ready has not read the line yet.
    const failed = head && process.ready && ++head.failures >= this.#options.attempts;
    if (failed) this.#pending.shift()!.settle(unanswered);
    if (this.#isBarren) { for (const { settle } of this.#pending.splice(0)) settle(unanswered); }
    if (this.#pending.length === 0) return;
    this.#start();
    this.#watch();
  }
}

function endOf({ ready, exceeded, signal }: ProcessEnd, isRefused: boolean): LineEnd {
  if (!ready) return exceeded === "wall" ? "late" : "unready";
  if (isRefused) return "refused";
  return isFromOutside(signal) ? "killed" : "exited";
}
