/**
 * The programs of one genome for a step that makes them and runs them itself, at once.
 *
 * A signature proves to a step what another one has built, maybe long ago. Here nothing lies between: the programs are in a
 * folder that the step has made and that this user alone can enter, and they are gone with it. No step takes them for signed
 * ones, and nothing that they come to is recorded.
 *
 * @module
 */

import type { Pool } from "../genome/pool.ts";
import { joinArtifact } from "../isolation/artifact.ts";
import type { CodeFile } from "../run/layout.ts";
import type { Genome } from "../runtime/genome_schema.ts";
import type { Stages } from "../step/stages.ts";
import { type Issue, StepFailed } from "../util/issue.ts";
import { runtimeHash } from "../wiring/runtime_hash.ts";
import { wire } from "../wiring/wiring.ts";
import { bundleJudge, bundlePool } from "./bundle.ts";
import { bundleCarrier } from "./carrier.ts";
import { check } from "./check.ts";
import { type Layout, prepareLayout } from "./layout.ts";
import { allGenes, PoolParts } from "./parts.ts";
import { takeApart } from "./take_apart.ts";
import { tryLoading } from "./trial.ts";

/** Where the programs of a genome and of its judge lie. */
export interface UnsignedPrograms {
  readonly agent: string;
  readonly judge: string;
}

/** What the programs carry, which is the same for all templates. */
export interface UnsignedCarriers {
  readonly agent: Promise<string>;
  readonly judge: Promise<string>;
}

/** Begins with what is the same for all templates, while the template is read. Needs run permission for the bundler. */
export function bundleCarriers(signal: AbortSignal): UnsignedCarriers {
  const [agent, judge] = [bundleCarrier("agent", signal), bundleCarrier("judge", signal)];
  // What goes wrong is told where they are needed.
  for (const one of [agent, judge]) one.catch(() => {});
  return { agent, judge };
}

/** A template in a folder of the step's own, where it is checked, bundled and run. */
export class OwnWorkshop {
  readonly #folder: string;
  readonly #layout: Layout;
  readonly #pool: Pool;
  readonly #stages: Stages;
  readonly #signal: AbortSignal;
  #bundle: string | undefined;

  private constructor(folder: string, layout: Layout, pool: Pool, stages: Stages, signal: AbortSignal) {
    this.#folder = folder;
    this.#layout = layout;
    this.#pool = pool;
    this.#stages = stages;
    this.#signal = signal;
  }

  /**
   * Lays out a template. Needs write permission for the folder, and read permission for `lib/runtime`.
   *
   * @param folder An empty folder that this user alone can enter.
   * @param code The template's files.
   * @throws {StepFailed} If a file is not the one that was audited.
   */
  static async open(
    folder: string,
    code: readonly CodeFile[],
    pool: Pool,
    { stages, signal }: { readonly stages: Stages; readonly signal: AbortSignal },
  ): Promise<OwnWorkshop> {
    const layout = await prepareLayout(folder, code, pool, await runtimeHash());
    return new OwnWorkshop(folder, layout, pool, stages, signal);
  }

  /**
   * What is wrong with the types of the template, if anything. Needs run permission for `/bin/sh`.
   *
   * @throws {StepFailed} If the compiler can't do its work.
   */
  async types(): Promise<Issue | undefined> {
    const found = await this.#stages.time("check", () => check(this.#layout, { signal: this.#signal }));
    return found.firstIn(this.#pool);
  }

  /**
   * Makes the programs of a genome. Needs run permission for `/bin/sh`, and write permission for the folder.
   *
   * @param genome One that fits the pool.
   * @returns What is wrong where they can't be made.
   * @throws {StepFailed} If a tool can't do its work.
   */
  async programs(genome: Genome, carriers: UnsignedCarriers): Promise<UnsignedPrograms | Issue> {
    return await this.#stages.time("build", async () => {
      try {
        return await this.#make(genome, carriers);
      } catch (error) {
        if (error instanceof StepFailed && error.issue.code.startsWith("template.")) return error.issue;
        throw error;
      }
    });
  }

  /**
   * The text of all genes with the world, as a program of the whole pool holds it. Needs what {@linkcode programs} needs.
   *
   * @returns What is wrong where they can't be bundled, or not be loaded.
   */
  async genes(): Promise<string | Issue> {
    return await this.#stages.time("build", async () => {
      try {
        const { text, without } = await bundlePool(this.#layout, this.#pool, this.#signal);
        const [unbundled] = without.values();
        if (unbundled) return unbundled;
        const [unloaded] = (await tryLoading(this.#layout, this.#pool, text, this.#signal)).values();
        return unloaded ?? new PoolParts(takeApart(text)).textForAll(allGenes(this.#pool));
      } catch (error) {
        if (error instanceof StepFailed && error.issue.code.startsWith("template.")) return error.issue;
        throw error;
      }
    });
  }

  async #make(genome: Genome, carriers: UnsignedCarriers): Promise<UnsignedPrograms | Issue> {
    const signal = this.#signal;
    // Each bundler has a folder of its own for what it writes.
    const apart = { ...this.#layout, out: `${this.#layout.out}-judge` };
    const [bundled, judging] = [bundlePool(this.#layout, this.#pool, signal), bundleJudge(apart, signal)];
    await Promise.allSettled([bundled, judging]);
    const { text, without } = await bundled;
    const [unbundled] = without.values();
    if (unbundled) return unbundled;
    const [world, agentCarrier, judgeCarrier] = await Promise.all([judging, carriers.agent, carriers.judge]);
    this.#bundle = text;
    const genes = new PoolParts(takeApart(text)).textFor(wire(genome, this.#pool));
    return {
      agent: await this.#write("agent.js", joinArtifact("agent", agentCarrier, genes)),
      judge: await this.#write("judge.js", joinArtifact("judge", judgeCarrier, world)),
    };
  }

  /** Which file of the template can't be loaded, of one whose program has ended without a word. */
  async unloaded(): Promise<Issue | undefined> {
    try {
      const [first] = (await tryLoading(this.#layout, this.#pool, this.#bundle!, this.#signal)).values();
      return first;
    } catch (error) {
      if (error instanceof StepFailed && error.issue.code === "template.load") return error.issue;
      throw error;
    }
  }

  async #write(name: string, program: string): Promise<string> {
    const path = `${this.#folder}/${name}`;
    await Deno.writeTextFile(path, program, { createNew: true, mode: 0o600 });
    return path;
  }
}
