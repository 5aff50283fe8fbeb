/**
 * Makes artifacts of wirings: type check, bundle, join, prove, store.
 *
 * @module
 */

import { sha256 } from "../agents/hash.ts";
import type { Issue } from "../issue.ts";
import { Stages } from "../step/stages.ts";
import { joinArtifact } from "./artifact.ts";
import { bundleEach, bundleJudge, bundleShared, bundleTogether } from "./bundle.ts";
import { bundleCarrier } from "./carrier.ts";
import { check } from "./check.ts";
import { type BuildWiring, clearWirings, type Layout, layWirings, poolEntry } from "./layout.ts";
import { isWhole } from "./prove.ts";
import { artifactPath, storeProgram } from "./store.ts";

/** What a wiring came to: the hash of its artifact in the store, or what is wrong. */
export type Outcome = { readonly artifact: string } | { readonly issue: Issue };

/** What a compiler may be told. */
export interface CompilerOptions {
  /** Ends the tools. */
  readonly signal?: AbortSignal;
  /** Where times are noted. */
  readonly stages?: Stages;
}

/** Compiles wirings; the runtime is bundled once, for the first ones. */
export class Compiler {
  readonly #layout: Layout;
  readonly #store: string;
  readonly #signal: AbortSignal | undefined;
  readonly #stages: Stages;
  #carrier: Promise<string> | undefined;

  /**
   * @param layout Where to check and bundle.
   * @param store The run's folder `workspace/store`.
   */
  constructor(layout: Layout, store: string, { signal, stages = new Stages() }: CompilerOptions = {}) {
    this.#layout = layout;
    this.#store = store;
    this.#signal = signal;
    this.#stages = stages;
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
    if (wirings.length === 0) return new Map();
    await layWirings(this.#layout, wirings);
    this.#carrier ??= bundleCarrier("agent", this.#signal);
    const [issues, together, carrier] = await all(
      this.#stages.time("check", () => check(this.#layout, wirings, this.#signal)),
      this.#stages.time("bundle", () => bundleTogether(this.#layout, wirings, this.#signal)),
      this.#carrier,
    );
    // What has the wrong types often can't be bundled either, and then nothing was.
    const bundles = together instanceof Map
      ? together
      : await bundleEach(this.#layout, wirings.filter(({ key }) => !issues.has(key)), this.#signal);
    const outcomes = new Map<string, Outcome>();
    for (const { key } of wirings) {
      const result = issues.get(key) ?? bundles.get(key)!;
      const finish = async (genes: string) => await this.#stages.time("store", () => this.#finish(carrier, genes));
      outcomes.set(key, typeof result === "string" ? await finish(result) : { issue: result });
    }
    clearWirings(this.#layout, wirings);
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
   * The text of the program that holds all genes of the layout's pool, or why there is none.
   *
   * Needs run permission for the bundler.
   */
  async pool(): Promise<string | Issue> {
    const [carrier, genes] = await Promise.all([
      bundleCarrier("pool", this.#signal),
      bundleShared(this.#layout, poolEntry, this.#signal),
    ]);
    return typeof genes === "string" ? joinArtifact("pool", carrier, genes) : genes;
  }

  async #finish(carrier: string, genes: string): Promise<Outcome> {
    // The carrier has been proven when it was bundled.
    if (!await isWhole(genes)) {
      return {
        issue: { code: "build.import", message: "The bundle would load other modules, which no artifact may." },
      };
    }
    const program = joinArtifact("agent", carrier, genes);
    const artifact = await sha256(program);
    await storeProgram(artifactPath(this.#store, artifact), program);
    return { artifact };
  }
}

/** Waits for all to end, also where one fails: no tool is left at work in the folder. */
async function all<A, B, C>(a: Promise<A>, b: Promise<B>, c: Promise<C>): Promise<[A, B, C]> {
  await Promise.allSettled([a, b, c]);
  return await Promise.all([a, b, c]);
}
