/**
 * Which way of keeping agents apart a name stands for.
 *
 * @module
 */

import type { Isolation } from "../../isolation/isolation.ts";
import type { Launcher, Sandbox } from "../../isolation/launcher.ts";
import { agentLimits, type ProcessLimits } from "../../isolation/limits.ts";
import type { IsolationName } from "../../isolation/names.ts";
import { ProcessIsolation } from "../../isolation/process.ts";
import type { PoolLives } from "./pool_lives.ts";
import type { RunFacts } from "./run_facts.ts";

/** What ways of keeping agents apart are made of; each is loaded only where it is used. */
export interface IsolationParts {
  readonly facts: RunFacts;
  readonly launcher: Launcher;
  /** Makes the command lines of processes without permissions: agents, hosts of many agents, the judge. */
  readonly sandbox: Sandbox;
  /** How many lives are lived at once. */
  readonly atOnce: number;
  /** The program of the pool, for ways that can use it. */
  readonly pool?: PoolLives;
  /** Where to tell by what lives are limited, for the closing record. */
  readonly details: Record<string, string | number>;
}

/**
 * What makes the command lines of all processes without permissions of a step.
 *
 * Needs run permission for `/bin/sh`.
 *
 * @throws {StepFailed} If this machine lacks what it needs.
 */
export async function sandboxFor(name: IsolationName, launcher: Launcher, facts: RunFacts): Promise<Sandbox> {
  if (name !== "bwrap") return launcher;
  const { Bubblewrap } = await import("../../isolation/bubblewrap.ts");
  return await Bubblewrap.find(launcher, agentLimits(facts.config));
}

/** The way of keeping agents apart that a name stands for. */
export async function isolationFor(
  name: IsolationName,
  parts: IsolationParts,
): Promise<Isolation> {
  const { facts, launcher, sandbox } = parts;
  const limits = agentLimits(facts.config);
  parts.details.limits = "rlimits";
  switch (name) {
    case "process":
    case "bwrap":
      return new ProcessIsolation(sandbox, limits, await cgroupsFor(parts, limits));
    case "pooled": // For those that can't share a process.
      return new ProcessIsolation(sandbox, limits);
    case "wasm": {
      const { WasmIsolation } = await import("../../isolation/wasm/wasm.ts");
      return new WasmIsolation(launcher, limits, parts.pool);
    }
  }
}

/** Control groups, where there may be some. */
async function cgroupsFor({ launcher, atOnce, details }: IsolationParts, limits: ProcessLimits) {
  if (!launcher.delegated) return undefined;
  const { Cgroups } = await import("../../isolation/cgroup.ts");
  const cgroups = await Cgroups.make(launcher.delegated, limits, atOnce);
  if (cgroups) details.limits = ["rlimits", "cgroup", ...cgroups.controllers].join(" ");
  return cgroups;
}
