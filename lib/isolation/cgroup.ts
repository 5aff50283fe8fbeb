/**
 * Control groups (cgroup v2) for agents: what a group holds is limited as a whole, and ended as a whole, whatever it has
 * forked and however it has left its parents. Used where the group that this step is in may be divided.
 *
 * @module
 */

import type { ProcessLimits } from "./limits.ts";
import { Meter } from "./meter.ts";
import type { Taken } from "./taken.ts";
import { quoted, sh, shell, startLeader } from "../util/shell.ts";

/** Where groups may be made, and with which controllers. */
export interface Delegated {
  readonly path: string;
  readonly controllers: readonly string[];
}

/**
 * Shell commands that write `delegated:PATH` and `controllers:NAMES` where groups may be made; they come after
 * `machineWords`, which have set `root` and `group`.
 *
 * Controllers can be had only in a group that holds no process itself, but for the root. So the group above is taken where
 * the step was put into a part of a group that is its own (systemd's `DelegateSubgroup`); never one above a unit, whose own
 * limits would be evaded.
 */
export const delegationWords = `group=\${group%/} above=
  case $group in */*.scope | */*.service | */*.slice | "") ;; *) above=\${group%/*} ;; esac
  for base in \${above:+"$root$above"} "$root$group"; do
    [ -f "$base/cgroup.procs" ] && [ -w "$base/cgroup.procs" ] && [ -w "$base/cgroup.subtree_control" ] || continue
    for one in memory pids cpu; do echo "+$one" >"$base/cgroup.subtree_control"; done 2>/dev/null
    has= && read -r has <"$base/cgroup.subtree_control"
    printf 'delegated:%s\\ncontrollers:%s\\n' "$base" "$has"
    break
  done`;

/** What lines that {@linkcode delegationWords} has written tell. */
export function readDelegated(lines: readonly string[]): Delegated | undefined {
  const after = (name: string) => lines.find((line) => line.startsWith(name))?.slice(name.length);
  const path = after("delegated:");
  // Above the root of a namespace nothing is ours.
  if (path === undefined || path.includes("/..")) return undefined;
  return { path, controllers: (after("controllers:") ?? "").split(" ").filter((name) => used.includes(name)) };
}

const used = ["memory", "pids", "cpu"];

/** What the engine takes besides what an agent may, in MiB: the pages that it has written to. */
const writtenMiB = 128;

/** Threads that the processes of one evaluation may have together; one has at most 12. */
const threads = 64;

/** One group. */
export class Cgroup {
  readonly #path: string;
  readonly #name: string;
  readonly #meter: Meter;
  #waiting: Deno.ChildProcess | undefined;
  #ended = 0;
  #cpuUs = 0;
  #memoryBytes = 0;

  /**
   * @param folder The folder that it is in.
   * @param meter Reads what the groups of that folder have taken.
   */
  constructor(folder: string, name: string, meter: Meter) {
    this.#path = `${folder}/${name}`;
    this.#name = name;
    this.#meter = meter;
  }

