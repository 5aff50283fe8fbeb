/**
 * The realm in which a twin's program runs: a context of the engine of its own, within a Worker without permissions.
 *
 * @module
 */

import process from "node:process";
import vm from "node:vm";
import { catalogue } from "../genome/pool.ts";
import { dataGlobal } from "../runtime/data.ts";
import type { Port } from "./realm_main.ts";
import type { TwinProgram } from "./program.ts";

const decoder = new TextDecoder();

/** What an evaluation may take. */
export interface RealmLimits {
  /** CPU time of the thread. */
  readonly cpuMs: number;
  /** What there may be in the heap, with what waits for being collected. */
  readonly memoryBytes: number;
}

/** Runs evaluations, one at a time; what runs too long is ended. */
export class Realm {
  readonly #program: TwinProgram;
  readonly #port: Port = { asked: "", answer: "" };
  readonly #call = new vm.Script("__twin('')");
  readonly #shared = new Map<string, string>();
  #context: vm.Context | undefined;
  /** How long the first try of an evaluation may take: far longer than any has taken. */
  #patienceMs = 500;

  constructor(program: TwinProgram) {
    this.#program = program;
    this.share("pool", JSON.stringify(catalogue(program.pool)));
  }

  /** The text of the program that runs here. */
  get text(): string {
    return this.#program.text;
  }

  /** Holds a part of what all evaluations have in common, as JSON, until it is replaced. */
  share(name: "pool" | "worlds", json: string): void {
    if (this.#shared.get(name) === json) return;
    this.#shared.set(name, json);
    if (this.#context) this.#give(this.#context, name, json);
  }

  /**
   * Runs one evaluation.
   *
   * @param line A `TwinRequest` as JSON.
   * @returns What it comes to, a line or two; or what it was ended for.
   */
  evaluate(line: string, { cpuMs, memoryBytes }: RealmLimits): string | { readonly ended: "cpu" | "memory" } {
    // It is the clock that ends it. Where the thread had to wait meanwhile, or its time was short so that it is seen soon what
    // takes all memory, which would end the process, it begins anew with more.
    for (let wallMs = Math.min(cpuMs, this.#patienceMs);; wallMs = moreOf(wallMs, cpuMs)) {
      const [began, beganAt] = [threadMs(), performance.now()];
      const answer = this.#answer(line, wallMs);
      if (answer !== undefined) {
        this.#patienceMs = Math.max(this.#patienceMs, Math.ceil(4 * (performance.now() - beganAt)));
        return answer;
      }
      if (Deno.memoryUsage().heapUsed > memoryBytes) return { ended: "memory" };
      if (threadMs() - began > 0.9 * cpuMs) return { ended: "cpu" };
    }
  }

  #answer(line: string, wallMs: number): string | undefined {
    const context = this.#context ??= this.#begin();
    this.#port.asked = line;
    try {
      this.#call.runInContext(context, { timeout: wallMs });
      return this.#port.answer;
    } catch (error) {
      if (!isTimeout(error)) throw error;
      // It was ended anywhere: what it has left half done goes with its realm.
      this.#context = undefined;
      return undefined;
    }
  }

  #begin(): vm.Context {
    const { text, data } = this.#program;
    // An object that stands for the global one would make each use of a global a call.
    const context = vm.createContext(vm.constants.DONT_CONTEXTIFY, { codeGeneration: { strings: false, wasm: false } });
    Object.assign(context, { __port: this.#port });
    // A copy: memory that is shared can't be decoded.
    if (data) Object.assign(context, { [dataGlobal]: decoder.decode(data.slice()) });
    vm.runInContext(text, context);
    for (const [name, json] of this.#shared) this.#give(context, name, json);
    return context;
  }

  #give(context: vm.Context, name: string, json: string): void {
    this.#port.asked = `{${JSON.stringify(name)}:${json}}`;
    this.#call.runInContext(context);
  }
}

/** The error is of the other realm. */
function isTimeout(error: unknown): boolean {
  return String((error as { readonly message?: unknown } | undefined)?.message).startsWith(
    "Script execution timed out",
  );
}

/** CPU time of this thread so far, in milliseconds. */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function moreOf(wallMs: number, cpuMs: number): number {
  return wallMs < cpuMs ? Math.min(cpuMs, 4 * wallMs) : 2 * wallMs;
}
