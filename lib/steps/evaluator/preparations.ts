/**
 * What evaluations are run with, for the shared inputs that were used last.
 *
 * @module
 */

import type { Contents, Source } from "../../evaluators/contents.ts";
import { ReceivedPrograms } from "../../evaluators/received.ts";
import type { Isolation } from "../../isolation/isolation.ts";
import { byPool, isolationFor } from "../../isolation/isolations.ts";
import type { Launcher, Sandbox } from "../../isolation/launcher.ts";
import type { IsolationName } from "../../isolation/names.ts";
import type { Verifier } from "../../signing/sign.ts";
import { Semaphore } from "../../util/semaphore.ts";

/** For how many shared inputs processes are kept: a cycle's, and those of the one before. */
const kept = 2;

/** What is needed to prepare. */
export interface PreparationParts {
  readonly name: IsolationName;
  readonly launcher: Launcher;
  readonly sandbox: Sandbox;
  readonly verifier: Verifier;
  readonly contents: Contents;
  /** Where programs lie while something may start them. */
  readonly folder: string;
  /** Processes at once. */
  readonly concurrency: number;
}

/** Runs the evaluations of some shared inputs. */
export interface Prepared {
  readonly programs: ReceivedPrograms;
  readonly isolation: Isolation;
  /** Lets as many evaluations be under way as may be, whatever they are prepared for. */
  readonly slots: Semaphore;
}

interface Preparation {
  readonly prepared: Promise<Prepared>;
  users: number;
}

/** Keeps them until it is disposed of. */
export class Preparations implements AsyncDisposable {
  readonly #parts: PreparationParts;
  /** By the hash of the shared inputs; what was not used for the longest time comes first. */
  readonly #made = new Map<string, Preparation>();
  #number = 0;
  #slots: Semaphore | undefined;
  /** How many evaluations may be under way at once, so that all that they run on has enough to do. */
  capacity: number;

  constructor(parts: PreparationParts) {
    this.#parts = parts;
    this.capacity = parts.concurrency;
  }

  /**
   * Does some work with what is prepared for shared inputs.
   *
   * @param hash SHA-256 of the shared inputs.
   * @throws {MessageError} If nothing can be prepared of them.
   */
  async use<T>(hash: string, source: Source, work: (prepared: Prepared) => Promise<T>): Promise<T> {
    const made = this.#made.get(hash) ?? { prepared: this.#prepare(hash, source), users: 0 };
    this.#made.delete(hash);
    this.#made.set(hash, made);
    made.users++;
    try {
      const prepared = await made.prepared.catch((error) => {
        if (this.#made.get(hash) === made) this.#made.delete(hash);
        throw error;
      });
      return await work(prepared);
    } finally {
      made.users--;
      await this.#removeOld();
    }
  }

  /** Ends all processes. */
  async [Symbol.asyncDispose](): Promise<void> {
    const all = [...this.#made.values()];
    this.#made.clear();
    await Promise.all(all.map(end));
  }

  async #prepare(hash: string, source: Source): Promise<Prepared> {
    const { name, folder, contents, verifier, launcher, sandbox, concurrency } = this.#parts;
    const own = `${folder}/${++this.#number}`;
    const programs = await ReceivedPrograms.open(hash, { verifier, contents, source, folder: own });
    const { limits, data } = programs;
    // Where there is no program of the pool, each evaluation has a process of its own.
    const way = name === "shared" && !programs.pool ? "process" : name;
    const isolation = await isolationFor(way, {
      limits,
      launcher,
      sandbox,
      programs,
      concurrency,
      evaluations: Number.POSITIVE_INFINITY,
      pool: byPool.has(way) ? programs.pool : undefined,
      data,
      details: {},
    });
    this.capacity = isolation.capacity;
    return { programs, isolation, slots: this.#slots ??= new Semaphore(isolation.capacity) };
  }

  async #removeOld(): Promise<void> {
    const old = [...this.#made].slice(0, -kept).filter(([, { users }]) => users === 0);
    for (const [hash] of old) this.#made.delete(hash);
    await Promise.all(old.map(([, made]) => end(made)));
  }
}

async function end({ prepared }: Preparation): Promise<void> {
  let made: Prepared;
  try {
    made = await prepared;
  } catch {
    return; // Whoever asked for it was told.
  }
  await made.isolation[Symbol.asyncDispose]();
  made.programs[Symbol.dispose]();
}
