/**
 * Records of agents: how they were made, what their files are, and what they were built as.
 *
 * @module
 */

import type { Metrics } from "../genome/metrics.ts";
import type { RecordOf } from "./record.ts";

/** An agent that was made. */
export interface AgentCreated extends RecordOf<"agent.created", string> {
  /** Its number among the agents that `init` has made, from 0. */
  readonly index: number;
  /** Hash of its genome. */
  readonly genomeHash: string;
  /** Hash of the template's gene files and world. */
  readonly codeHash: string;
  /** How many genomes were drawn until one linked; 0 where it was given. */
  readonly draws: number;
  /** Whether one did (of 200). */
  readonly linked: boolean;
  /** Where its genome comes from, a file or `RUN:ID`; absent: it was drawn. */
  readonly from?: string;
  /** What of a genome that was given the template lacks; absent: nothing. */
  readonly ignored?: readonly string[];
}

/** An agent that is not dead; not `ok` is one that is disabled. */
export interface AgentScanned extends RecordOf<"agent.scanned", string> {
  /** Whether genome or code differ from what was last built. */
  readonly changed: boolean;
  /** As it is listed: what is wrong with a file changes neither this nor `codeHash`. */
  readonly genomeHash: string;
  /** Hash of the template's gene files and world that it has. */
  readonly codeHash: string;
  /** Of its active genes; null where the genome could never be read. */
  readonly metrics: ScannedMetrics | null;
  /** `genome.bin`, where it was missing and is to be written from the listing. */
  readonly rewritten?: readonly string[];
  /** What of the genome only a former template had. */
  readonly ignored?: readonly string[];
}

/** The metrics of a genome, and how it came about. */
export interface ScannedMetrics extends Metrics {
  /** Loci that differ from the genome before. */
  readonly distance: number;
  /** How often the agent has changed its genome. */
  readonly mutations: number;
}

/** An agent whose folder holds what is neither code nor read by any step; once for the same files. */
export interface AgentStray extends RecordOf<"agent.stray", string> {
  /** The first 16 of them. */
  readonly files: readonly string[];
  /** How many there are. */
  readonly count: number;
}

/** An active agent; not `ok` (`scan.stale`) is one whose genome is another than `scan` recorded. */
export interface AgentWired extends RecordOf<"agent.wired", string> {
  /** Whether anything was written. */
  readonly changed: boolean;
  /** The files that were written; absent where it is not `ok`. */
  readonly written?: readonly string[];
}

/** An agent that was due; not `ok` is one that could not be built. */
export interface AgentBuilt extends RecordOf<"agent.built", string> {
  /** Key of the artifact; null where there is none. */
  readonly buildHash: string | null;
  /** Whether the same was built before, or for another agent. */
  readonly cached: boolean;
}

/** A disabled agent that was to be active again; not `ok` is a dead one. */
export interface AgentEnabled extends RecordOf<"agent.enabled", string> {
  /** Whether it was disabled. */
  readonly enabled: boolean;
}

/** An id on stdin that is not listed. */
export type AgentUnknown = RecordOf<"agent.unknown", string>;
