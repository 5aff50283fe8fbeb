/**
 * Finds out which wirings can be built: type check, bundle and trial of the pool, once; and makes the programs of a pool.
 *
 * @module
 */

import { worldFile } from "../run/layout.ts";
import type { Pool } from "../genome/pool.ts";
import type { ProcessLimits } from "../isolation/limits.ts";
import { type Issue, StepFailed } from "../util/issue.ts";
import { Stages } from "../step/stages.ts";
import type { WiringText } from "../wiring/wiring.ts";
import { joinArtifact } from "../isolation/artifact.ts";
import { bundleJudge, bundlePool, bundleView, type PoolBundle } from "./bundle.ts";
import { bundleCarrier } from "./carrier.ts";
import { check, PoolCheck } from "./check.ts";
import type { Layout } from "./layout.ts";
import type { Kit } from "./kit.ts";
import { allGenes, type PoolData, PoolParts } from "./parts.ts";
import { takeApart } from "./take_apart.ts";
import { tryLoading } from "./trial.ts";

/** A wiring that is to be built. */
export interface BuildWiring extends Pick<WiringText, "mod" | "called" | "body"> {
  /** Its build key: 64 hexadecimal digits. */
  readonly key: string;
}

/** Options of a compiler. */
export interface CompilerOptions {
  /** Ends the tools. */
  readonly signal?: AbortSignal;
  /** What the type checker may take. @default toolLimits */
  readonly limits?: ProcessLimits;
  /** Where times are noted. */
  readonly stages?: Stages;
}

/** The bundle of a pool, taken apart. */
interface Taken extends PoolBundle {
  readonly data: PoolData;
}

/** What is wrong in a pool. */
interface Faults {
  readonly types: PoolCheck;
  /** Gene files that can't be bundled, or not be loaded: what is wrong, by path. */
  readonly without: ReadonlyMap<string, Issue>;
}

/** Compiles wirings of one pool; what they have in common is checked and bundled once, for the first ones. */
export class Compiler {
  readonly #layout: Layout;
  readonly #pool: Pool;
  readonly #signal: AbortSignal | undefined;
  readonly #limits: ProcessLimits | undefined;
  readonly #stages: Stages;
  #foundGood = false;
  #faults: Promise<Faults> | undefined;
  #bundle: Promise<Taken> | undefined;

  /**
   * @param layout Where to check and bundle.
   * @param pool The pool that lies there.
   */
  constructor(
    layout: Layout,
    pool: Pool,
    { signal, limits, stages = new Stages() }: CompilerOptions = {},
  ) {
    this.#layout = layout;
    this.#pool = pool;
    this.#signal = signal;
    this.#limits = limits;
    this.#stages = stages;
  }

  /** Whether all of the pool was found to check, bundle and load. */
  get foundGood(): boolean {
    return this.#foundGood;
  }

  /** Begins with what all wirings have in common, so that it is there when the first ones are to be compiled. */
  prepare(): void {
    // What goes wrong is reported by `compile`.
    (this.#faults ??= this.#prepare()).catch(() => {});
  }

  /**
   * Finds out whether wirings with distinct keys can be built.
   *
   * Needs run permission for the tools, read and write permission for the layout.
   *
   * @returns What is wrong with each, by build key; undefined: nothing.
   * @throws {StepFailed} If a tool or the project's own runtime is broken.
   */
  async compile(wirings: readonly BuildWiring[]): Promise<Map<string, Issue | undefined>> {
    if (wirings.length === 0) {
      // No tool is left at work where it turns out that none was needed.
      await this.#faults?.catch(() => {});
      return new Map();
    }
    const { types, without } = await (this.#faults ??= this.#prepare());
    return new Map(wirings.map((wiring) => [wiring.key, types.issueOf(wiring) ?? unbundled(wiring, without)]));
  }

  /**
   * The text of the judge program for the layout's world.
   *
   * Needs run permission for the bundler.
   */
  async judge(): Promise<string> {
    const [carrier, world] = await Promise.all([
      bundleCarrier("judge", this.#signal),
      bundleJudge(this.#layout, this.#signal),
    ]);
    return joinArtifact("judge", carrier, world);
  }

  /**
   * The text of the program that draws the layout's world, which has a view.
   *
   * Needs run permission for the bundler.
   */
  async view(): Promise<string> {
    const [carrier, view] = await all(bundleCarrier("view", this.#signal), bundleView(this.#layout, this.#signal));
    if (typeof view !== "string") throw new StepFailed({ ...view, message: `Cannot build the view: ${view.message}` });
    return joinArtifact("view", carrier, view);
  }

  /**
   * The text of the program that holds all genes of the layout's pool, but for those of files that can't be bundled.
   *
   * Needs run permission for the bundler.
   */
  async pool(): Promise<string> {
    const [carrier, { data }] = await all(bundleCarrier("pool", this.#signal), this.#taken());
    return joinArtifact("pool", carrier, new PoolParts(data).textForAll(allGenes(this.#pool)));
  }

  /**
   * The text of the kit of the layout's pool.
   *
   * Needs run permission for the bundler.
   */
  async kit(): Promise<string> {
    const carriers = all(bundleCarrier("agent", this.#signal), bundleCarrier("module", this.#signal));
    const [[carrier, module], { data }] = await all(carriers, this.#taken());
    return JSON.stringify({ carrier, module, pool: data } satisfies Kit);
  }

  async #prepare(): Promise<Faults> {
    const types = this.#stages.time("check", () => check(this.#layout, { signal: this.#signal, limits: this.#limits }));
    await Promise.allSettled([types, this.#taken()]);
    const { without, text } = await this.#taken();
    const unloaded = await this.#stages.time("trial", () => this.#unloaded(text));
    const faults = { types: await types, without: new Map([...unloaded, ...without]) };
    this.#foundGood = faults.types.isGood && faults.without.size === 0;
    return faults;
  }

  /** Gene files that can't be loaded: what is wrong, by path. */
  async #unloaded(text: string): Promise<Map<string, Issue>> {
    const faults = await tryLoading(this.#layout, this.#pool, text, this.#signal);
    const world = faults.get(worldFile);
    // Nothing goes without it.
    if (world) throw new StepFailed(world);
    return faults;
  }

  #taken(): Promise<Taken> {
    return this.#bundle ??= this.#stages.time("bundle", () => bundlePool(this.#layout, this.#pool, this.#signal))
      .then((bundle) => ({ data: takeApart(bundle.text), ...bundle }));
  }
}

/** What is wrong with a gene file that a wiring needs and that could not be bundled, or not be loaded. */
function unbundled({ called }: BuildWiring, without: Faults["without"]): Issue | undefined {
  if (without.size === 0) return undefined;
  const file = called.map((gene) => gene.slice(0, gene.indexOf("#"))).find((path) => without.has(path));
  return file === undefined ? undefined : without.get(file);
}

/** Waits for both to end, also where one fails: no tool is left at work in the folder. */
async function all<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return await Promise.all([a, b]);
}
