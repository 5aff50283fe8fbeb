/**
 * What one run of build works with; each part is made when it is first needed.
 *
 * @module
 */

import type { KnownPools } from "../template/known_pools.ts";
import type { Issue, Result } from "../util/issue.ts";
import type { StepContext } from "../step/context.ts";
import { overWorkers } from "../step/pool.ts";
import type { BuildWiring, Compiler } from "./compile.ts";
import type { Derived, DeriveOrder } from "./derive.ts";
import type { BuildBase } from "./due.ts";

// A genome takes a fraction of a millisecond, a worker takes 30 to start: few genomes are not worth one.
const genomesAtOnce = 100;
const inlineBelow = 3;

/** Derives wirings and compiles them. */
export class Workshop {
  readonly #step: StepContext;
  readonly #base: BuildBase;
  readonly #pools: KnownPools;
  readonly #isAdmitted: boolean;
  #compiler: Promise<Compiler> | undefined;

  /** @param isAdmitted Whether the pool was found to be good under the present contract, audit and tools. */
  constructor(step: StepContext, base: BuildBase, pools: KnownPools, isAdmitted: boolean) {
    this.#isAdmitted = isAdmitted;
    this.#step = step;
    this.#base = base;
    this.#pools = pools;
  }

  /** Hash of the present pool's world. */
  get world(): string {
    return this.#pools.pool.worldHash;
  }

  /** The wirings of genomes in their order, or what is wrong with them. */
  async derive(genomes: readonly Uint8Array[]): Promise<Result<Derived>[]> {
    const results = overWorkers<DeriveOrder, Result<Derived>[]>({
      module: new URL("./derive.ts", import.meta.url),
      inline: () => import("./derive.ts"),
      items: this.#orders(genomes),
      workers: this.#step.workers,
      signal: this.#step.signal,
      inlineBelow,
      timed: (ms) => this.#step.stages.add("derive", ms),
    });
    const derived: Result<Derived>[] = [];
    for await (const some of results) derived.push(...some);
    return derived;
  }

  /** Begins with what is the same for all wirings, see {@linkcode Compiler.prepare}. */
  prepare(): void {
    if (this.#isAdmitted) return;
    // What goes wrong is reported by `compile`.
    this.#makeCompiler().then((compiler) => compiler.prepare(), () => {});
  }

  /** Finds out whether wirings can be built, see {@linkcode Compiler.compile}. */
  async compile(wirings: readonly BuildWiring[]): Promise<Map<string, Issue | undefined>> {
    if (this.#isAdmitted) return new Map(wirings.map(({ key }) => [key, undefined]));
    if (wirings.length === 0 && !this.#compiler) return new Map();
    return await (await this.#makeCompiler()).compile(wirings);
  }

  /** Whether the pool was looked into, and is good. */
  async foundGood(): Promise<boolean> {
    return this.#compiler !== undefined && (await this.#compiler).foundGood;
  }

  /** The text of the judge program. */
  async judge(): Promise<string> {
    return await (await this.#makeCompiler()).judge();
  }

  /** The text of the program that draws the pool's world, which has a view. */
  async view(): Promise<string> {
    return await (await this.#makeCompiler()).view();
  }

  /** The text of the program that holds all genes of the pool. */
  async pool(): Promise<string> {
    return await (await this.#makeCompiler()).pool();
  }

  /** The text of the kit of the pool. */
  async kit(): Promise<string> {
    return await (await this.#makeCompiler()).kit();
  }

  /** The line of data of the pool's world, which has some. Needs read permission for `workspace/template` and `lib/`. */
  async data(): Promise<string> {
    const { dataLine } = await import("../template/data_line.ts");
    return await dataLine(await this.#pools.dataOf(this.#pools.present), "template", this.#step.signal);
  }

  #makeCompiler(): Promise<Compiler> {
    return this.#compiler ??= this.#open();
  }

  async #open(): Promise<Compiler> {
    const [{ Compiler }, { prepareLayout }] = await Promise.all([import("./compile.ts"), import("./layout.ts")]);
    const { pool, present } = this.#pools;
    const code = [...await this.#pools.codeOf(present), ...await this.#pools.viewOf(present)];
    const layout = await prepareLayout(this.#base.store, code, pool, this.#base.runtime);
    return new Compiler(layout, pool, {
      signal: this.#step.signal,
      stages: this.#step.stages,
    });
  }

  async *#orders(genomes: readonly Uint8Array[]): AsyncGenerator<DeriveOrder> {
    const { pool } = this.#pools;
    const former = await this.#pools.formerNames();
    for (let from = 0; from < genomes.length; from += genomesAtOnce) {
      yield { pool, former, genomes: genomes.slice(from, from + genomesAtOnce) };
    }
  }
}
