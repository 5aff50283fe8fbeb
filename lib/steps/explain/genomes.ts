/**
 * What differs between two genomes, locus by locus.
 *
 * @module
 */

import { keptGenome } from "../../agents/kept_genome.ts";
import type { LocusChange } from "../../records/story_facts.ts";
import type { Listing } from "../../db/listing.ts";
import { genomeChanges } from "../../genome/diff.ts";
import { shown } from "./shown.ts";

/** How many loci a sentence names. */
const named = 6;

/** The genomes that a listing keeps. */
export class Genomes {
  readonly #listing: Listing;

  constructor(listing: Listing) {
    this.#listing = listing;
  }

  /**
   * What differs between two genomes, sorted by locus.
   *
   * @returns `undefined` where one of them is not kept, or is no genome.
   */
  changes(before: string, after: string): LocusChange[] | undefined {
    const [one, other] = [keptGenome(this.#listing, before), keptGenome(this.#listing, after)];
    return one && other && genomeChanges(one, other);
  }
}

/** Changes in words, switches first, such as `src/rl.ts#learn on, src/rl.ts:rate 0.05 → 0.07`. */
export function changesText(changes: readonly LocusChange[] | undefined): string {
  if (changes === undefined) return "one of the two is no genome that is kept";
  if (changes.length === 0) return "it says the same";
  const isSwitch = ({ before, after }: LocusChange) => typeof (after ?? before) === "boolean";
  const ordered = [...changes.filter(isSwitch), ...changes.filter((change) => !isSwitch(change))];
  const words = ordered.slice(0, named).map(changeText).join(", ");
  return changes.length > named ? `${words} and ${changes.length - named} more` : words;
}

function changeText({ locus, before, after }: LocusChange): string {
  if (after === null) return `${locus} gone`;
  if (typeof after === "boolean") return `${locus} ${after ? "on" : "off"}`;
  return before === null ? `${locus} ${shown(after)}` : `${locus} ${shown(Number(before))} → ${shown(after)}`;
}
