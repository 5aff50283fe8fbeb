/**
 * What agents are run by, proved before it is started to be what was built and signed for a genome.
 *
 * @module
 */

import { sha256 } from "../util/hash.ts";
import { knownRuntime } from "../db/known_runtime.ts";
import type { Listing } from "../db/listing.ts";
import { dropStatementsAbout, signaturesOf, type SoughtPair } from "../db/signed_statements.ts";
import { fromBytes } from "../runtime/genome_bytes.ts";
import type { Genome } from "../runtime/genome_schema.ts";
import { presentPool } from "../template/template.ts";
import { runtimeHash } from "../wiring/runtime_hash.ts";
import { buildPolicy } from "./policy.ts";
import type { HostedData } from "../isolation/data.ts";
import { dataCost } from "../db/data_cost.ts";
import type { Programs } from "../isolation/isolation.ts";
import type { ArtifactReference } from "../isolation/request.ts";
import { CutFiles } from "./cut_files.ts";
import type { Cutter } from "./kit.ts";
import { dataName, findProgram, kitName } from "./programs.ts";
import type { Verifier } from "../signing/sign.ts";
import { mostProgram, programPath } from "../signing/store.ts";
import { bad, good, type Result, StepFailed } from "../util/issue.ts";
import { errnoOf, isOfOnePath } from "../util/system_error.ts";
import { readFileLimited } from "../util/files.ts";
import { artifactFolder } from "../run/layout.ts";
import type { RunPaths } from "../run/paths.ts";
import type { Pool } from "../genome/pool.ts";

const encoder = new TextEncoder();

/** What programs are proved against. */
export interface ProgramFacts {
  /** The present pool, and the hashes of it and of the runtime. */
  readonly pool: Pool;
  readonly due: { readonly pool: string; readonly runtime: string };
}

/** What the programs of the present pool are proved against. Needs read permission for `lib/runtime`. */
export async function presentFacts(listing: Listing, pool: Pool): Promise<ProgramFacts> {
  const source = await runtimeHash();
  return { pool, due: { pool: presentPool(listing), runtime: knownRuntime(listing, source) ?? source } };
}

/**
 * Proves programs and cuts artifacts, which lie beside the agents until it is disposed of.
 *
 * A statement that was verified once in a step is not verified again.
 */
export class Artifacts implements Programs, Disposable {
  readonly #listing: Listing;
  readonly #store: string;
  readonly #verifier: Verifier;
  readonly #facts: ProgramFacts;
  readonly #readOnly: boolean;
  readonly #proved = new Set<string>();
  readonly #files: CutFiles;
  #cutter: Promise<Cutter> | undefined;

  constructor(
    listing: Listing,
    { store, agents }: Pick<RunPaths, "store" | "agents">,
    verifier: Verifier,
    facts: ProgramFacts,
    { readOnly = false }: { readonly readOnly?: boolean } = {},
  ) {
    this.#readOnly = readOnly;
    this.#listing = listing;
    this.#store = store;
    this.#files = new CutFiles(`${agents}/${artifactFolder}`);
    this.#verifier = verifier;
    this.#facts = facts;
  }

