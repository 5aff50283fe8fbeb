/**
 * The smallest genome that keeps the score, by backward elimination.
 *
 * @module
 */

import type { WorldSet } from "../../evaluation/field.ts";
import type { ActiveGene } from "../../genome/active.ts";
import { nameOf, uncalledGenes, withCallers } from "../../genome/without.ts";
import type { KeptGene, LeftOut } from "../../records/ablation.ts";
import type { Played } from "../../selection/race.ts";
import { mean } from "../../statistics/moments.ts";
import { lossesOf } from "./effects.ts";
import type { Ablated } from "./variants.ts";

/** By what it is decided what is left out. */
export interface EliminationGround {
  readonly set: WorldSet;
  readonly episodes: number;
  /** How much may be lost in all. */
  readonly margin: number;
  /** Whether genes of phase `birth` stay, and what they call. */
  readonly fertile: boolean;
  /** Says how many genes of how many are left out. */
  progress(done: number, total: number): void;
}

/** What it came to. */
export interface Elimination {
  /** All that is left out. */
  readonly gone: ReadonlySet<string>;
  readonly steps: readonly LeftOut[];
  readonly kept: readonly KeptGene[];
}

/** Some genes that can be left out together, and what is lost then: null where the rest fails, or breaks more. */
interface Tried {
  readonly names: ReadonlySet<string>;
  readonly loss: number | null;
}

/**
 * Leaves out the gene that costs least, with what calls it, again and again, until leaving out any further one would lose more
 * than the margin.
 *
 * What would have lost too much once is not tried again until nothing else can be left out: then all of it is, before the end.
 *
 * @param whole What the whole genome did in these worlds.
 */
export async function eliminate(variants: Ablated, whole: Played, ground: EliminationGround): Promise<Elimination> {
  const gone = new Set<string>(), steps: LeftOut[] = [], dear = new Set<string>();
  const total = variants.genes(gone).length;
  const tryAll = (all: readonly ReadonlySet<string>[]): Promise<Tried[]> =>
    Promise.all(
      all.map(async (names) => ({ names, loss: await lossOf(variants, whole, gone.union(names), ground) })),
    );
  for (;;) {
    ground.progress(gone.size, total);
    const genes = variants.genes(gone);
    const [again, first] = partition(candidatesOf(genes, ground.fertile), (names) => dear.has(keyOf(names)));
    const tried = await tryAll(first);
    if (!leastOf(tried, ground.margin)) tried.push(...await tryAll(again));
    const spared = leastOf(tried, ground.margin);
    if (!spared) return { gone, steps, kept: genes.map((gene) => keptOf(gene, genes, tried)) };
    for (const one of tried) {
      if (isSpared(one, ground.margin)) dear.delete(keyOf(one.names));
      else dear.add(keyOf(one.names));
    }
    for (const name of spared.names) gone.add(name);
    steps.push({ genes: [...spared.names], loss: spared.loss!, left: genes.length - spared.names.size });
  }
}

/** Those of which something holds, and the others. */
function partition<T>(all: readonly T[], holds: (one: T) => boolean): [T[], T[]] {
  return [all.filter(holds), all.filter((one) => !holds(one))];
}

/** What can be left out at once: each gene with what calls it; and all together that no episode calls. */
function candidatesOf(genes: readonly ActiveGene[], fertile: boolean): ReadonlySet<string>[] {
  const births = new Set(genes.filter(({ phase }) => phase === "birth").map(nameOf));
  const alone = genes.map((gene) => withCallers(genes, [nameOf(gene)]))
    .filter((names) => !fertile || names.isDisjointFrom(births));
  const uncalled = uncalledGenes(genes);
  const together = new Set(alone.filter((names) => names.isSubsetOf(uncalled)).flatMap((names) => [...names]));
  return [
    ...new Map([...alone, together].filter(({ size }) => size > 0).map((names) => [keyOf(names), names])).values(),
  ];
}

function keyOf(names: Iterable<string>): string {
  return [...names].sort().join();
}

async function lossOf(
  variants: Ablated,
  whole: Played,
  names: ReadonlySet<string>,
  { set, episodes }: EliminationGround,
): Promise<number | null> {
  const { played } = await variants.play(names, set, episodes);
  if (!played || mean(played.violations) > mean(whole.violations)) return null;
  return mean(lossesOf(whole.scores, played.scores));
}

/** Of what loses no more than the margin that which loses least, of equals that which is most genes. */
function leastOf(tried: readonly Tried[], margin: number): Tried | undefined {
  return tried.filter((one) => isSpared(one, margin)).toSorted((a, b) =>
    a.loss! - b.loss! || b.names.size - a.names.size
  )[0];
}

function isSpared({ loss }: Tried, margin: number): boolean {
  return loss !== null && loss <= margin;
}

function keptOf(gene: ActiveGene, genes: readonly ActiveGene[], tried: readonly Tried[]): KeptGene {
  const name = nameOf(gene);
  const key = keyOf(withCallers(genes, [name]));
  return { gene: name, loss: tried.find(({ names }) => keyOf(names) === key)?.loss ?? null };
}
