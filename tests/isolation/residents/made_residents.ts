/** Residents in a temporary folder, and processes that are looked at from outside. */

import { makePipes } from "../../../lib/isolation/residents/shell.ts";
import { type Place, placeOf } from "../../../lib/isolation/residents/place.ts";
import { Resident, type StartOptions } from "../../../lib/isolation/residents/resident.ts";

/** Limits of the residents of the tests. */
export const madeLimits = { memoryMiB: 64, cpuSeconds: 4, wallSeconds: 20, outputKiB: 64, descriptors: 64 };

/** A folder for residents; those that are still there when it is disposed of are ended. */
export class MadeResidents implements AsyncDisposable {
  readonly folder: string = Deno.makeTempDirSync({ prefix: "evolve-residents-" });
  readonly #all: Resident[] = [];

  /** A place with its pipes. */
  async place(): Promise<Place> {
    const place = placeOf(this.folder, crypto.randomUUID());
    await makePipes([place.in, place.out]);
    return place;
  }

  /** Starts the program of the fixtures, or another one, and waits until it is ready. */
  async start(changes: Partial<StartOptions> = {}): Promise<Resident> {
    const resident = this.begin(await this.place(), changes);
    if (!await resident.isReady(10_000)) throw new Error(`It is not ready: ${await resident.ended}`);
    return resident;
  }

  /** Starts a program, and does not wait. */
  begin(place: Place, changes: Partial<StartOptions> = {}): Resident {
    const artifact = new URL("fixtures/program.js", import.meta.url).pathname;
    const options = { agent: "a1", deno: Deno.execPath(), artifact, limits: madeLimits, steps: 10, ...changes };
    const resident = Resident.start(place, options);
    this.#all.push(resident);
    return resident;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const resident of this.#all) {
      await resident.end("is not needed any more");
      await resident.ended;
    }
    await Deno.remove(this.folder, { recursive: true });
  }
}

/** Sends a signal to a process of the tests. */
export function signal(name: "KILL" | "STOP" | "CONT" | "TERM", pid: number): void {
  new Deno.Command("kill", { args: [`-${name}`, String(pid)] }).outputSync();
}

/** Waits for the end of a process that need not be a child of this one. */
export async function gone(pid: number): Promise<void> {
  const args = ["60", "tail", "-s", "0.02", `--pid=${pid}`, "-f", "/dev/null"];
  if (!(await new Deno.Command("timeout", { args }).output()).success) throw new Error(`Process ${pid} is still there`);
}
