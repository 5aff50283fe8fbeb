/**
 * Spreads work over Deno Workers, each with fewer permissions than the step.
 *
 * Workers are for parallelism, not for isolation: a tight loop in one can't be stopped.
 *
 * @module
 */

import { type Reply, revive } from "./worker.ts";

/** What to do over which items. */
export interface PoolOptions<In> {
  /** The worker's module: exports `handle(item)` and calls `serve(handle)` at its end. */
  readonly module: URL;
  /** What to work on; must be structured-cloneable. Pulled as far as work is in flight. */
  readonly items: Iterable<In> | AsyncIterable<In>;
  /** How many workers may be at work at once: at least 1. */
  readonly workers: number;
  /** Permissions of each worker, none where absent. A worker can't have more than its step. */
  readonly permissions?: Deno.PermissionOptions;
  /** Ends the work: items in flight are dropped, and the iteration throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** Up to so many items are worked on in the main thread, without any worker. @default 0 */
  readonly inlineBelow?: number;
  /** The same module for the main thread, where one worker would be no faster, as `() => import("./…")`: a literal import needs no permission. */
  readonly inline?: () => Promise<{ handle(item: In): unknown }>;
  /** Called for each item with how long it took, in milliseconds. */
  readonly timed?: (ms: number) => void;
}

/**
 * The results of `handle` over all items, in the items' order and as soon as they are there.
 *
 * At most four items for each worker are in flight. Ending the iteration early ends the workers.
 * Needs read permission for the module's file.
 *
 * @throws What `handle` threw, with the class `Misuse` or `StepFailed` where it was one; the signal's reason if aborted.
 */
export async function* overWorkers<In, Out>(options: PoolOptions<In>): AsyncGenerator<Out, void, void> {
  const { signal, inlineBelow = 0 } = options;
  signal?.throwIfAborted();
  const items = Symbol.asyncIterator in options.items
    ? options.items[Symbol.asyncIterator]()
    : options.items[Symbol.iterator]();
  try {
    if (options.workers === 1 && options.inline) return yield* inline<In, Out>(options, items);
    const first = await take(items, inlineBelow + 1);
    if (first.length === 0) return;
    if (first.length <= inlineBelow) yield* inline<In, Out>(options, first.values());
    else yield* spread<In, Out>(options, first, items);
  } finally {
    await items.return?.();
  }
}

type Items<In> = Iterator<In> | AsyncIterator<In>;

async function take<In>(items: Items<In>, most: number): Promise<In[]> {
  const taken: In[] = [];
  while (taken.length < most) {
    const next = await items.next();
    if (next.done) break;
    taken.push(next.value);
  }
  return taken;
}

async function* inline<In, Out>(options: PoolOptions<In>, items: Items<In>): AsyncGenerator<Out, void, void> {
  const module = await (options.inline?.() ?? import(options.module.href));
  for (let item; !(item = await items.next()).done;) {
    options.signal?.throwIfAborted();
    const began = performance.now();
    const value = await module.handle(item.value) as Out;
    options.timed?.(performance.now() - began);
    yield value;
  }
}

async function* spread<In, Out>(
  options: PoolOptions<In>,
  first: In[],
  rest: Items<In>,
): AsyncGenerator<Out, void, void> {
  const crew = new Crew(options);
  const results: Promise<unknown>[] = [];
  const queued = first.values();
  const next = async () => {
    const one = queued.next();
    return one.done ? await rest.next() : one;
  };
  try {
    let more = true;
    for (;;) {
      while (more && results.length < 4 * options.workers) {
        const item = await next();
        if (item.done) more = false;
        else results.push(crew.send(item.value));
      }
      const result = results.shift();
      if (!result) return;
      yield await result as Out;
    }
  } finally {
    crew.end();
  }
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** What a crew works with. */
export type CrewOptions = Pick<PoolOptions<unknown>, "module" | "workers" | "permissions" | "signal" | "timed">;

/** Workers that stay until they are ended, and what waits for which: for work that comes bit by bit. */
export class Crew {
  readonly #options: CrewOptions;
  readonly #workers: { worker: Worker; busy: number }[] = [];
  readonly #waiting = new Map<number, Waiting>();
  readonly #abort = () => this.#fail(this.#options.signal!.reason);
  #number = 0;
  #failure: { readonly error: unknown } | undefined;

  constructor(options: CrewOptions) {
    this.#options = options;
    options.signal?.addEventListener("abort", this.#abort);
  }

  /**
   * Gives an item to the least busy worker; starts another one while there may be more.
   *
   * Needs read permission for the module's file.
   *
   * @returns What `handle` returned.
   */
  send(item: unknown): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    // Later items may fail while an earlier one is awaited: that is no unhandled rejection.
    promise.catch(() => {});
    if (this.#failure) {
      reject(this.#failure.error);
      return promise;
    }
    const number = this.#number++;
    this.#waiting.set(number, { resolve, reject });
    const member = this.#freest();
    member.busy++;
    member.worker.postMessage({ number, item });
    return promise;
  }

  /** Ends all of them, whatever they do. */
  end(): void {
    this.#options.signal?.removeEventListener("abort", this.#abort);
    for (const { worker } of this.#workers) worker.terminate();
    this.#workers.length = 0;
  }

  #freest(): { worker: Worker; busy: number } {
    const least = this.#workers.reduce<{ worker: Worker; busy: number } | undefined>(
      (best, one) => best && best.busy <= one.busy ? best : one,
      undefined,
    );
    if (least && (least.busy === 0 || this.#workers.length >= this.#options.workers)) return least;
    const member = { worker: this.#start(), busy: 0 };
    member.worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      member.busy--;
      this.#settle(data);
    };
    this.#workers.push(member);
    return member;
  }

  #start(): Worker {
    const permissions = this.#options.permissions ?? "none";
    const worker = new Worker(this.#options.module, { type: "module", deno: { permissions } });
    worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(new Error(`A worker ended: ${event.message}`));
    };
    worker.onmessageerror = () => this.#fail(new Error("A worker's answer could not be read."));
    return worker;
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.number);
    this.#waiting.delete(reply.number);
    if ("thrown" in reply) waiting?.reject(revive(reply.thrown));
    else {
      this.#options.timed?.(reply.ms);
      waiting?.resolve(reply.value);
    }
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
