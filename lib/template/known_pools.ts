/**
 * The pools that a run has had, to recognise their code and their names.
 *
 * @module
 */

import type { DataFile, Pool } from "../genome/pool.ts";
import type { CodeFile } from "../run/layout.ts";
import type { ReadData } from "./data_files.ts";
import { loadCode, loadData, loadView } from "./pool_sources.ts";
import { formerPools, loadPool } from "./pool_store.ts";

/** The present pool of a run and the former ones; each is read when it is first needed. */
export class KnownPools {
  /** The folder of the run's pools. */
  readonly template: string;
  /** Hash of the present pool. */
  readonly present: string;
  readonly #pools = new Map<string, Pool>();
  readonly #code = new Map<string, readonly CodeFile[]>();
  /** Sources by hash: most of them are of many pools. */
  readonly #sources = new Map<string, Uint8Array<ArrayBuffer>>();
  #formerNames: Set<string> | undefined;

  constructor({ template }: { readonly template: string }, present: string) {
    this.template = template;
    this.present = present;
  }

  /** The present pool. Needs read permission for `workspace/template`. */
  get pool(): Pool {
    return this.poolOf(this.present);
  }

  /** One of the pools. Needs read permission for `workspace/template`. */
  poolOf(hash: string): Pool {
    let pool = this.#pools.get(hash);
    if (!pool) this.#pools.set(hash, pool = loadPool(this, hash));
    return pool;
  }

  /** The data of all pools, each of its kind once, that of the present pool first. Needs read permission for `workspace/template`. */
  data(): (readonly DataFile[])[] {
    const hashes = [this.present, ...formerPools(this, this.present)];
    const all = hashes.map((hash) => this.poolOf(hash).data ?? []);
    return [...new Map(all.toReversed().map((data) => [JSON.stringify(data), data])).values()].reverse();
  }

  /** Files of one of the pools. Needs read permission for `workspace/template`. */
  async codeOf(hash: string): Promise<readonly CodeFile[]> {
    let code = this.#code.get(hash);
    if (!code) this.#code.set(hash, code = await loadCode(this, this.poolOf(hash), this.#sources));
    return code;
  }

  /** The view of one of the pools, where it has one. Needs read permission for `workspace/template`. */
  async viewOf(hash: string): Promise<CodeFile[]> {
    return await loadView(this, this.poolOf(hash), this.#sources);
  }

  /** Files of data of one of the pools. Needs read permission for `workspace/template`. */
  async dataOf(hash: string): Promise<ReadData[]> {
    return await loadData(this, this.poolOf(hash), this.#sources);
  }

  /**
   * The pool that has just this code, byte for byte, the present one first.
   *
   * Comparing costs less than hashing, and nearly all agents have the code of the present pool.
   *
   * @param paths Sorted.
   * @param read Bytes of one of them, or `undefined` where they are out of the question.
   */
  async identify(
    paths: readonly string[],
    read: (path: string) => Uint8Array | undefined,
  ): Promise<string | undefined> {
    const bytes = new Map<string, Uint8Array | undefined>();
    const once = (path: string) => {
      if (!bytes.has(path)) bytes.set(path, read(path));
      return bytes.get(path);
    };
    const isSame = async (hash: string) => {
      const code = await this.codeOf(hash);
      return code.length === paths.length && code.every((file, i) => {
        if (file.path !== paths[i]) return false;
        const own = once(file.path);
        return own !== undefined && equal(own, file.bytes);
      });
    };
    if (await isSame(this.present)) return this.present;
    for (const hash of formerPools(this, this.present)) if (await isSame(hash)) return hash;
  }

  /** Names of all that former pools offered, for `fitToPool`. */
  async formerNames(): Promise<ReadonlySet<string>> {
    if (this.#formerNames) return this.#formerNames;
    const former = formerPools(this, this.present);
    if (former.length === 0) return this.#formerNames = new Set();
    const { poolNames } = await import("../genome/fit.ts");
    return this.#formerNames = new Set(former.flatMap((hash) => poolNames(this.poolOf(hash))));
  }

  /** The same with those that the present pool offers: for a genome of this run that another template is to take. */
  async allNames(): Promise<ReadonlySet<string>> {
    const { poolNames } = await import("../genome/fit.ts");
    return new Set([...poolNames(this.pool), ...await this.formerNames()]);
  }
}

/** Whether two arrays hold the same bytes. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