  /** Shell words that end all that is in the group. */
  get ending(): string {
    return `echo 1 >${quoted(`${this.#path}/cgroup.kill`)}`;
  }

  /**
   * Ends what is left in the group, and has a shell join it that waits for what it is to become.
   *
   * To join takes the kernel some 10 ms of waiting for all processors; done ahead, no evaluation waits for that.
   */
  prepare(): void {
    const join = `${this.ending} && echo 0 >${quoted(`${this.#path}/cgroup.procs`)} || kill -KILL $$`;
    // With the end of its supervisor its stdin ends, and there is nothing to become.
    const become = "newline='\n'; IFS= read -r line || exit 0; eval \"$line\"";
    this.#waiting ??= startLeader(shell, ["-c", `${join}; ${become}`]);
  }

  /** The shell that waits in the group; nothing else gets it. */
  leader(): Deno.ChildProcess {
    this.prepare();
    const child = this.#waiting!;
    this.#waiting = undefined;
    return child;
  }

  /** The line by which a waiting shell does what another one does with these arguments: `-c`, a script, a name, words. */
  lineOf([, script, , ...words]: readonly string[]): Uint8Array {
    return new TextEncoder().encode(`set -- ${words.map(quoted).join(" ")}; ${script}\n`);
  }

  /** Whether the kernel has ended something in it for its memory since this was asked last. Needs run permission for `/bin/sh`. */
  async ranOutOfMemory(): Promise<boolean> {
    const { stdout } = await sh(`cat ${quoted(`${this.#path}/memory.events`)} 2>/dev/null`);
    const ended = Number(/^oom_kill (\d+)$/m.exec(stdout)?.[1] ?? 0);
    const more = ended > this.#ended;
    this.#ended = ended;
    return more;
  }

  /**
   * What has been taken in it since this was asked last. The kernel keeps the most memory that it ever had, so that nothing is known
   * of an evaluation that had less than one before it.
   */
  async taken(): Promise<Omit<Taken, "wallMs">> {
    const { cpuUs, memoryBytes } = await this.#meter.read(this.#name);
    const cpuMs = cpuUs === undefined ? undefined : (cpuUs - this.#cpuUs) / 1000;
    this.#cpuUs = cpuUs ?? this.#cpuUs;
    if (memoryBytes === undefined || memoryBytes <= this.#memoryBytes) return { cpuMs };
    this.#memoryBytes = memoryBytes;
    return { cpuMs, memoryBytes };
  }

  /** Waits for the end of the shell that waits for nothing more. */
  async [Symbol.asyncDispose](): Promise<void> {
    const child = this.#waiting;
    await Promise.all([child?.stdin.close().catch(() => {}), child?.output()]);
  }
}

let made = 0;

/** How many groups are made ready ahead: each takes 10 ms, in which two processors start hardly one evaluation. */
const ahead = 4;

/** When a group that was given back is made ready, in milliseconds: to start a shell must not delay the next evaluation. */
const later = 5;

/** The groups of one step: one for each evaluation that is run at once, and some that are made ready meanwhile. */
export class Cgroups implements AsyncDisposable {
  readonly controllers: readonly string[];
  readonly #path: string;
  readonly #meter: Meter;
  readonly #all: readonly Cgroup[];
  readonly #free: Cgroup[];
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  private constructor(path: string, controllers: readonly string[], count: number) {
    this.#path = path;
    this.controllers = controllers;
    this.#meter = new Meter(path);
    this.#all = Array.from({ length: count }, (_, i) => new Cgroup(path, `${i}`, this.#meter));
    this.#free = [...this.#all];
    for (const group of this.#free.slice(0, ahead)) group.prepare();
  }

  /**
   * Makes groups, and removes those that killed steps have left.
   *
   * Needs run permission for `/bin/sh`.
   *
   * @param atOnce How many evaluations are run at once.
   * @returns Undefined where the kernel does not let it, or can't end a group (before Linux 5.14).
   */
  static async make(
    { path, controllers }: Delegated,
    limits: ProcessLimits,
    atOnce: number,
  ): Promise<Cgroups | undefined> {
    const own = `${path}/evolve-${Deno.pid}-${made++}`;
    const count = atOnce + Math.min(atOnce, ahead);
    const { code } = await sh(making, path, own, `${count}`, controllers.join(" "), ...settings(limits, controllers));
    return code === 0 ? new Cgroups(own, controllers, count) : undefined;
  }

  /** The group that has been ready for longest. */
  take(): Cgroup {
    return this.#free.shift()!;
  }

  /** Gives a group back: what is left in it ends when it is made ready for another evaluation, or with all groups. */
  give(group: Cgroup): void {
    if (this.#free.length < ahead) this.#prepareLater(group);
    this.#free.push(group);
  }

  /** Ends all that is in the groups, and removes them. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all([this.#meter, ...this.#all].map((one) => one[Symbol.asyncDispose]()));
    await sh(removing, this.#path);
  }

  #prepareLater(group: Cgroup): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      // To make it ready ends what is in it: nothing may have it by then.
      if (this.#free.includes(group)) group.prepare();
    }, later);
    this.#timers.add(timer);
  }
}

/** File and value in turn. */
function settings({ memoryMiB }: ProcessLimits, controllers: readonly string[]): string[] {
  const all: Record<string, readonly string[]> = {
    memory: ["memory.max", `${(writtenMiB + memoryMiB) * 1_048_576}`, "memory.swap.max", "0", "memory.oom.group", "1"],
    pids: ["pids.max", `${threads}`],
    // As much as one CPU: an evaluation that starts threads takes no more than its share.
    cpu: ["cpu.max", "100000 100000"],
  };
  return controllers.flatMap((name) => all[name]!);
}

const removal = `remove() {
    echo 1 >"$1/cgroup.kill"
    tries=0
    while read -r _ held <"$1/cgroup.events" && [ "$held" = 1 ] && [ $tries -lt 5000 ]; do tries=$((tries + 1)); done
    rmdir "$1"/*/ "$1"
  }`;

// A step that was killed can't remove its groups: another one does, when it finds that its process is gone.
const making = `${removal}
  limit() {
    of=$1 && shift
    while [ $# -gt 1 ]; do
      if [ -e "$of/$1" ]; then echo "$2" >"$of/$1" || return 1; fi
      shift 2
    done
  }
  base=$1 own=$2 count=$3 controllers=$4 && shift 4
  for old in "$base"/evolve-[0-9]*-[0-9]*; do
    pid=\${old##*/evolve-}
    case $pid in *[!0-9-]*) continue ;; esac
    pid=\${pid%-*}
    if [ -d "$old" ] && ! [ -e "/proc/$pid" ]; then remove "$old"; fi
  done
  names= i=0
  while [ $i -lt "$count" ]; do names="$names $i" && i=$((i + 1)); done
  mkdir "$own" && cd "$own" && mkdir $names && [ -e 0/cgroup.kill ] || exit 1
  for one in $controllers; do echo "+$one" >cgroup.subtree_control || exit 1; done
  for name in $names; do limit "$name" "$@" || exit 1; done`;

const removing = `${removal}
  remove "$1"`;
