/**
 * The realm in which a twin's program runs: a context of the engine of its own, within a Worker without permissions.
 *
 * @module
 */

import vm from "node:vm";
import { catalogue } from "../genome/pool.ts";
import { dataGlobal } from "../runtime/data.ts";
import type { Port } from "./realm_main.ts";
import type { TwinProgram } from "./program.ts";

const decoder = new TextDecoder();

/** Runs evaluations, one at a time; what runs too long is ended. */
export class Realm {
  readonly #program: TwinProgram;
  readonly #port: Port = { asked: "", answer: "" };
  readonly #call = new vm.Script("__twin('')");
  readonly #shared = new Map<string, string>();
  #context: vm.Context | undefined;

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
   * @param timeoutMs How long it may take.
   * @returns What it comes to, a line or two; undefined where it took longer.
   */
  evaluate(line: string, timeoutMs: number): string | undefined {
    const context = this.#context ??= this.#begin();
    this.#port.asked = line;
    try {
      this.#call.runInContext(context, { timeout: timeoutMs });
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
