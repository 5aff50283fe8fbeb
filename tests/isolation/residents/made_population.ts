/** A population with residents, which are ended with it. */

import { Population } from "../../acceptance/_population.ts";

/** A resident as the listing has it. */
export interface KeptRow {
  readonly agent: string;
  readonly pid: number;
  readonly runs: string;
  readonly restarts: number;
}

/** A run of the project whose agents have residents. */
export class Residents extends Population {
  static override async make(count: number, ...flags: string[]): Promise<Residents> {
    return await new Residents().made(count, ...flags);
  }

  static override async built(count: number): Promise<Residents> {
    return await new Residents().built(count);
  }

  /** Those that have a process, by agent. */
  kept(): Map<string, KeptRow> {
    const rows = this.rows<KeptRow>("SELECT agent, pid, runs, restarts FROM residents WHERE pid IS NOT NULL");
    return new Map(rows.map((row) => [row.agent, row]));
  }

  /** Ids of all processes that run a program of this population, in ascending order. */
  async processes(): Promise<number[]> {
    const { stdout } = await new Deno.Command("ps", { args: ["-eo", "pid=,args="] }).output();
    const lines = new TextDecoder().decode(stdout).split("\n");
    const ours = lines.filter((line) => line.includes(`${this.paths.agents}/.tmp-artifacts/`));
    return ours.map((line) => parseInt(line)).sort((a, b) => a - b);
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await this.begin("stop").ended;
    await super[Symbol.asyncDispose]();
  }
}

/** How the record begins that tells this of a resident. */
export function told(what: string, id: string, restarts: number): string {
  return `"type":"resident.${what}","step":"supervise","id":"${id}","restarts":${restarts},`;
}

/** Process ids in ascending order. */
export function pidsOf(kept: ReadonlyMap<string, KeptRow>): number[] {
  return [...kept.values()].map(({ pid }) => pid).sort((a, b) => a - b);
}