  /**
   * The path of a program that agents share, or why it may not run: `artifact.unsigned` (no valid statement under the
   * present world, runtime and policy), `artifact.missing` (or a link), `artifact.changed` (not the bytes that were signed).
   *
   * One that is not what was signed is forgotten where the listing may be written, so that `build` makes it anew. Needs
   * read permission for the store.
   *
   * @param name What stands for the genome in its statement.
   */
  async program(name: string): Promise<Result<string>> {
    const found = findProgram(this.#listing, name, this.#base);
    if (!found || !await this.isSigned(found.artifact, name)) return unsigned("There is no signed program.");
    const path = programPath(this.#store, found.artifact);
    const proof = await this.#proof(path, found.artifact);
    if (!proof.ok && !this.#readOnly) dropStatementsAbout(this.#listing, name);
    return proof;
  }

  /**
   * The data of the world, as processes are given it; undefined where it has none.
   *
   * Needs read permission for the store.
   *
   * @throws {StepFailed} If there is no signed data of this world.
   */
  async data(): Promise<HostedData | undefined> {
    const { due, pool } = this.#facts;
    if (!pool.data) return undefined;
    const proof = await this.program(dataName(due.pool));
    if (!proof.ok) {
      throw new StepFailed({
        code: "data.missing",
        message:
          `Cannot evaluate as there must be signed data of this world: ${proof.issue.message} Run \`deno task build\` again.`,
        path: proof.issue.path,
      });
    }
    const line = await Deno.readTextFile(proof.value);
    return { line, bytes: encoder.encode(`${line}\n`), cost: dataCost(this.#listing, due.pool, line.length) };
  }

  async #proof(path: string, hash: string): Promise<Result<string>> {
    let bytes: Uint8Array;
    try {
      // What a link points to can be another file by the time that it is started.
      bytes = await readFileLimited(path, mostProgram);
    } catch (error) {
      // What the machine lacks is wrong with no program; one bad place of the disk is.
      const isItsOwn = isOfOnePath(error);
      if (!isItsOwn && errnoOf(error) !== "EIO") throw error;
      return bad("artifact.missing", "The program can't be read from the store.", path);
    }
    if (await sha256(bytes) === hash) return good(path);
    return bad("artifact.changed", "The program in the store is not the one that was signed.", path);
  }

  /**
   * The path of the artifact that an agent may run as, cut now; or why it may not: `artifact.unsigned` (no valid statement
   * names what it is built as and its genome), `artifact.changed` (its genome comes to something else).
   *
   * Needs read permission for the store and write permission for the agents' folders.
   *
   * @throws {StepFailed} If there is no kit to cut it from.
   */
  async prove({ artifact, genome, bytes }: ArtifactReference): Promise<Result<string>> {
    if (!await this.isSigned(artifact, genome)) {
      return unsigned("What it is built as is not signed for its genome.");
    }
    const cutter = await this.cutter();
    const cut = await cutter.cut(fromBytes(bytes) as Genome);
    if (cut.buildHash !== artifact) {
      return bad("artifact.changed", "What it is built as is not what its genome comes to in the present pool.");
    }
    return good(this.#files.write(artifact, cut.program));
  }

  /**
   * What cuts artifacts and modules, from the signed kit.
   *
   * Needs read permission for the store.
   *
   * @throws {StepFailed} If there is none.
   */
  async cutter(): Promise<Cutter> {
    return await (this.#cutter ??= this.#open());
  }

  /** Where an artifact lies while something runs it. */
  pathOf(artifact: string): string {
    return this.#files.pathOf(artifact);
  }

  /** The signature of the statement that names an artifact and a genome; undefined where {@linkcode isSigned} is false. */
  async signature(artifact: string, genome: string): Promise<string | undefined> {
    return await this.isSigned(artifact, genome)
      ? signaturesOf(this.#listing, [{ artifact, genome }], this.#base).get(0)
      : undefined;
  }

  /** Whether a valid statement names an artifact and a genome, under the present world, runtime and policy. */
  async isSigned(artifact: string, genome: string): Promise<boolean> {
    return (await this.areSigned([{ artifact, genome }])).size > 0;
  }

  /** Those of many of which {@linkcode isSigned} is true. */
  async areSigned(pairs: readonly SoughtPair[]): Promise<ReadonlySet<SoughtPair>> {
    const base = this.#base;
    const isProved = (pair: SoughtPair) => this.#proved.has(keyOf(pair));
    const sought = pairs.filter((pair) => !isProved(pair));
    const signatures = sought.length === 0 ? [] : signaturesOf(this.#listing, sought, base);
    for (const [place, signature] of signatures) {
      const pair = sought[place]!;
      if (await this.#verifier.verify({ ...pair, ...base }, signature)) this.#proved.add(keyOf(pair));
    }
    return new Set(pairs.filter(isProved));
  }

  /** Removes the artifacts that were cut. */
  [Symbol.dispose](): void {
    this.#files[Symbol.dispose]();
  }

  get #base() {
    const { due: { runtime }, pool } = this.#facts;
    return { runtime, world: pool.worldHash, policy: buildPolicy };
  }

  async #open(): Promise<Cutter> {
    const { due: { pool: hash, runtime }, pool } = this.#facts;
    const kit = await this.program(kitName(hash));
    if (!kit.ok) {
      throw new StepFailed({
        code: "pool.unbuilt",
        message: `Cannot go on as there must be a signed kit of this pool and runtime: ${kit.issue.message} ` +
          "Run `deno task build` again.",
      });
    }
    const { Cutter } = await import("./kit.ts");
    return new Cutter(await Deno.readTextFile(kit.value), pool, runtime);
  }
}

function keyOf({ artifact, genome }: SoughtPair): string {
  return `${artifact} ${genome}`;
}

function unsigned(message: string): Result<never> {
  return bad("artifact.unsigned", message);
}
