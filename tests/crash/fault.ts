/**
 * Kills this process at one of its writes, by SIGKILL: loaded before a step by `--preload`, so that the step is the
 * shipped one under its own permission set.
 *
 * A point is every call by which a step changes something outside of itself: files and folders made, written, renamed and
 * removed, transactions of the listing committed, statements outside of one, processes started.
 *
 * @module
 */

import { DatabaseSync, StatementSync } from "node:sqlite";

/** Where to kill: before a call, in the middle of what it writes (where it writes bytes), or just after it. */
export interface Fault {
  /** The number of the point, from 1. */
  readonly point: number;
  readonly how: "before" | "half" | "after";
}

/** How a line on stderr begins that names a point, where no fault is asked for. */
export const mark = "#point ";

// deno-lint-ignore no-explicit-any -- whatever the patched function takes is handed on as it is
type Call = (...args: any[]) => any;

const calls = {
  files: ["mkdir", "link", "rename", "remove", "utime", "truncate"],
  bytes: ["writeFile", "writeTextFile"],
  handles: ["write", "writeSync", "truncate", "truncateSync", "sync", "syncSync"],
  commands: ["spawn", "output", "outputSync"],
} as const;

/** Counts the points of this process and kills it at one; without a fault names each on stderr. */
export function arm(fault?: Fault): void {
  const points = new Points(fault);
  for (const name of calls.files) for (const each of [name, `${name}Sync`]) points.watch(Deno, each);
  for (const name of calls.bytes) for (const each of [name, `${name}Sync`]) points.watch(Deno, each, 1);
  for (const name of calls.handles) points.watch(Deno.FsFile.prototype, name, name.startsWith("write") ? 0 : undefined);
  for (const name of calls.commands) points.watch(Deno.Command.prototype, name);
  watchListing(points);
}

class Points {
  readonly #fault: Fault | undefined;
  #count = 0;

  constructor(fault: Fault | undefined) {
    this.#fault = fault;
  }

  /**
   * Puts a point at each call of a method.
   *
   * @param bytes Which argument holds what is written, if one does.
   */
  watch(owner: object, name: string, bytes?: number): void {
    const methods = owner as Record<string, Call>;
    const real = methods[name];
    if (!real) return;
    const through = this.through.bind(this);
    methods[name] = function (this: unknown, ...args: unknown[]) {
      const half = bytes === undefined ? undefined : () => real.apply(this, args.with(bytes, halfOf(args[bytes])));
      return through(`${name} ${shown(args[0])}`, () => real.apply(this, args), half);
    };
  }

  /** Does what is asked for, with a point at it. */
  through<T>(name: string, work: () => T, half?: () => unknown): T {
    const number = ++this.#count;
    if (!this.#fault) say(`${number} ${half ? "bytes" : "call"} ${name}`);
    if (number !== this.#fault?.point) return work();
    if (this.#fault.how === "before") die();
    const done = this.#fault.how === "half" && half ? half() : work();
    if (!(done instanceof Promise)) die();
    return done.finally(die) as T;
  }
}

/** One point at each change of the listing that stands by itself. */
function watchListing(points: Points): void {
  const open = new WeakSet<DatabaseSync>();
  const owners = new WeakMap<StatementSync, DatabaseSync>();
  const { exec, prepare } = DatabaseSync.prototype;
  const { run } = StatementSync.prototype;
  DatabaseSync.prototype.exec = function (sql) {
    if (/^BEGIN IMMEDIATE$/.test(sql)) open.add(this);
    if (/^(COMMIT|ROLLBACK)$/.test(sql)) open.delete(this);
    if (!/COMMIT/.test(sql)) return exec.call(this, sql);
    return points.through("commit", () => exec.call(this, sql));
  };
  DatabaseSync.prototype.prepare = function (this: DatabaseSync, ...args: Parameters<typeof prepare>) {
    const statement = prepare.apply(this, args);
    owners.set(statement, this);
    return statement;
  };
  (StatementSync.prototype as { run: Call }).run = function (this: StatementSync, ...args: unknown[]) {
    const work = () => (run as Call).apply(this, args);
    const owner = owners.get(this);
    return owner && open.has(owner) ? work() : points.through("statement", work);
  };
}

function halfOf(content: unknown): unknown {
  if (typeof content === "string") return content.slice(0, content.length >> 1);
  return content instanceof Uint8Array ? content.subarray(0, content.length >> 1) : content;
}

function shown(what: unknown): string {
  return typeof what === "string" ? what.replace(/^.*\/runs\/[^/]+\//, "") : "";
}

function say(text: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${mark}${text}\n`));
}

function die(): never {
  Deno.kill(Deno.pid, "SIGKILL");
  throw new Error("The kernel has not ended this process");
}
