/**
 * Lives in engines of their own: one instance of WebAssembly for each, under a limit of memory and of what it executes.
 *
 * @module
 */

import { limitOf } from "../../runtime/failure.ts";
import { Context, Thrown } from "./context.ts";
import { beginAs, type Image, takeImage } from "./image.ts";
import type { HostAnswer, HostSettings, Program } from "./protocol.ts";
import { Recent } from "./recent.ts";

/** The name under which a program leaves its function in the global object. */
const entry = "__live";

/** Stack of an engine: as deep as calls get in V8 with the stack that it gives itself. */
const stackKiB = 2048;

/** How many runtimes are kept ready: that of today, and those that parents of gestations were built with. */
const imagesKept = 4;

/** Lives single lives, one at a time. */
export class Engines {
  readonly #settings: HostSettings;
  readonly #images = new Recent<Image>(imagesKept);

  constructor(settings: HostSettings) {
    this.#settings = settings;
  }

  /**
   * Lives one life.
   *
   * What it leaves behind goes with its instance; nothing is ever handed into an engine but texts.
   *
   * @param line The request, as JSON.
   */
  async live(program: Program, line: string): Promise<HostAnswer> {
    const image = await this.#image(program.carrier);
    let polls = 0;
    const over = () => ++polls > this.#settings.polls;
    const instance = await beginAs(image, over);
    try {
      const context = new Context(instance, image.context);
      const genes = context.evaluate(program.genes);
      if (program.carrier !== undefined) context.call(image.kept, genes);
      const reply = context.read(context.call(context.global(entry), context.text(line)), this.#settings.outputBytes);
      return reply === undefined ? { end: "output", words: "" } : { reply };
    } catch (error) {
      if (polls > this.#settings.polls) return { end: "cpu", words: "" };
      return endOf(error);
    }
  }

  async #image(carrier = ""): Promise<Image> {
    const known = this.#images.get(carrier);
    if (known) return known;
    const limits = { memoryMiB: this.#settings.memoryMiB, stackKiB };
    const image = await takeImage(limits, (instance, context) => new Context(instance, context).evaluate(carrier));
    this.#images.set(carrier, image);
    return image;
  }
}

/** What broke out of an engine; the engine itself may be broken by then, but nobody will use it again. */
function endOf(error: unknown): HostAnswer {
  if (error instanceof Thrown) return { end: limitOf(error.message) ?? "crash", words: error.words };
  // The stack of the host can end before that of the engine.
  if (error instanceof RangeError && limitOf(error.message) === "stack") return { end: "stack", words: "" };
  if (error instanceof WebAssembly.RuntimeError) return { end: "crash", words: error.message };
  throw error;
}
