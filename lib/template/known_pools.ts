/**
 * The pools that a run has had, to recognise their code and their names.
 *
 * @module
 */

import type { DataFile, Pool } from "../genome/pool.ts";
import type { CodeFile } from "../run/layout.ts";
import { formerPools, loadCopy } from "./template.ts";

type Copy = { readonly hash: string; readonly pool: Pool; readonly code: readonly CodeFile[] };

/** The present pool of a run and the former ones; each is read when it is first needed. */
export class KnownPools {
  /** The folder of the template's copies. */
  readonly template: string;
  /** Hash of the present pool. */
  readonly present: string;
  readonly #copies = new Map<string, Copy>();
  #formerNames: Set<string> | undefined;

  constructor({ template }: { readonly template: string }, present: string) {
    this.template = template;
    this.present = present;
  }

  /** The present pool. Needs read permission for its copy. */
  get pool(): Pool {
    return this.#copy(this.present).pool;
  }

  /** Files of the present pool. Needs read permission for its copy. */
  get code(): readonly CodeFile[] {
    return this.#copy(this.present).code;
  }

  /** The data of all pools, each of its kind once, that of the present pool first. Needs read permission for their copies. */
  data(): (readonly DataFile[])[] {
    const hashes = [this.present, ...formerPools(this, this.present)];
    const all = hashes.map((hash) => this.#copy(hash).pool.data ?? []);
    return [...new Map(all.toReversed().map((data) => [JSON.stringify(data), data])).values()].reverse();
  }

  /** Files of one of the pools. Needs read permission for its copy. */
  codeOf(hash: string): readonly CodeFile[] {
    return this.#copy(hash).code;
  }

  /**
   * The pool that has just this code, byte for byte, the present one first.
   *
   * Comparing costs less than hashing, and nearly all agents have the code of the present pool.
   *
   * @param paths Sorted.
   * @param read Bytes of one of them, or `undefined` where they are out of the question.
   */
  identify(paths: readonly string[], read: (path: string) => Uint8Array | undefined): string | undefined {
    const bytes = new Map<string, Uint8Array | undefined>();
    const once = (path: string) => {
      if (!bytes.has(path)) bytes.set(path, read(path));
      return bytes.get(path);
    };
    const same = (hash: string) => {
      const { code } = this.#copy(hash);
      return code.length === paths.length && code.every((file, i) => {
        if (file.path !== paths[i]) return false;
        const own = once(file.path);
        return own !== undefined && equal(own, file.bytes);
      });
    };
    return same(this.present) ? this.present : formerPools(this, this.present).find(same);
  }

  /** Names of all that former pools offered, for `fitToPool`. */
  async formerNames(): Promise<ReadonlySet<string>> {
    if (this.#formerNames) return this.#formerNames;
    const former = formerPools(this, this.present);
    if (former.length === 0) return this.#formerNames = new Set();
    const { poolNames } = await import("../genome/fit.ts");
    return this.#formerNames = new Set(former.flatMap((hash) => poolNames(this.#copy(hash).pool)));
  }

  #copy(hash: string): Copy {
    let copy = this.#copies.get(hash);
    if (!copy) this.#copies.set(hash, copy = { hash, ...loadCopy(this, hash) });
    return copy;
  }
}

/** Whether two arrays hold the same bytes. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
