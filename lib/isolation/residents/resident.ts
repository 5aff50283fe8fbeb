/**
 * One process that serves an agent's evaluations, from its start, or its adoption, to its end.
 *
 * @module
 */

import { Deadline } from "../deadline.ts";
import { isFromOutside } from "../launch.ts";
import { sandboxFlags } from "../launcher.ts";
import { limitCommands, type ProcessLimits } from "../limits.ts";
import { sandboxEnvironment, shell } from "../../util/shell.ts";
import type { ResidentRequest } from "../../runtime/contract.ts";
import { Channel, firstLine } from "./channel.ts";
import { occupantOf, type Place, voidPlace } from "./place.ts";
import { endGroups, lookAt, type ProcessId } from "./processes.ts";

/** How a resident ended, in one sentence without its end. */
export type How = string;

/** What starts a resident. */
export interface StartOptions {
  readonly agent: string;
  /** The program that runs agents. */
  readonly deno: string;
  /** Path of its artifact, which was just proved. */
  readonly artifact: string;
  readonly limits: ProcessLimits;
  /** How many steps an evaluation has at most. */
  readonly steps: number;
}

/** Longest answer to a heartbeat in bytes. */
const longestAnswer = 512;

/**
 * How long an evaluation has to last before its CPU time is looked at, and between two looks, in milliseconds. The kernel's own
 * limit counts over the whole time of a process, so it is of no use here.
 */
const cpuEveryMs = 500;

/** The process of one agent. What holds it is its one owner. */
export class Resident {
  readonly place: Place;
  /** Resolves when its process has ended, and tells how. */
  readonly ended: Promise<How>;
  /** Whether it said that it runs, which it does before anything of its agent is evaluated; known when its start is over. */
  readonly saidReady: Promise<boolean>;
  readonly #said = Promise.withResolvers<boolean>();
  readonly #end = Promise.withResolvers<How>();
  readonly #limits: ProcessLimits;
  /** What it writes first; absent: another supervisor started it. */
  #first: ReturnType<typeof firstLine> | undefined;
  #process: ProcessId | undefined;
  /** What it is being ended for. */
  #reason: string | undefined;
  /** Whether this process started it, and learns of its end from the kernel. */
  readonly isChild: boolean;
  #isAlive = false;
  #counts = false;
  #hasData = false;

  private constructor(place: Place, limits: ProcessLimits, process: ProcessId | undefined) {
    this.place = place;
    this.isChild = process === undefined;
    this.#limits = limits;
    this.#process = process;
    this.ended = this.#end.promise;
    this.saidReady = this.#said.promise;
    if (process) this.#said.resolve(true);
  }

  /** Starts a process whose pipes are there and whose nonce is recorded. Needs run permission for `/bin/sh`. */
  static start(place: Place, { agent, deno, artifact, limits, steps }: StartOptions): Resident {
    const first: ResidentRequest = { version: 1, kind: "resident", nonce: place.nonce };
    const resident = new Resident(place, limits, undefined);
    // Its pipe is held before there is a process: what one writes that ends at once would be gone with it.
    resident.#first = firstLine(place, longestAnswer, resident.ended);
    resident.#first.catch(() => resident.#said.resolve(false));
    const command = new Deno.Command(shell, {
      args: [
        "-c",
        startScript(limits),
        "sh",
        place.path,
        agent,
        JSON.stringify(first),
        deno,
        ...sandboxFlags(steps),
        artifact,
      ],
      clearEnv: true,
      env: sandboxEnvironment,
      cwd: "/",
      stdin: "null",
      stdout: "null",
      stderr: "null",
      detached: true,
    });
    try {
      command.spawn().status.then(({ code, signal }) =>
        resident.#gone(signal ? `ended by ${signal}` : `ended with exit code ${code}`, signal)
      );
    } catch (error) {
      resident.#gone("was not started");
      throw error;
    }
    return resident;
  }

  /** Takes over a process that a former supervisor started. */
  static adopt(place: Place, process: ProcessId, limits: ProcessLimits): Resident {
    return new Resident(place, limits, process);
  }

  /** Which process it is; undefined until it has answered. */
  get process(): ProcessId | undefined {
    return this.#process;
  }

  /**
   * Whether its end counts against its agent: it came while it evaluated, and was not brought about from outside. What has
   * nothing to do runs nothing of an agent's.
   */
  get counts(): boolean {
    return this.#counts;
  }

