/**
 * A context of QuickJS in an instance: programs and texts go in, texts come out.
 *
 * @module
 */

import type { Instance, Pointer } from "./quickjs.ts";

/** What was thrown within an engine and not caught there. */
export class Thrown extends Error {
  override name = "Thrown";
  /** What it was, with its kind. */
  readonly words: string;

  /**
   * @param message The message of what was thrown.
   * @param kind Of an error its name.
   */
  constructor(message: string, kind?: string) {
    super(message);
    this.words = kind === undefined ? message : `${kind}: ${message}`;
  }
}

/** Longest description of what was thrown, in bytes. */
const mostWords = 65_536;

const encoder = new TextEncoder(), decoder = new TextDecoder();

/** Calls into one context. What it allocates is never given back: the instance goes with its agent. */
export class Context {
  readonly #instance: Instance;
  readonly #context: Pointer;

  /** @param context A context of this instance, or of the one whose memory it began with. */
  constructor(instance: Instance, context: Pointer) {
    this.#instance = instance;
    this.#context = context;
  }

  /**
   * Evaluates a program and gives what it comes to.
   *
   * @throws {Thrown} If it throws.
   */
  evaluate(program: string): Pointer {
    const bytes = encoder.encode(program);
    const code = this.#put(bytes), name = this.#put(encoder.encode("agent.js"));
    return this.#checked(this.#instance._QTS_Eval(this.#context, code, bytes.length, name, 0, 0));
  }

  /**
   * Calls a function with one argument.
   *
   * @throws {Thrown} If it throws.
   */
  call(called: Pointer, argument: Pointer): Pointer {
    const values = this.#instance._malloc(4);
    new DataView(this.#instance.HEAPU8.buffer).setUint32(values, argument, true);
    const self = this.#instance._QTS_GetUndefined();
    return this.#checked(this.#instance._QTS_Call(this.#context, called, self, 1, values));
  }

  /** A property of the global object, by its name. */
  global(name: string): Pointer {
    const instance = this.#instance;
    return instance._QTS_GetProp(this.#context, instance._QTS_GetGlobalObject(this.#context), this.text(name));
  }

  /** A text as a value. */
  text(text: string): Pointer {
    return this.#instance._QTS_NewString(this.#context, this.#put(encoder.encode(text)));
  }

  /**
   * The text that a value is, or undefined if it has more than so many bytes.
   *
   * @param most Bytes in UTF-8.
   */
  read(value: Pointer, most: number): string | undefined {
    return this.#textAt(this.#instance._QTS_GetString(this.#context, value), most);
  }

  #checked(value: Pointer): Pointer {
    const thrown = this.#instance._QTS_ResolveException(this.#context, value);
    if (thrown === 0) return value;
    throw thrownOf(this.#textAt(this.#instance._QTS_Dump(this.#context, thrown), mostWords));
  }

  /** The text that ends with a zero. */
  #textAt(from: Pointer, most: number): string | undefined {
    const bytes = this.#instance.HEAPU8;
    const to = bytes.indexOf(0, from);
    return to - from > most ? undefined : decoder.decode(bytes.subarray(from, to));
  }

  #put(bytes: Uint8Array): Pointer {
    const at = this.#instance._malloc(bytes.length + 1);
    // Where memory is refused it gives 0, and to write there would break the engine.
    if (at === 0) throw new Thrown("out of memory");
    this.#instance.HEAPU8.set(bytes, at);
    this.#instance.HEAPU8[at + bytes.length] = 0;
    return at;
  }
}

/** What an engine says of what was thrown: JSON of an error, or of any other value. */
function thrownOf(dump = ""): Thrown {
  try {
    const { name, message } = JSON.parse(dump);
    if (typeof message === "string") return new Thrown(message, `${name}`);
  } catch {
    // It had no memory for more, or it was too long.
  }
  return new Thrown(dump);
}
