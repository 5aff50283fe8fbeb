/**
 * What is demanded of the trace in a reply: it was made where genes run, so it is hostile, too.
 *
 * @module
 */

import { limits } from "../runtime/limits.ts";
import { fail, finite, list, numbers, record } from "./reply_checks.ts";
import type { ProcessLimits } from "./limits.ts";

/** Longest name of a gene, a phase or what is perceived, in UTF-16 code units. */
const longestName = 512;
/** Most values of a list. */
const most = limits.traced;

/** The limits of a process with what it takes to record its steps: so an evaluation has all of its own left. */
export function withTrace(granted: ProcessLimits): ProcessLimits {
  return {
    ...granted,
    memoryMiB: granted.memoryMiB + 128,
    cpuSeconds: granted.cpuSeconds + 2,
    wallSeconds: granted.wallSeconds + 10,
    outputKiB: granted.outputKiB + Math.ceil(limits.traced * longestValue / 1024),
  };
}

/** Characters of a value with what stands around it, at the most. */
const longestValue = 32;

/** Checks a trace of at most so many steps. */
export function checkTrace(trace: unknown, steps: number, episodes: number): void {
  list(trace, "a trace", steps);
  for (const step of trace) checkStep(step, episodes);
}

function checkStep(value: unknown, episodes: number): void {
  const step = record(value, "a step", ["episode", "timestep", "perception", "genes"], [
    "votes",
    "action",
    "invalid",
    "reward",
  ]);
  count(step.episode, episodes);
  count(step.timestep, Number.MAX_SAFE_INTEGER);
  const { perception } = step;
  if (typeof perception !== "object" || perception === null || Array.isArray(perception)) {
    fail("must hold what was perceived as an object");
  }
  for (const [name, seen] of Object.entries(perception)) {
    text(name);
    numbers(seen, "a perception", most);
  }
  list(step.genes, "the genes of a step", most);
  step.genes.forEach(checkGene);
  if (step.votes !== undefined) numbers(step.votes, "votes", most);
  if (step.action !== undefined) numbers(step.action, "an action", most);
  if (step.invalid !== undefined && step.invalid !== true) fail("must say no more than that an action was invalid");
  if (step.reward !== undefined) finite(step.reward, "a reward");
}

function checkGene(value: unknown): void {
  const gene = record(value, "a traced gene", ["gene", "phase", "ms"], [
    "votes",
    "emitted",
    "returned",
    "probes",
    "draws",
  ]);
  text(gene.gene);
  text(gene.phase);
  finite(gene.ms, "a time");
  for (const pair of pairs(gene.votes)) {
    count(pair[0], most);
    finite(pair[1], "a vote");
  }
  for (const pair of pairs(gene.emitted)) {
    text(pair[0]);
    numbers(pair[1], "a signal", most);
  }
  if (gene.returned !== undefined && gene.returned !== null) numbers(gene.returned, "what a gene returned", most);
  if (gene.probes !== undefined) count(gene.probes, Number.MAX_SAFE_INTEGER);
  if (gene.draws !== undefined) count(gene.draws, Number.MAX_SAFE_INTEGER);
}

function* pairs(value: unknown = []): Generator<readonly unknown[]> {
  list(value, "votes and signals", most);
  for (const pair of value) {
    list(pair, "a vote or a signal", 2);
    if (pair.length !== 2) fail("must hold votes and signals as pairs");
    yield pair;
  }
}

function text(value: unknown): void {
  if (typeof value !== "string" || value.length > longestName) fail("must hold names as texts, and no longer ones");
}

function count(value: unknown, below: number): void {
  if (!Number.isSafeInteger(value) || (value as number) < 0 || (value as number) >= below) {
    fail("must count in its trace as it should");
  }
}
