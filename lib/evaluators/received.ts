/**
 * The programs of shared inputs as an evaluator has them: taken from the broker, and run only if the project has signed them.
 *
 * @module
 */

import type { HostedData } from "../isolation/data.ts";
import type { PoolProgram, Programs } from "../isolation/isolation.ts";
import type { ArtifactReference, EvaluationRequest } from "../isolation/request.ts";
import { BytesError, fromBytes } from "../runtime/genome_bytes.ts";
import type { Genome } from "../runtime/genome_schema.ts";
import type { Verifier } from "../signing/sign.ts";
import { CutFiles } from "../toolchain/cut_files.ts";
import { Cutter } from "../toolchain/kit.ts";
import { buildPolicy } from "../toolchain/policy.ts";
import { removeFolder, writeFileAtomicSync } from "../util/files.ts";
import { sha256 } from "../util/hash.ts";
import { bad, good, type Result } from "../util/issue.ts";
import type { Contents, Source } from "./contents.ts";
import { type Asked, MessageError, type SharedInputs, type SharedProgram } from "./protocol.ts";
import { requestOf } from "./requests.ts";
import { readSharedInputs } from "./shared_inputs.ts";

/** How many signatures are remembered as verified. */
const mostVerified = 100_000;

const decoder = new TextDecoder("utf-8", { fatal: true });

/** What programs are received with. */
export interface ReceiveParts {
  readonly verifier: Verifier;
  readonly contents: Contents;
  readonly source: Source;
  /** A folder for these alone; made here. */
  readonly folder: string;
}

/** The programs of some shared inputs, until they are disposed of. */
export class ReceivedPrograms implements Programs, Disposable {
  readonly #shared: SharedInputs;
  readonly #verifier: Verifier;
  readonly #folder: string;
  readonly #cutter: Cutter;
  readonly #files: CutFiles;
  readonly #signatures = new WeakMap<ArtifactReference, string>();
  readonly #verified = new Set<string>();
  /** The program of the pool; absent where there is none. */
  readonly pool: PoolProgram | undefined;
  /** The data of the world; absent where it has none. */
  readonly data: HostedData | undefined;

  private constructor(
    { verifier, folder }: ReceiveParts,
    { shared, kit, all, data }: { shared: SharedInputs; kit: string; all?: Uint8Array; data?: string },
  ) {
    this.#shared = shared;
    this.#verifier = verifier;
    this.#folder = folder;
    this.#cutter = new Cutter(kit, shared.pool, shared.runtime);
    this.#files = new CutFiles(`${folder}/cut`);
    this.pool = all && { path: `${folder}/pool.js`, sharedInputs: sharedLine(shared) };
    this.data = data === undefined ? undefined : hosted(data, shared);
    Deno.mkdirSync(folder, { recursive: true });
    if (all) writeFileAtomicSync(`${folder}/pool.js`, all);
  }

  /**
   * Takes the programs of shared inputs.
   *
   * Needs read and write permission for the folders.
   *
   * @param hash SHA-256 of the shared inputs.
   * @throws {MessageError} If they, or one of their programs, can't be had, are malformed, or not signed.
   */
  static async open(hash: string, parts: ReceiveParts): Promise<ReceivedPrograms> {
    const { contents, source } = parts;
    const shared = readSharedInputs(await contents.get(hash, source));
    if (shared.policy !== buildPolicy) {
      throw new MessageError("Their programs must be built by the same release as this one");
    }
    const taken = async (program: SharedProgram | undefined) => {
      if (!program) return undefined;
      const { artifact, name, signature } = program;
      if (!await isSigned(parts.verifier, shared, { artifact, genome: name, signature })) {
        throw new MessageError(`Their program ${name.slice(0, 16)} must be signed by the key that this evaluator has`);
      }
      return await contents.get(artifact, source);
    };
    const [kit, all, data] = [await taken(shared.kit), await taken(shared.all), await taken(shared.data)];
    try {
      const text = (bytes: Uint8Array | undefined) => bytes && decoder.decode(bytes);
      return new ReceivedPrograms(parts, { shared, kit: text(kit)!, all, data: text(data) });
    } catch (error) {
      // Of a signed kit and a pool that is not of it.
      if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
      throw new MessageError(`They must fit each other: ${error.message}`);
    }
  }

  /** The limits of one evaluation. */
  get limits(): SharedInputs["limits"] {
    return this.#shared.limits;
  }

  /**
   * The request of what is asked; or `artifact.unsigned`, where that is not signed for its genome.
   *
   * What the program of the pool is to run needs no signature of its own: that program is signed, whatever is chosen of it,
   * and before its own program is started that is {@linkcode prove}d.
   *
   * @throws {MessageError} If it is nothing that can be asked.
   */
  async request(asked: Asked): Promise<Result<EvaluationRequest>> {
    const request = requestOf(asked, this.#shared);
    const { artifact: reference } = request;
    this.#signatures.set(reference, asked.signature);
    if (await sha256(reference.bytes) !== reference.genome) {
      return bad("artifact.unsigned", "Its genome is not the one that its program is built for.");
    }
    const isOfPool = this.pool !== undefined && request.chosen !== undefined;
    return isOfPool || await this.#isSigned(reference) ? good(request) : unsigned();
  }

  /** The path of the artifact that a request names, cut now; or why it must not be started, as `Artifacts` at home. */
  async prove(reference: ArtifactReference): Promise<Result<string>> {
    if (!await this.#isSigned(reference)) return unsigned();
    const { artifact, bytes } = reference;
    const program = await this.#cut(bytes);
    if (program?.buildHash !== artifact) {
      return bad("artifact.changed", "What it is built as is not what its genome comes to in the present pool.");
    }
    return good(this.#files.write(artifact, program.program));
  }

  /** Removes their files. */
  [Symbol.dispose](): void {
    removeFolder(this.#folder);
  }

  async #cut(bytes: Uint8Array) {
    try {
      return await this.#cutter.cut(fromBytes(bytes) as Genome);
    } catch (error) {
      // Neither the genome nor the pool was looked into before.
      if (error instanceof BytesError || error instanceof TypeError) return undefined;
      throw error;
    }
  }

  async #isSigned(reference: ArtifactReference): Promise<boolean> {
    const { artifact, genome } = reference;
    const signature = this.#signatures.get(reference);
    if (signature === undefined) return false;
    const key = `${artifact} ${genome} ${signature}`;
    if (this.#verified.has(key)) return true;
    if (!await isSigned(this.#verifier, this.#shared, { artifact, genome, signature })) return false;
    if (this.#verified.size >= mostVerified) this.#verified.clear();
    this.#verified.add(key);
    return true;
  }
}

async function isSigned(
  verifier: Verifier,
  { runtime, world, policy }: SharedInputs,
  { artifact, genome, signature }: { readonly artifact: string; readonly genome: string; readonly signature: string },
): Promise<boolean> {
  return await verifier.verify({ artifact, genome, runtime, world, policy }, signature);
}

function sharedLine({ poolJson, worldsJson }: SharedInputs): string {
  return `{"pool":${poolJson},"worlds":${worldsJson}}`;
}

function hosted(line: string, { data }: SharedInputs): HostedData {
  return { line, bytes: new TextEncoder().encode(`${line}\n`), cost: data!.cost };
}

function unsigned(): Result<never> {
  return bad("artifact.unsigned", "What it is built as is not signed for its genome.");
}