  /** Whether a process that was just started has become the program, and says so in time; else it is ended. */
  async isReady(ms: number): Promise<boolean> {
    using _deadline = new Deadline(ms, () => void this.end(`was not ready within ${ms / 1000} s`));
    const { ready, line } = await this.#first!;
    this.#said.resolve(ready);
    if (!this.#isAnswer(line, this.place.nonce)) return await this.#refuse("did not say that it was ready");
    this.#process = await occupantOf(this.place);
    return this.#process !== undefined;
  }

  /**
   * Whether it answers a heartbeat in time; else it is ended.
   *
   * @param found Whether it is another supervisor's: then what that one has left in the pipes is passed over.
   */
  async answers(ms: number, found = false): Promise<boolean> {
    const nonce = crypto.randomUUID();
    const request: ResidentRequest = { version: 1, kind: "heartbeat", nonce };
    using _deadline = new Deadline(ms, () => void this.end(`did not answer within ${ms / 1000} s`));
    try {
      using channel = Channel.open(this.place);
      await channel.send(new TextEncoder().encode(`${found ? "\n" : ""}${JSON.stringify(request)}\n`));
      const most = found ? this.#limits.outputKiB * 1024 : longestAnswer;
      for (let lines = 0; lines < (found ? 8 : 1); lines++) {
        const line = await channel.receive(most);
        if (line === undefined) break;
        if (this.#isAnswer(line, nonce)) return true;
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    return await this.#refuse("did not answer as it should");
  }

  /**
   * Hands over an evaluation's request and gives the line that it is answered with; undefined if it had to be ended, or ended.
   *
   * @param data The line of the world's data, which it is given before its first evaluation; absent where there is none.
   */
  async evaluate(request: Uint8Array, data?: Uint8Array): Promise<Uint8Array | undefined> {
    const { wallSeconds, outputKiB } = this.#limits;
    using _deadline = new Deadline(
      wallSeconds * 1000,
      () => void this.end(`took longer than ${wallSeconds} s for an evaluation`),
    );
    this.#isAlive = true;
    const cpu = this.#watchCpu();
    try {
      using channel = Channel.open(this.place);
      // Of one that was adopted nothing tells whether it has read the data to its end.
      if (data && !this.#hasData) await channel.send(data);
      this.#hasData = true;
      await channel.send(request);
      const line = await channel.receive(outputKiB * 1024);
      if (line === undefined) await this.#refuse(`wrote more than ${outputKiB} KiB for an evaluation, or nothing`);
      return line;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      await this.#refuse("has lost its pipes");
      return undefined;
    } finally {
      this.#isAlive = false;
      clearInterval(cpu);
    }
  }

  /** Ends it, and waits for that; `reason` goes on after "it". */
  async end(reason: string, gracePeriodMs = 0): Promise<void> {
    this.#reason ??= reason;
    // What is only just starting finds that its pipes are gone, or is known by the file that it wrote before.
    if (!this.#process) voidPlace(this.place);
    const process = this.#process ?? await occupantOf(this.place);
    if (process) await endGroups([process], { gracePeriodMs });
    this.#gone(reason);
  }

  /** Says that its process is gone, by what has seen that. */
  isGone(): void {
    this.#gone("was gone");
  }

  async #refuse(reason: string): Promise<false> {
    // Where it has ended by itself, how it did tells more; a child's status comes a moment after the end of its output.
    await Promise.race([this.ended, new Promise((resolve) => setTimeout(resolve, 20))]);
    await this.end(reason);
    return false;
  }

  #gone(how: How, signal: Deno.Signal | null = null): void {
    const asked = this.#reason !== undefined;
    this.#counts = this.#isAlive && (asked || (signal !== null ? !isFromOutside(signal) : this.isChild));
    this.#end.resolve(this.#reason ?? how);
  }

  #isAnswer(line: Uint8Array | undefined, nonce: string): boolean {
    if (line === undefined || line.length > longestAnswer) return false;
    const wanted = JSON.stringify({ version: 1, resident: this.place.nonce, nonce });
    return new TextDecoder().decode(line) === `${wanted}\n`;
  }

  #watchCpu(): ReturnType<typeof setInterval> {
    let before: number | undefined;
    return setInterval(async () => {
      const { pid } = this.#process!;
      const used = (await lookAt([pid])).get(pid)?.cpuSeconds;
      if (used === undefined) return;
      before ??= used;
      const { cpuSeconds } = this.#limits;
      if (used - before >= cpuSeconds) await this.end(`used more than ${cpuSeconds} s of CPU time for an evaluation`);
    }, cpuEveryMs);
  }
}

/**
 * The script of a shell that becomes the program: `$1` path of the place, `$2` agent, `$3` first line, then the program.
 * It holds both ends of both pipes, so that they outlast what talks to it.
 */
function startScript(limits: ProcessLimits): string {
  return `umask 077 && ${limitCommands(limits, true)} &&
    read -r stat </proc/$$/stat && read -r boot </proc/sys/kernel/random/boot_id &&
    printf '%s\\n' "$stat" "$boot" "$2" >"$1.pid" && [ -p "$1.in" ] && [ -p "$1.out" ] &&
    exec 0<>"$1.in" 1<>"$1.out" 2>"$1.err" && printf '%s\\n' "$3" >&0 && shift 3 && exec "$@"`;
}
