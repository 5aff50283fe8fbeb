/**
 * Which way of keeping agents apart a name stands for.
 *
 * @module
 */

import type { StepDetails } from "../../records/finished.ts";
import { type HostedData, withData } from "../../isolation/data.ts";
import type { Isolation, PoolProgram, Programs } from "../../isolation/isolation.ts";
import type { Launcher, Sandbox } from "../../isolation/launcher.ts";
import { agentLimits, hostLimits } from "../../isolation/limits.ts";
import type { IsolationName } from "../../isolation/names.ts";
import { ProcessIsolation } from "../../isolation/process.ts";
import type { Keeper } from "../../isolation/residents/keeper.ts";
import { StepFailed } from "../../util/issue.ts";
import type { RunFacts } from "./run_facts.ts";

/** What ways of keeping agents apart are made of; each is loaded only where it is used. */
export interface IsolationParts {
  readonly facts: RunFacts;
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
  const { facts: { config }, launcher, sandbox, programs, concurrency, pool, keeper, data } = parts;
  const limits = agentLimits(config);
  parts.details.limits = "rlimits";
  switch (name) {
    case "process":
    case "bwrap": {
      const single = new ProcessIsolation(programs, sandbox, concurrency, { cgroups: await cgroupsFor(parts), data });
      if (!keeper) return single;
      const { ResidentIsolation } = await import("../../isolation/residents/isolation.ts");
      return new ResidentIsolation(programs, keeper, single, data);
    }
    case "shared": {
      if (!pool) throw unbuilt();
      const { SharedIsolation } = await import("../../isolation/shared/shared.ts");
      const single = new ProcessIsolation(programs, sandbox, concurrency, { data });
      return new SharedIsolation({ sandbox, pool, limits, hostLimits: hostLimits(config), single, data });
    }
    case "wasm": {
      const { WasmIsolation } = await import("../../isolation/wasm/wasm.ts");
      return new WasmIsolation({ programs, launcher, limits, capacity: concurrency, pool, data });
    }
  }
}

/** Control groups, where there may be some. */
async function cgroupsFor({ facts, launcher, concurrency, evaluations, details, data }: IsolationParts) {
  if (!launcher.delegated) return undefined;
  const { Cgroups } = await import("../../isolation/cgroup.ts");
  const limits = withData(agentLimits(facts.config), data);
  const cgroups = await Cgroups.make(launcher.delegated, limits, Math.min(concurrency, evaluations));
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
