/**
 * Which way of keeping agents apart a name stands for.
 *
 * @module
 */

import type { Isolation } from "../isolation/isolation.ts";
import type { Launcher, Sandbox } from "../isolation/launcher.ts";
import { agentLimits } from "../isolation/limits.ts";
import type { IsolationName } from "../isolation/names.ts";
import { ProcessIsolation } from "../isolation/process.ts";
import type { RunFacts } from "./run_facts.ts";

/** What ways of keeping agents apart are made of; each is loaded only where it is used. */
export interface IsolationParts {
  readonly facts: RunFacts;
  readonly launcher: Launcher;
  /** Makes the command lines of processes without permissions: agents, hosts of many agents, the judge. */
  readonly sandbox: Sandbox;
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
  const { Bubblewrap } = await import("../isolation/bubblewrap.ts");
  return await Bubblewrap.find(launcher, agentLimits(facts.config));
}

/** The way of keeping agents apart that a name stands for. */
export async function isolationFor(
  name: IsolationName,
  { facts, launcher, sandbox }: IsolationParts,
): Promise<Isolation> {
  const limits = agentLimits(facts.config);
  switch (name) {
    case "process":
    case "bwrap":
    case "pooled": // For those that can't share a process.
      return new ProcessIsolation(sandbox, limits);
    case "wasm": {
      const { WasmIsolation } = await import("../isolation/wasm/wasm.ts");
      return new WasmIsolation(launcher, limits);
    }
  }
}
