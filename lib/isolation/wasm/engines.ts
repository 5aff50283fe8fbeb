/**
 * Evaluations in engines of their own: one instance of WebAssembly for each, under a limit of memory and of what it executes.
 *
 * @module
 */

import { dataGlobal } from "../../runtime/data.ts";
import { limitOf } from "../../runtime/failure.ts";
import { Context, Thrown } from "./context.ts";
import { beginAs, type Image, takeImage } from "./image.ts";
import type { HostAnswer, HostSettings, Program } from "./protocol.ts";
import type { Pointer } from "./quickjs.ts";
import { Recent } from "./recent.ts";

/** The name under which a program leaves its function in the global object. */
const entry = "__evaluate";

/** Stack of an engine: as deep as calls get in V8 with the stack that it gives itself. */
const stackKiB = 2048;

/** How many runtimes are kept ready: that of today, and those that parents of gestations were built with. */
const imagesKept = 4;

/** Leaves data where a runtime finds it when it is loaded. */
const given = `(text) => { globalThis.${dataGlobal} = text; }`;

/** Runs single evaluations, one at a time. */
export class Engines {
  readonly #settings: HostSettings;
  readonly #data: string | undefined;
  readonly #images = new Recent<Image>(imagesKept);
  #pool: Promise<Image> | undefined;
  /** Bytes of the memories of evaluations that are over, counted from when this was set to 0. */
  left = 0;

  /** @param data The line of the world's data; absent where there is none. */
  constructor(settings: HostSettings, data?: string) {
    this.#settings = settings;
    this.#data = data;
  }

  /**
   * Runs one evaluation.
   *
   * What it leaves behind goes with its instance; nothing is ever handed into an engine but texts.
   *
   * @param line The request, as JSON.
   */
  async evaluate(program: Program, line: string): Promise<HostAnswer> {
    const { carrier, genes } = program;
    const image = await this.#image(carrier);
    return await this.#evaluate(image, line, (context) => {
      const started = context.evaluate(genes);
      if (carrier !== undefined) context.call(image.kept, started);
    });
  }

  /** The same by the program of the pool, whose genes are all in the image; it may be one that no engine can read. */
  async evaluateByPool(line: string): Promise<HostAnswer> {
    let image: Image;
    try {
      image = await (this.#pool ??= this.#takePool());
    } catch (error) {
      return endOf(error);
    }
    return await this.#evaluate(image, line);
  }

  async #evaluate(image: Image, line: string, prepare?: (context: Context) => void): Promise<HostAnswer> {
    let polls = 0;
    const over = () => ++polls > this.#settings.polls;
    const instance = await beginAs(image, over);
    try {
      const context = new Context(instance, image.context);
      prepare?.(context);
      const reply = context.read(context.call(context.global(entry), context.text(line)), this.#settings.outputBytes);
      return reply === undefined ? { end: "output", words: "" } : { reply };
    } catch (error) {
      if (polls > this.#settings.polls) return { end: "cpu", words: "" };
      return endOf(error);
    } finally {
      this.left += instance.HEAPU8.length;
    }
  }

  async #image(carrier = ""): Promise<Image> {
    const known = this.#images.get(carrier);
    if (known) return known;
    const image = await this.#take((context) => context.evaluate(carrier));
    this.#images.set(carrier, image);
    return image;
  }

  #takePool(): Promise<Image> {
    const { program, sharedInputs } = this.#settings.pool!;
    return this.#take((context) => {
      context.evaluate(program);
      return context.call(context.global(entry), context.text(sharedInputs));
    });
  }

  #take(prepare: (context: Context) => Pointer): Promise<Image> {
    const limits = { memoryMiB: this.#settings.memoryMiB, stackKiB, hasData: this.#data !== undefined };
    return takeImage(limits, (instance, pointer) => {
      const context = new Context(instance, pointer);
      if (this.#data !== undefined) context.call(context.evaluate(given), context.text(this.#data));
      return prepare(context);
    });
  }
}

/** What broke out of an engine; the engine itself may be broken by then, but it is not used again. */
function endOf(error: unknown): HostAnswer {
  if (error instanceof Thrown) return { end: limitOf(error.message) ?? "crash", words: error.words };
  // The stack of the host can end before that of the engine.
  if (error instanceof RangeError && limitOf(error.message) === "stack") return { end: "stack", words: "" };
  if (error instanceof WebAssembly.RuntimeError) return { end: "crash", words: error.message };
  throw error;
}
