/**
 * The judge's process: one for a whole step, without permissions, which recomputes what every agent returned.
 *
 * @module
 */

import { tailOf } from "../isolation/chunks.ts";
import { endGroup, startGroup } from "../isolation/launch.ts";
import type { CommandLine } from "../isolation/launcher.ts";
import { Outgoing } from "../isolation/outgoing.ts";
import { lastWords } from "../isolation/text.ts";
import type { JudgeReply } from "../runtime/contract.ts";
import { readVerdict } from "./verdict.ts";

/** The evidence of one life: a `JudgeRequest` whose large parts are JSON already. */
export interface Case {
  readonly token: string;
  /** How many episodes it was to live. */
  readonly episodes: number;
  /** Active genes that cost something. */
  readonly genes: number;
  /** JSON of the list of their worlds. */
  readonly worlds: string;
  /** JSON of the list of what was done in each. */
  readonly evidence: string;
}

/** A case on its way. */
interface Pending {
  readonly request: Case;
  /** How often the judge has ended while this was the one that it looked at. */
  failures: number;
  settle(reply: JudgeReply): void;
}

/** How often the judge may end over the same evidence before that is refused. */
const patience = 2;

/** Longest line from the judge, in bytes. */
const longestLine = 1024 * 1024;

/** Bytes of stderr that are kept: the last ones. */
const stderrBytes = 4096;

/**
 * Judges evidence in the order in which it is handed in.
 *
 * The world's code is the user's, but evidence is hostile: where the judge ends or hangs over one, it is started again,
 * and that evidence is refused at the second time.
 */
export class Judge implements AsyncDisposable {
  readonly #command: CommandLine;
  readonly #timeoutMs: number;
  readonly #pending: Pending[] = [];
  #child: Deno.ChildProcess | undefined;
  #outgoing: Outgoing | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #reading: Promise<void> = Promise.resolve();

  /**
   * @param command Starts the judge program; it is started when there is something to judge.
   * @param timeoutMs Longest time for the evidence of one life, in milliseconds.
   */
  constructor(command: CommandLine, timeoutMs: number) {
    this.#command = command;
    this.#timeoutMs = timeoutMs;
  }

  /** Judges the evidence of one life. Needs run permission for `/bin/sh`. */
  judge(request: Case): Promise<JudgeReply> {
    return new Promise((settle) => {
      this.#pending.push({ request, failures: 0, settle });
      if (this.#child === undefined) this.#start();
      else this.#send(request);
      if (this.#pending.length === 1) this.#watch();
    });
  }

  /** Ends the judge when all is judged. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#outgoing?.close();
    await this.#reading;
  }

  #start(): void {
    const child = this.#child = startGroup(this.#command);
    this.#outgoing = new Outgoing(child.stdin);
    this.#reading = this.#read(child);
    for (const { request } of this.#pending) this.#send(request);
  }

  #send({ token, genes, worlds, evidence }: Case): void {
    this.#outgoing!.send(`{"token":"${token}","genes":${genes},"worlds":${worlds},"evidence":${evidence}}\n`);
  }

  async #read(child: Deno.ChildProcess): Promise<void> {
    const words = tailOf(child.stderr, stderrBytes);
    let held = "";
    const decoder = new TextDecoder();
    for await (const chunk of child.stdout) {
      held += decoder.decode(chunk, { stream: true });
      const lines = held.split("\n");
      held = lines.pop()!;
      if (held.length > longestLine || !lines.every((line) => this.#take(line))) {
        endGroup(child);
        break;
      }
    }
    await child.status;
    this.#ended(lastWords(await words));
  }

  #take(line: string): boolean {
    const head = this.#pending[0];
    const reply = head && readVerdict(line, head.request);
    if (!reply) return false;
    this.#pending.shift();
    this.#watch();
    head.settle(reply);
    return true;
  }

  /** Gives the evidence that is looked at now its time. */
  #watch(): void {
    clearTimeout(this.#timer);
    if (this.#pending.length > 0) this.#timer = setTimeout(() => endGroup(this.#child!), this.#timeoutMs);
  }

  #ended(words: string): void {
    clearTimeout(this.#timer);
    this.#child = this.#outgoing = undefined;
    const head = this.#pending[0];
    if (!head) return;
    if (++head.failures >= patience) {
      this.#pending.shift();
      const message = `The judge ended over its evidence${words && `: ${words}`}`;
      head.settle({ token: head.request.token, ok: false, code: "judge", message });
    }
    if (this.#pending.length === 0) return;
    this.#start();
    this.#watch();
  }
}
