/**
 * Which way of keeping agents apart a name stands for.
 *
 * @module
 */

import type { StepDetails } from "../records/finished.ts";
import { StepFailed } from "../util/issue.ts";
import { type HostedData, withData } from "./data.ts";
import type { Isolation, PoolProgram, Programs } from "./isolation.ts";
import type { Launcher, Sandbox } from "./launcher.ts";
import { hostLimits, type ProcessLimits } from "./limits.ts";
import type { IsolationName } from "./names.ts";
import { ProcessIsolation } from "./process.ts";
import type { Keeper } from "./residents/keeper.ts";

/** What ways of keeping agents apart are made of; each is loaded only where it is used. */
export interface IsolationParts {
  /** Of an agent's process. */
  readonly limits: ProcessLimits;
  readonly launcher: Launcher;
  /** Makes the command lines of processes without permissions: agents, hosts of many agents, the judge. */
  readonly sandbox: Sandbox;
  readonly programs: Programs;
  /** Processes at once, and how many evaluations there are. */
  readonly concurrency: number;
  readonly evaluations: number;
  /** The program of the pool, for ways that can use it. */
  readonly pool?: PoolProgram;
  /** The data of the world; absent where there is none. */
  readonly data?: HostedData;
  /** Keeps residents, which are to evaluate. */
  readonly keeper?: Keeper;
  /** Where to tell by what agents are limited, for the closing record. */
  readonly details: StepDetails;
}

/** The ways that evaluate by the program of the pool. */
export const byPool: ReadonlySet<IsolationName> = new Set(["wasm", "shared"]);

/**
 * The way of keeping agents apart that a name stands for.
 *
 * @throws {StepFailed} If it needs a program of the pool, and there is none.
 */
export async function isolationFor(name: IsolationName, parts: IsolationParts): Promise<Isolation> {
  const { limits, launcher, sandbox, programs, concurrency, pool, keeper, data } = parts;
  parts.details.limits = "rlimits";
  switch (name) {
    case "process":
    case "bwrap": {
      const single = new ProcessIsolation(programs, sandbox, concurrency, { cgroups: await cgroupsFor(parts), data });
      if (!keeper) return single;
      const { ResidentIsolation } = await import("./residents/isolation.ts");
      return new ResidentIsolation(programs, keeper, single, data);
    }
    case "shared": {
      if (!pool) throw unbuilt();
      const { SharedIsolation } = await import("./shared/shared.ts");
      const single = new ProcessIsolation(programs, sandbox, concurrency, { data });
      return new SharedIsolation({ sandbox, pool, limits, hostLimits: hostLimits(limits), single, data });
    }
    case "wasm": {
      const { WasmIsolation } = await import("./wasm/wasm.ts");
      return new WasmIsolation({ programs, launcher, limits, capacity: concurrency, pool, data });
    }
  }
}

/** Control groups, where there may be some. */
async function cgroupsFor({ limits, launcher, concurrency, evaluations, details, data }: IsolationParts) {
  if (!launcher.delegated) return undefined;
  const { Cgroups } = await import("./cgroup.ts");
  const cgroups = await Cgroups.make(launcher.delegated, withData(limits, data), Math.min(concurrency, evaluations));
  if (cgroups) details.limits = ["rlimits", "cgroup", ...cgroups.controllers].join(" ");
  return cgroups;
}

function unbuilt(): StepFailed {
  return new StepFailed({
    code: "pool.unbuilt",
    message: "Cannot run agents in shared processes as there must be a signed program of this pool and runtime; " +
      "run `deno task build` again, or use another --isolation.",
  });
}
