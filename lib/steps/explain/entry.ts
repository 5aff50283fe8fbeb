/**
 * What an agent's story is made of.
 *
 * @module
 */

import type { Parent } from "../../records/record.ts";
import type { StoryFacts } from "../../records/story_facts.ts";
import type { Listing } from "../../db/listing.ts";
import type { Status } from "../../records/status.ts";
import type { Objective, WorldSettings } from "../../runtime/contract.ts";
import type { Genomes } from "./genomes.ts";

/** Something that became of an agent, and why. */
export interface Entry {
  readonly cycle: number;
  /** One sentence or more for a person, without control characters. */
  readonly reason: string;
  /** The same for programs. */
  readonly facts: StoryFacts;
  /** Where it stands: number of the last event before it, or its own, and what comes first of several there. */
  readonly after: { readonly event: number; readonly stage: number };
}

/** What comes first of several things that no event parts: within a cycle, in the order of its steps. */
export const stages = { event: 0, build: 1, judged: 2, race: 3, rank: 4, gestation: 5, now: 6 } as const;

/** Tells in which order two things happened. */
export function byTime(a: Entry, b: Entry): number {
  return a.after.event - b.after.event || a.cycle - b.cycle || a.after.stage - b.after.stage;
}

/** The agent that is explained. */
export interface Subject {
  readonly listing: Listing;
  readonly genomes: Genomes;
  /** What the present world declares; undefined where it is lost. */
  readonly world: WorldSettings | undefined;
  /** What a score stands for in the present world; undefined where that gives scores itself. */
  readonly objective: Objective | undefined;
  readonly id: string;
  readonly status: Status;
  readonly stage: "planned" | "newborn" | "adult" | "removed";
  readonly generation: number;
  /** First the one whose genome it was given. */
  readonly parents: readonly Parent[];
  readonly genomeHash: string;
  readonly codeHash: string;
  /** What its genome reaches of the pool. */
  readonly reach: string | null;
  readonly builtFrom: string | null;
  readonly score: number | null;
  readonly energy: number;
  readonly backoffUntilCycle: number;
}

/** A number, an item and its plural: `1 agent`, `2 agents`. */
export function count(number: number, item: string): string {
  return `${number} ${number === 1 ? item : `${item}s`}`;
}
