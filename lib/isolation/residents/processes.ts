/**
 * Looks at processes that need not be children of this one, and ends their groups.
 *
 * A process id alone proves nothing, since the kernel gives it away again: what counts is the id together with the tick
 * at which the kernel started that process, and the start of the machine that ticks are counted from.
 *
 * @module
 */

import { StepFailed } from "../../util/issue.ts";
import { shellLines } from "./shell.ts";

/** One process, for good. */
export interface ProcessId {
  readonly pid: number;
  /** When the kernel started it, in ticks since the machine started. */
  readonly ticks: string;
  /** Id of that start of the machine. */
  readonly boot: string;
}

/** What the kernel tells of a process that is there; one that has ended and was not waited for is not there. */
export interface Seen extends ProcessId {
  /** The group and the session that it belongs to. */
  readonly group: number;
  readonly session: number;
  /** CPU time so far, in seconds. */
  readonly cpuSeconds: number;
  /** Memory that it has in RAM (resident set), in pages. */
  readonly pages: number;
}

/** The kernel counts CPU time for `/proc` in hundredths of a second, whatever it does inside. */
const ticksPerSecond = 100;

const boot = "read -r boot </proc/sys/kernel/random/boot_id && echo $boot";

/** Those of these processes that are there, by id. Needs run permission for `/bin/sh`. */
export async function lookAt(pids: readonly number[]): Promise<Map<number, Seen>> {
  return read(await shellLines(`${boot}; for pid; do read -r stat </proc/$pid/stat && echo "$stat"; done`, pids));
}

/** All processes that are there, by id. Needs run permission for `/bin/sh`. */
export async function lookAround(): Promise<Map<number, Seen>> {
  return read(
    await shellLines(`${boot}; for file in /proc/[0-9]*/stat; do read -r stat <$file && echo "$stat"; done`, []),
  );
}

/**
 * The pipes that processes have as their stdin and stdout, as the kernel names them; none of another user's processes.
 *
 * Needs run permission for `/bin/sh`.
 *
 * @returns Paths by process id, with `" (deleted)"` behind one that has no name any more.
 */
export async function pipesOf(pids: readonly number[]): Promise<Map<number, string[]>> {
  const script = `links=; for pid; do for end in 0 1; do
      [ -p /proc/$pid/fd/$end ] && links="$links /proc/$pid/fd/$end"
    done; done; [ "$links" ] && exec ls -l $links`;
  const pipes = new Map<number, string[]>();
  for (const line of pids.length > 0 ? await shellLines(script, pids) : []) {
    const [, pid, path] = / \/proc\/(\d+)\/fd\/[01] -> (.*)$/.exec(line) ?? [];
    if (path !== undefined) pipes.set(Number(pid), [...pipes.get(Number(pid)) ?? [], path]);
  }
  return pipes;
}

/** The path of a folder without links; undefined if it is none. Needs run permission for `/bin/sh`. */
export async function realPath(folder: string): Promise<string | undefined> {
  return (await shellLines('cd -- "$1" && pwd -P', [folder]))[0];
}

function read([boot, ...stats]: readonly string[]): Map<number, Seen> {
  const all = stats.map((stat) => readStat(stat, boot ?? "")).filter((seen) => seen !== undefined);
  return new Map(all.map((seen) => [seen.pid, seen]));
}

/**
 * What a line of `/proc/PID/stat` tells; undefined if it is none, or of a process that has ended.
 *
 * @param boot Id of the machine's present start.
 */
export function readStat(line: string, boot: string): Seen | undefined {
  // The program's name stands in brackets and may hold anything, brackets and spaces included.
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  const [pid, group, session] = [line.slice(0, line.indexOf(" ")), fields[2], fields[3]].map(Number);
  const ticks = fields[19];
  if (fields[0] === "Z" || fields[0] === "X" || !ticks || !/^\d+$/.test(ticks) || !Number.isSafeInteger(pid)) return;
  const cpuSeconds = (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  return { pid: pid!, ticks, boot, group: group!, session: session!, cpuSeconds, pages: Number(fields[21]) };
}

/** Whether this is that very process. */
export function isSame(a: ProcessId | undefined, b: ProcessId): boolean {
  return a !== undefined && a.pid === b.pid && a.ticks === b.ticks && a.boot === b.boot;
}

/** How far groups may go before they are ended by force. */
export interface EndOptions {
  /** Milliseconds to end by themselves; 0: they are not asked first. */
  readonly gracePeriodMs: number;
}

/** For how long the kernel may take to end a group by force, in milliseconds. */
const longest = 10_000;

/**
 * Ends processes that lead a group of their own, and all of their groups.
 *
 * Needs run permission for `/bin/sh`.
 *
 * @returns How many groups had to be ended by force, though they were asked.
 * @throws {StepFailed} If one of them can't be ended.
 */
export async function endGroups(leaders: readonly ProcessId[], { gracePeriodMs }: EndOptions): Promise<number> {
  if (leaders.length === 0) return 0;
  let left = await living(leaders);
  if (gracePeriodMs > 0) {
    await signal("TERM", left);
    left = await gone(left, gracePeriodMs);
  }
  const forced = left.length;
  await signal("KILL", left);
  left = await gone(left, longest);
  if (left.length === 0) return gracePeriodMs > 0 ? forced : 0;
  throw new StepFailed({
    code: "process.stuck",
    message: `Cannot end ${left.length} groups of processes; end them by hand: ${left.slice(0, 10).join(", ")}.`,
  });
}

/** Which of these groups have a member. */
async function living(leaders: readonly ProcessId[]): Promise<number[]> {
  const all = await lookAround();
  const groups = new Set([...all.values()].filter(({ group, session }) => group === session).map(({ group }) => group));
  // Where the leader is gone, its id stays taken as long as its group is there.
  const ours = (leader: ProcessId) => isSame(all.get(leader.pid), leader) || !all.has(leader.pid);
  const [{ boot } = { boot: "" }] = all.values();
  return leaders.filter((leader) => leader.boot === boot && groups.has(leader.pid) && ours(leader)).map(({ pid }) =>
    pid
  );
}

async function signal(name: "TERM" | "KILL", groups: readonly number[]): Promise<void> {
  // What is stopped is woken, or it would never take the signal.
  const script = "name=$1; shift; for group; do kill -$name -$group; kill -CONT -$group; done";
  if (groups.length > 0) await shellLines(script, [name, ...groups]);
}

/** Waits until groups are gone; gives those that are not in time. */
async function gone(groups: readonly number[], ms: number): Promise<number[]> {
  const { setTimeout } = await import("node:timers/promises");
  const until = performance.now() + ms;
  let left = [...groups];
  for (let pause = 2; left.length > 0; pause = Math.min(50, pause * 2)) {
    const members = new Set([...(await lookAround()).values()].map(({ group }) => group));
    left = left.filter((group) => members.has(group));
    if (left.length === 0 || performance.now() >= until) break;
    await setTimeout(pause);
  }
  return left;
}
