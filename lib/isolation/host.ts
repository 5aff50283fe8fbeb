/**
 * A process without permissions that many agents live in, one after the other.
 *
 * @module
 */

import { endGroup, startGroup } from "./launch.ts";
import type { CommandLine } from "./launcher.ts";
import { Outgoing } from "./outgoing.ts";

/** How far a life may go within a process of many. */
export interface HostOptions {
  /** Longest time of one life, in milliseconds. */
  readonly patienceMs: number;
  /** Longest reply in UTF-16 code units. */
  readonly replyLength: number;
}

/** What a life told, and how long it took. */
export interface Hosted {
  /** Its line, without the end. */
  readonly line: string;
  readonly wallMs: number;
}

/** A life on its way. */
interface Pending {
  readonly line: string;
  settle(hosted: Hosted | undefined): void;
}

/** How many processes in a row may end without a single reply: then there are no more of them. */
const fruitless = 8;

/**
 * Hands lives to one process and takes their replies, in order.
 *
 * Where the process ends, or does not reply in time, the life that it was at is given back without a reply, and a new
 * process goes on with the others: who ended it is nobody else's business.
 */
export class Host implements AsyncDisposable {
  readonly #command: CommandLine;
  readonly #first: string;
  readonly #options: HostOptions;
  readonly #pending: Pending[] = [];
  #child: Deno.ChildProcess | undefined;
  /** The process that has been told to end. */
  #ending: Deno.ChildProcess | undefined;
  #outgoing: Outgoing | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #since = 0;
  #vain = 0;
  #reading: Promise<void> = Promise.resolve();

  /**
   * @param command Starts the process; it is started when there is somebody to live in it.
   * @param first The first line that it is given, without the end: what all lives have in common.
   */
  constructor(command: CommandLine, first: string, options: HostOptions) {
    this.#command = command;
    this.#first = first;
    this.#options = options;
  }

  /** Lives that wait for their replies. */
  get busy(): number {
    return this.#pending.length;
  }

  /** Whether it takes no more lives, since nobody could ever live in it. */
  get barren(): boolean {
    return this.#vain >= fruitless;
  }

  /**
   * Has a life lived. Needs run permission for `/bin/sh`.
   *
   * @param line Its request, without the end of a line.
   * @returns What it told, or undefined where it ended its process or took too long.
   */
  live(line: string): Promise<Hosted | undefined> {
    if (this.barren) return Promise.resolve(undefined);
    return new Promise((settle) => {
      this.#pending.push({ line, settle });
      if (this.#child === undefined) this.#start();
      else this.#outgoing!.send(`${line}\n`);
      if (this.#pending.length === 1) this.#watch();
    });
  }

  /** Ends the process, as what it tells can't be trusted any more; another one goes on with those who wait. */
  renew(): void {
    if (this.#child) this.#end(this.#child);
  }

  /** Ends the process when all have lived. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#outgoing?.close();
    await this.#reading;
  }

  #start(): void {
    const child = this.#child = startGroup(this.#command);
    this.#outgoing = new Outgoing(child.stdin);
    this.#reading = this.#read(child);
    this.#outgoing.send([this.#first, ...this.#pending.map(({ line }) => line), ""].join("\n"));
  }

  async #read(child: Deno.ChildProcess): Promise<void> {
    const drained = drain(child.stderr);
    const decoder = new TextDecoder();
    let held = "";
    for await (const chunk of child.stdout) {
      held += decoder.decode(chunk, { stream: true });
      const lines = held.split("\n");
      held = lines.pop()!;
      const asked = lines.every((line) => this.#take(line));
      if (asked && held.length <= this.#options.replyLength && this.#ending !== child) continue;
      this.#end(child);
      break;
    }
    await child.status;
    await drained;
    this.#ended();
  }

  /** Whether somebody had asked for a line; one too many is told by the tokens of those after it. */
  #take(line: string): boolean {
    const head = this.#pending.shift();
    if (!head) return false;
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

  /** Gives the life that is lived now its time. */
  #watch(): void {
    clearTimeout(this.#timer);
    this.#since = performance.now();
    if (this.#pending.length === 0) return;
    const child = this.#child!;
    this.#timer = setTimeout(() => this.#end(child), this.#options.patienceMs);
  }

  #ended(): void {
    clearTimeout(this.#timer);
    this.#child = this.#outgoing = undefined;
    this.#vain++;
    this.#pending.shift()?.settle(undefined);
    if (this.barren) { for (const { settle } of this.#pending.splice(0)) settle(undefined); }
    if (this.#pending.length === 0) return;
    this.#start();
    this.#watch();
  }
}

async function drain(stream: ReadableStream<Uint8Array>): Promise<void> {
  for await (const _ of stream);
}
