/**
 * The programs of one pool, present or former: those by which genomes are run apart from their agents, and judged.
 *
 * @module
 */

import type { Listing } from "../db/listing.ts";
import type { Pool } from "../genome/pool.ts";
import type { HostedData } from "../isolation/data.ts";
import type { Judge } from "../isolation/judge.ts";
import type { Sandbox } from "../isolation/launcher.ts";
import type { Config } from "../run/config_schema.ts";
import type { RunPaths } from "../run/paths.ts";
import type { Genome } from "../runtime/genome_schema.ts";
import { loadVerifier } from "../signing/sign.ts";
import { presentPool } from "../template/template.ts";
import { Artifacts, presentFacts } from "./artifacts.ts";
import type { Cut } from "./kit.ts";
import { openJudge } from "./open_judge.ts";
import { openViewer } from "./open_viewer.ts";
import { StepFailed } from "../util/issue.ts";

/** Codes of what a former pool may lack, as it is not built any more. */
const lacking: ReadonlySet<string> = new Set(["judge.missing", "pool.unbuilt", "data.missing", "view.missing"]);

/** Programs of the pool of an evaluation. */
export class PoolPrograms {
  readonly #pool: Pool;
  readonly #artifacts: Artifacts;
  readonly #isPresent: boolean;
  /** Hash of the present runtime, which these programs hold. */
  readonly runtime: string;

  private constructor(pool: Pool, artifacts: Artifacts, isPresent: boolean, runtime: string) {
    this.#pool = pool;
    this.#artifacts = artifacts;
    this.#isPresent = isPresent;
    this.runtime = runtime;
  }

  /** Needs read permission for the store, the public key and `lib/runtime`. */
  static async open(listing: Listing, paths: RunPaths, pool: Pool, hash: string): Promise<PoolPrograms> {
    const [verifier, { due: { runtime } }] = await Promise.all([
      loadVerifier(paths.publicKey),
      presentFacts(listing, pool),
    ]);
    const facts = { pool, due: { pool: hash, runtime } };
    const artifacts = new Artifacts(listing, paths, verifier, facts, { readOnly: true });
    return new PoolPrograms(pool, artifacts, hash === presentPool(listing), runtime);
  }

  /** The data of the world; `lost` where it is of a former pool and not kept. */
  async data(): Promise<HostedData | undefined | "lost"> {
    return await this.#kept(() => this.#artifacts.data());
  }

  /** The judge; `lost` where it is of a former world. */
  async judge(config: Config, sandbox: Sandbox, data: HostedData | undefined): Promise<Judge | "lost"> {
    return await this.#kept(() => openJudge({ artifacts: this.#artifacts, config, sandbox, data }));
  }

  /** What draws its world; `lost` where that is a former one. @throws {Misuse} `view.none`, if the template has no view. */
  async viewer(config: Config, sandbox: Sandbox, data: HostedData | undefined): Promise<Judge | "lost"> {
    const artifacts = this.#artifacts;
    return await this.#kept(() => openViewer(this.#pool, { artifacts, config, sandbox, data }));
  }

  /**
   * The program of a genome, cut from the signed kit of the pool; `lost` where that is not kept.
   *
   * No statement need name the genome: what is in the kit was read, audited and built by the project whose key has signed
   * it, and a genome only chooses of that.
   */
  async cut(genome: Genome): Promise<Cut | "lost"> {
    return await this.#kept(async () => await (await this.#artifacts.cutter()).cut(genome));
  }

  /** All genes with the world, from the same kit, for a program of the whole pool; `lost` where that is not kept. */
  async genes(): Promise<string | "lost"> {
    return await this.#kept(async () => (await this.#artifacts.cutter()).genes());
  }

  /** What the present pool lacks is for `build` to make. */
  async #kept<T>(open: () => Promise<T>): Promise<T | "lost"> {
    try {
      return await open();
    } catch (error) {
      if (!this.#isPresent && error instanceof StepFailed && lacking.has(error.issue.code)) return "lost";
      throw error;
    }
  }
}
