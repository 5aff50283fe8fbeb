/**
 * A process without permissions that serves many: it answers line after line, in order.
 *
 * @module
 */

import { tailOf } from "../util/concat.ts";
import { readyLine } from "../runtime/ready.ts";
import { Deadline } from "./deadline.ts";
import { endGroup, isFromOutside, startGroup } from "./launch.ts";
import type { CommandLine } from "./launcher.ts";
import { Outgoing } from "./outgoing.ts";
import { lastWords } from "../util/text.ts";

/** How a process that serves many is kept. */
export interface ServingOptions {
  /** The first line that each process is given, without the end: what all others have in common. @default none */
  readonly first?: string;
  /** Longest time for one answer, in milliseconds. */
  readonly patienceMs: number;
  /** Longest answer in UTF-16 code units. */
  readonly answerLength: number;
  /** How many processes may end over a line before it is given back without an answer. */
  readonly attempts: number;
  /** How many processes in a row may end without a single answer: then there are no more of them. @default any number */
  readonly fruitless?: number;
}

/** What became of a line. */
export type Answered =
  | {
    /** The answer, without the end of a line. */
    readonly line: string;
    readonly wallMs: number;
  }
  | {
    readonly line?: undefined;
    /** The last words of the process that ended over it, in one line. */
    readonly words: string;
    /** How that process ended. */
    readonly end: ServingEnd;
  };

/**
 * How a process ended over a line: `unready`: before it said that it was ready; `late`: it was not ready in time; `killed`: by a signal from outside;
 * `refused`: it was ended, as it took too long or wrote what nothing had asked for; `exited`: by itself.
 */
export type ServingEnd = "unready" | "late" | "killed" | "refused" | "exited";

/** A line on its way. */
interface Pending {
  readonly line: string;
  readonly isAnswer: (line: string) => boolean;
  /** How many processes have ended while this was the one that they were at. */
  failures: number;
  settle(answered: Answered): void;
}

/** How many processes in a row may end before they are ready: then there are no more of them. */
const unreadyStarts = 2;

/** Bytes of stderr that are kept: the last ones. */
const stderrBytes = 4096;

/**
 * Hands lines to one process and takes their answers, in order.
 *
 * Where the process ends, does not answer in time or answers what it was not asked, a new one goes on with the line that it
 * was at, or gives that back, and goes on with the others: who ended it is nobody else's business.
 */
export class Serving implements AsyncDisposable {
  readonly #command: CommandLine;
  readonly #options: ServingOptions;
  readonly #pending: Pending[] = [];
  #child: Deno.ChildProcess | undefined;
  /** The process that has been told to end. */
  #ending: Deno.ChildProcess | undefined;
  #outgoing: Outgoing | undefined;
  #deadline: Deadline | undefined;
  #since = 0;
  #vain = 0;
  #unready = 0;
  #words = "";
  #how: ServingEnd = "exited";
  #reading: Promise<void> = Promise.resolve();

  /** @param command Starts the process; it is started when there is something to answer. */
  constructor(command: CommandLine, options: ServingOptions) {
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
   * @param line Without its end.
   * @param isAnswer Whether what comes is an answer to it. @default whatever comes is
   */
  ask(line: string, isAnswer: (line: string) => boolean = () => true): Promise<Answered> {
    if (this.#isBarren) return Promise.resolve({ words: this.#words, end: this.#how });
    return new Promise((settle) => {
      this.#pending.push({ line, isAnswer, failures: 0, settle });
      if (this.#child === undefined) this.#start();
      else this.#outgoing!.send(`${line}\n`);
      if (this.#pending.length === 1) this.#watch();
    });
  }

  /** Ends the process, as what it tells can't be trusted any more; another one goes on with those who wait. */
  renew(): void {
    if (this.#child) this.#end(this.#child);
  }

  /** Ends the process when all is answered. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#outgoing?.close();
    await this.#reading;
  }

  get #isBarren(): boolean {
    return this.#unready >= unreadyStarts || this.#vain >= (this.#options.fruitless ?? Number.POSITIVE_INFINITY);
  }

  #start(): void {
    const { first } = this.#options;
    const child = this.#child = startGroup(this.#command);
    this.#outgoing = new Outgoing(child.stdin);
    this.#reading = this.#read(child);
    this.#outgoing.send(
      [...(first === undefined ? [] : [first]), ...this.#pending.map(({ line }) => line), ""].join("\n"),
    );
  }

  async #read(child: Deno.ChildProcess): Promise<void> {
    const words = tailOf(child.stderr, stderrBytes);
    const decoder = new TextDecoder();
    let held = "", ready = false;
    for await (const chunk of child.stdout) {
      held += decoder.decode(chunk, { stream: true });
      const lines = held.split("\n");
      held = lines.pop()!;
      if (!ready && lines[0] === readyLine) {
        ready = true;
        lines.shift();
      }
      const asked = (ready || lines.length === 0) && lines.every((line) => this.#take(line));
      if (asked && held.length <= this.#options.answerLength && this.#ending !== child) continue;
      this.#end(child);
      break;
    }
    const { signal } = await child.status;
    const own = this.#ending === child;
    const end = isFromOutside(signal) ? "killed" : "exited";
    this.#ended(lastWords(await words), ready ? own ? "refused" : end : own ? "late" : "unready");
  }

  /** Whether somebody had asked for a line. */
  #take(line: string): boolean {
    const head = this.#pending[0];
    if (!head?.isAnswer(line)) return false;
    this.#pending.shift();
    this.#vain = 0;
    const wallMs = performance.now() - this.#since;
    this.#watch();
    head.settle({ line, wallMs });
    return true;
  }

  #end(child: Deno.ChildProcess): void {
    if (this.#ending === child) return;
    this.#ending = child;
    endGroup(child);
  }

  /** Gives the line that is answered now its time. */
  #watch(): void {
    this.#deadline?.[Symbol.dispose]();
    this.#since = performance.now();
    if (this.#pending.length === 0) return;
    const child = this.#child!;
    this.#deadline = new Deadline(this.#options.patienceMs, () => this.#end(child));
  }

  #ended(words: string, end: ServingEnd): void {
    this.#deadline?.[Symbol.dispose]();
    this.#child = this.#outgoing = undefined;
    this.#words = words;
    this.#how = end;
    this.#vain++;
    const isUnready = end === "unready" || end === "late";
    this.#unready = isUnready ? this.#unready + 1 : 0;
    const head = this.#pending[0];
    // What ends before it is ready has not read the line yet.
    const failed = head && !isUnready && ++head.failures >= this.#options.attempts;
    if (failed) this.#pending.shift()!.settle({ words, end });
    if (this.#isBarren) { for (const { settle } of this.#pending.splice(0)) settle({ words, end }); }
    if (this.#pending.length === 0) return;
    this.#start();
    this.#watch();
  }
}
