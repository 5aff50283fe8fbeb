/**
 * Where one start of a resident lies on disk: its pipes, its stderr, and which process it is.
 *
 * The names hold the nonce of the start. A supervisor records the nonce first, makes the pipes, and then starts a shell
 * that writes its own process id and becomes the program only if the pipes are still there. So what takes over can
 * always tell what became of a start, and makes it void by removing its pipes before looking for the process.
 *
 * @module
 */

import { lastErrorLine } from "../../util/text.ts";
import { readFileLimited, removeFile } from "../../util/files.ts";
import { isSame, lookAround, pipesOf, type ProcessId, readStat, realPath, type Seen } from "./processes.ts";

/** The files of one start. */
export interface Place {
  readonly nonce: string;
  /** Path of all of them without their ends. */
  readonly path: string;
  /** Pipe to its stdin. */
  readonly in: string;
  /** Pipe from its stdout. */
  readonly out: string;
  /** Its stderr. */
  readonly err: string;
  /** Which process it is: its line in `/proc`, the machine's start, and the agent. */
  readonly pid: string;
}

/** Which start it is. */
export interface Occupant extends ProcessId {
  readonly agent: string;
}

const noncePattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The files of the start with this nonce. */
export function placeOf(folder: string, nonce: string): Place {
  const path = `${folder}/${nonce}`;
  return { nonce, path, in: `${path}.in`, out: `${path}.out`, err: `${path}.err`, pid: `${path}.pid` };
}

/** Nonces of all starts of which there is a file. Needs read permission for the folder, which need not be there. */
export function noncesIn(folder: string): string[] {
  try {
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name.split(".")[0]!);
    return [...new Set(names)].filter((name) => noncePattern.test(name)).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** Which process a start became; undefined if it became none, or never will: see {@linkcode occupantsOf}. */
export async function occupantOf(place: Place): Promise<Occupant | undefined> {
  return (await occupantsOf([place])).occupants.get(place);
}

/** Which processes starts became, and what only their files say. */
export interface Occupants {
  /** Processes that are there and hold the pipes of their start, and those that have ended. */
  readonly occupants: ReadonlyMap<Place, Occupant>;
  /** Processes that are there, are named by the file of a start, and do not hold its pipes: they are left alone. */
  readonly unrelated: ReadonlyMap<Place, Occupant>;
}

/**
 * Which processes some starts in one folder became: by their files, and by the word of the kernel, since anything may
 * have written into these.
 *
 * Needs read permission for the folder and run permission for `/bin/sh`.
 */
export async function occupantsOf(places: readonly Place[]): Promise<Occupants> {
  const occupants = new Map<Place, Occupant>(), unrelated = new Map<Place, Occupant>();
  const named = await Promise.all(places.map(async (place) => [place, await namedBy(place)] as const));
  const all = named.some(([, one]) => one) ? await lookAround() : new Map<number, Seen>();
  const members = Map.groupBy(all.values(), ({ group }) => group);
  const groupOf = ({ pid }: Occupant) => [...new Set([pid, ...(members.get(pid) ?? []).map((one) => one.pid)])];
  const present = named.flatMap(([, one]) => one ? groupOf(one).filter((pid) => all.has(pid)) : []);
  const pipes = await pipesOf(present);
  const folder = present.length > 0 ? await realPath(places[0]!.path.replace(/\/[^/]*$/, "")) : undefined;
  for (const [place, one] of named) {
    if (!one) continue;
    const group = groupOf(one).filter((pid) => all.has(pid));
    const own = [`${folder}/${place.nonce}.in`, `${folder}/${place.nonce}.out`];
    const holds = group.some((pid) => pipes.get(pid)?.some((path) => own.includes(path.replace(/ \(deleted\)$/, ""))));
    // Where the leader is another process by now, it has ended, and nothing of it is ever signalled.
    const gone = group.length === 0 || (all.has(one.pid) && !isSame(all.get(one.pid), one));
    (holds || gone ? occupants : unrelated).set(place, one);
  }
  return { occupants, unrelated };
}

async function namedBy(place: Place): Promise<Occupant | undefined> {
  const [stat, boot, agent] = (await text(place.pid)).split("\n");
  const seen = agent ? readStat(stat!, boot!) : undefined;
  return seen && { pid: seen.pid, ticks: seen.ticks, boot: seen.boot, agent: agent! };
}

/** The last words of its stderr, fit to be shown. */
export async function wordsOf(place: Place): Promise<string> {
  return lastErrorLine(new TextEncoder().encode(await text(place.err)));
}

/** Makes a start void that has not become a process yet, and one that has unreachable. */
export function voidPlace(place: Place): void {
  for (const path of [place.in, place.out]) removeFile(path);
}

/** Removes what a start has left on disk, once its process is gone. */
export function removePlace(place: Place): void {
  for (const path of [place.in, place.out, place.err, place.pid]) removeFile(path);
}

async function text(path: string): Promise<string> {
  try {
    return new TextDecoder().decode(await readFileLimited(path, 128 * 1024));
  } catch {
    return "";
  }
}
