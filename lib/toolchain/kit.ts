/**
 * The kit of a pool: what artifacts of its genomes are cut from, when something runs or shows one.
 *
 * @module
 */

import { buildHash } from "../db/build_key.ts";
import { fitToPool } from "../genome/fit.ts";
import type { Pool } from "../genome/pool.ts";
import { joinArtifact } from "../isolation/artifact.ts";
import type { Genome } from "../runtime/genome_schema.ts";
import { fullName } from "../runtime/names.ts";
import { type Wired, wiredBy } from "../template/wiring_of.ts";
import type { ModuleLanguage, ModuleParts } from "./code_module.ts";
import { allGenes, type PoolData, PoolParts } from "./parts.ts";

/** A kit: plain data, kept as JSON. */
export interface Kit {
  /** The runtime for agents, from `bundleCarrier`. */
  readonly carrier: string;
  /** The runtime for modules of the user's own, likewise. */
  readonly module: string;
  /** The bundle of the pool, taken apart. */
  readonly pool: PoolData;
}

/** An artifact. */
export interface Cut {
  /** The key of its content. */
  readonly buildHash: string;
  /** JavaScript. */
  readonly program: string;
}

/** What a genome names and the pool lacks was passed over when it was taken up: it is no part of a wiring. */
const passedOver = { has: () => true };

/** Cuts artifacts. */
export class Cutter {
  readonly #pool: Pool;
  readonly #runtime: string;
  readonly #carrier: string;
  readonly #module: string;
  readonly #parts: PoolParts;

  /**
   * @param kit The text of a kit, proved.
   * @param pool The pool that it is of.
   * @param runtime Hash of the runtime that it carries.
   */
  constructor(kit: string, pool: Pool, runtime: string) {
    const { carrier, module, pool: data }: Kit = JSON.parse(kit);
    this.#pool = pool;
    this.#runtime = runtime;
    this.#carrier = carrier;
    this.#module = module;
    this.#parts = new PoolParts(data);
  }

  /** The artifact of a genome: the same bytes for the same genome, pool and runtime. */
  async cut(genome: Genome): Promise<Cut> {
    const { wiring, buildKey } = await this.#wired(genome);
    const program = joinArtifact("agent", this.#carrier, this.#parts.textFor(wiring));
    return { buildHash: await buildHash(buildKey, this.#runtime), program };
  }

  /** All genes of the pool with the world, as {@linkcode PoolParts.textForAll} has them. */
  genes(): string {
    return this.#parts.textForAll(allGenes(this.#pool));
  }

  /**
   * A module for the user's own program, with the genome's genes and the world; those of `birth` and `end` are left out.
   *
   * @param from What it says of where it is from, and the root of random streams where the genome says it.
   */
  async module(
    genome: Genome,
    language: ModuleLanguage,
    from: Pick<ModuleParts, "about" | "genomeSeed">,
  ): Promise<string> {
    const { wiring } = await this.#wired(genome);
    const genes = this.#parts.textFor(wiring, genesOfChange(this.#pool));
    const { moduleText } = await import("./code_module.ts");
    return moduleText({ genes, carrier: this.#module, ...from }, language);
  }

  async #wired(genome: Genome): Promise<Wired> {
    const fitted = fitToPool(genome, this.#pool, passedOver);
    if (!fitted.ok) throw new TypeError(fitted.issue.message);
    return await wiredBy(fitted.value.genome, this.#pool);
  }
}

/** Full names of the genes that are called when an agent may change itself, and not in an episode. */
function genesOfChange({ files }: Pool): ReadonlySet<string> {
  return new Set(
    files.flatMap(({ path, functions }) =>
      functions.filter(({ phase }) => phase === "birth" || phase === "end").map(({ name }) => fullName(path, name))
    ),
  );
}
