/**
 * Makes artifacts of wirings: type check and bundle of the pool, once; then for each wiring join, prove, store.
 *
 * @module
 */

import { sha256Now } from "../util/hash_now.ts";
import { worldFile } from "../run/layout.ts";
import { fullName } from "../runtime/names.ts";
import type { Pool } from "../genome/pool.ts";
import type { ProcessLimits } from "../isolation/limits.ts";
import { type Issue, StepFailed } from "../util/issue.ts";
import { Stages } from "../step/stages.ts";
import type { WiringText } from "../wiring/wiring.ts";
import { joinArtifact } from "../isolation/artifact.ts";
import { bundleJudge, bundlePool, type PoolBundle } from "./bundle.ts";
import { bundleCarrier } from "./carrier.ts";
import { check, PoolCheck } from "./check.ts";
import type { Layout } from "./layout.ts";
import { type PoolGene, PoolParts } from "./parts.ts";
import { isWhole } from "./prove.ts";
import { artifactPath, storeProgram } from "../signing/store.ts";
import { tryLoading } from "./trial.ts";

/** A wiring that is to be built. */
export interface BuildWiring extends Pick<WiringText, "mod" | "called" | "body"> {
  /** Its build key: 64 hexadecimal digits. */
  readonly key: string;
}

/** What a wiring came to: the hash of its artifact in the store, or what is wrong. */
export type Outcome = Stored | { readonly issue: Issue };

/** An artifact in the store. */
export interface Stored {
  /** Its hash. */
  readonly artifact: string;
  /** Its bytes, where they were made just now. */
  readonly program?: Uint8Array;
}

/** What a compiler may be told. */
export interface CompilerOptions {
  /** Whether all of the pool is known to check, bundle and load. @default false */
  readonly isAdmitted?: boolean;
  /** Ends the tools. */
  readonly signal?: AbortSignal;
  /** What the type checker may take. @default toolLimits */
  readonly limits?: ProcessLimits;
  /** Where times are noted. */
  readonly stages?: Stages;
}

/** The bundle of a pool, taken apart. */
interface Taken extends PoolBundle {
  readonly parts: PoolParts;
}

/** What all artifacts of a pool are made of. */
interface Stock extends Omit<Taken, "text"> {
  readonly types: PoolCheck;
  readonly carrier: string;
}

/** Compiles wirings of one pool; what they have in common is checked and bundled once, for the first ones. */
export class Compiler {
  readonly #layout: Layout;
  readonly #pool: Pool;
  readonly #store: string;
  readonly #signal: AbortSignal | undefined;
  readonly #limits: ProcessLimits | undefined;
  readonly #stages: Stages;
  readonly #isAdmitted: boolean;
  #foundGood = false;
  #stock: Promise<Stock> | undefined;
  #bundle: Promise<Taken> | undefined;

  /**
   * @param layout Where to check and bundle.
   * @param pool The pool that lies there.
   * @param store The run's folder `workspace/store`.
   */
  constructor(
    layout: Layout,
    pool: Pool,
    store: string,
    { isAdmitted = false, signal, limits, stages = new Stages() }: CompilerOptions = {},
  ) {
    this.#isAdmitted = isAdmitted;
    this.#layout = layout;
    this.#pool = pool;
    this.#store = store;
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
    // What goes wrong is told by `compile`.
    (this.#stock ??= this.#prepare()).catch(() => {});
  }

  /**
   * Makes and stores the artifacts of wirings with distinct keys.
   *
   * Needs run permission for the tools, read and write permission for the store.
   *
   * @returns What each came to, by build key.
   * @throws {StepFailed} If a tool or the project's own runtime is broken.
   */
  async compile(wirings: readonly BuildWiring[]): Promise<Map<string, Outcome>> {
    const outcomes = new Map<string, Outcome>();
    if (wirings.length === 0) {
      // No tool is left at work where it turns out that none was needed.
      await this.#stock?.catch(() => {});
      return outcomes;
    }
    const stock = await (this.#stock ??= this.#prepare());
    for (const wiring of wirings) {
      const issue = stock.types.issueOf(wiring) ?? unbundled(wiring, stock);
      const outcome = issue ? { issue } : await this.#stages.time("store", () => this.#finish(stock, wiring));
      outcomes.set(wiring.key, outcome);
    }
    return outcomes;
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
   * The text of the program that holds all genes of the layout's pool, but for those of files that can't be bundled.
   *
   * Needs run permission for the bundler.
   */
  async pool(): Promise<string> {
    const [carrier, { parts }] = await all(bundleCarrier("pool", this.#signal), this.#taken());
    return joinArtifact("pool", carrier, parts.textForAll(allGenes(this.#pool)));
  }

  async #prepare(): Promise<Stock> {
    const types = this.#isAdmitted
      ? Promise.resolve(new PoolCheck(this.#layout, []))
      : this.#stages.time("check", () => check(this.#layout, { signal: this.#signal, limits: this.#limits }));
    const carrier = bundleCarrier("agent", this.#signal);
    const taken = this.#taken();
    await Promise.allSettled([types, carrier, taken]);
    const { parts, without, text } = await taken;
    const stock = { types: await types, carrier: await carrier, parts };
    if (this.#isAdmitted) return { ...stock, without };
    const unloaded = await this.#stages.time("trial", () => this.#unloaded(text));
    this.#foundGood = stock.types.isGood && without.size + unloaded.size === 0;
    return { ...stock, without: new Map([...unloaded, ...without]) };
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
      .then((bundle) => ({ parts: new PoolParts(bundle.text), ...bundle }));
  }

  async #finish({ carrier, parts }: Stock, wiring: BuildWiring): Promise<Outcome> {
    const genes = parts.textFor(wiring);
    // The carrier has been proven when it was bundled.
    if (!await isWhole(genes)) {
      return {
        issue: { code: "build.import", message: "The bundle would load other modules, which no artifact may." },
      };
    }
    const program = encoder.encode(joinArtifact("agent", carrier, genes));
    const artifact = sha256Now(program);
    storeProgram(artifactPath(this.#store, artifact), program);
    return { artifact, program };
  }
}

const encoder = new TextEncoder();

/** What is wrong with a gene file that a wiring needs and that could not be bundled, or not be loaded. */
function unbundled({ called }: BuildWiring, { without }: Stock): Issue | undefined {
  if (without.size === 0) return undefined;
  const file = called.map((gene) => gene.slice(0, gene.indexOf("#"))).find((path) => without.has(path));
  return file === undefined ? undefined : without.get(file);
}

/** All genes of a pool, in the order of `GeneChoice`. */
export function allGenes({ files }: Pool): PoolGene[] {
  return files.flatMap(({ path, functions }) =>
    functions.map(({ name, phase }) => ({ name: fullName(path, name), phase }))
  );
}

/** Waits for both to end, also where one fails: no tool is left at work in the folder. */
async function all<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return await Promise.all([a, b]);
}
