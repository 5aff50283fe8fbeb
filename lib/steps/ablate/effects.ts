/**
 * What each gene of a genome is worth: each off in turn, in the same worlds.
 *
 * @module
 */

import type { WorldSet } from "../../evaluation/field.ts";
import type { ActiveGene } from "../../genome/active.ts";
import { nameOf, uncalledGenes } from "../../genome/without.ts";
import type { Difference, GeneEffect, Verdict } from "../../records/ablation.ts";
import type { Played } from "../../selection/race.ts";
import { holm } from "../../statistics/holm.ts";
import { mean } from "../../statistics/moments.ts";
import { pairedInterval, pairedTest } from "../../statistics/paired.ts";
import type { Ablated, Attempt } from "./variants.ts";

/** Chance of any claim where there is nothing. */
const alpha = 0.05;

/** What is off at once: a gene, or a file of which several genes are active. */
interface Unit {
  readonly gene: string;
  /** Absent: it is a file. */
  readonly phase?: string | null;
  readonly names: ReadonlySet<string>;
  /** Whether no episode calls any of it. */
  readonly isUncalled: boolean;
}

/** Where effects are judged. */
export interface EffectGround {
  readonly set: WorldSet;
  readonly episodes: number;
  /** Says how many units of how many are judged. */
  progress(done: number, total: number): void;
}

/**
 * The effect of each active gene, and of each file that has several.
 *
 * @param whole What the whole genome did in these worlds.
 */
export async function effectsOf(variants: Ablated, whole: Played, ground: EffectGround): Promise<GeneEffect[]> {
  const units = unitsOf(variants.genes(new Set()));
  let done = 0;
  const effects = await Promise.all(units.map(async (unit) => {
    const attempt = await variants.play(unit.names, ground.set, ground.episodes);
    ground.progress(++done, units.length);
    return effectOf(unit, whole, attempt, ground.set.worlds.isUnseen);
  }));
  return judged(effects);
}

function unitsOf(genes: readonly ActiveGene[]): Unit[] {
  const uncalled = uncalledGenes(genes);
  const alone = genes.map((gene) => ({
    gene: nameOf(gene),
    phase: gene.phase ?? null,
    names: new Set([nameOf(gene)]),
    isUncalled: uncalled.has(nameOf(gene)),
  }));
  const files = [...Map.groupBy(genes, ({ file }) => file)].filter(([, own]) => own.length > 1);
  return [
    ...alone,
    ...files.map(([gene, own]) => {
      const names = new Set(own.map(nameOf));
      return { gene, names, isUncalled: names.isSubsetOf(uncalled) };
    }),
  ];
}

function effectOf(unit: Unit, whole: Played, attempt: Attempt, isUnseen: boolean): GeneEffect {
  const { gene, phase } = unit;
  const named = { gene, ...(phase !== undefined && { phase }) };
  const reason = uncalledReason(unit);
  if (!attempt.played) {
    const { ended, reason } = attempt;
    return { ...named, verdict: ended, of: "score", effect: null, p: null, adjusted: null, reason };
  }
  const { of, differences } = compared(whole, attempt.played);
  const isNone = differences.every((difference) => difference === 0);
  return {
    ...named,
    verdict: isNone ? "no effect" : "not shown",
    of,
    effect: differenceOf(differences, isUnseen),
    p: isUnseen && !isNone ? pairedTest(differences) : null,
    adjusted: null,
    ...(reason !== undefined && { reason }),
  };
}

function uncalledReason({ phase, isUncalled }: Unit): string | undefined {
  if (!isUncalled) return undefined;
  return phase === "birth" ? "it is called at births alone" : "no episode calls it";
}

/** How much better the whole is in each world: it breaks less, or where both break as much its scores are higher. */
function compared(whole: Played, other: Played): Pick<GeneEffect, "of"> & { readonly differences: number[] } {
  const breaksAsMuch = mean(whole.violations) === mean(other.violations);
  return breaksAsMuch
    ? { of: "score", differences: lossesOf(whole.scores, other.scores) }
    : { of: "violation", differences: lossesOf(other.violations, whole.violations) };
}

/** By how much values fall in each world. */
export function lossesOf(whole: readonly number[], other: readonly number[]): number[] {
  return whole.map((value, at) => value - other[at]!);
}

/**
 * The mean of differences with its interval.
 *
 * @param isUnseen Whether they are of worlds that nothing was chosen by: an interval is of such alone.
 */
export function differenceOf(differences: readonly number[], isUnseen: boolean): Difference {
  const bounds = isUnseen ? pairedInterval(differences, alpha) : { low: null, high: null };
  return { mean: mean(differences), ...bounds };
}

/** Effects with what is shown of them together; what can't be compared, or comes to the same, is no comparison. */
function judged(effects: readonly GeneEffect[]): GeneEffect[] {
  const compared = effects.filter(({ p }) => p !== null);
  const adjusted = new Map(holm(compared.map(({ p }) => p!)).map((p, at) => [compared[at]!, p]));
  return effects.map((one) => {
    const p = adjusted.get(one);
    return p === undefined ? one : { ...one, adjusted: p, verdict: verdictOf(one, p) };
  });
}

function verdictOf({ effect }: GeneEffect, adjusted: number): Verdict {
  return adjusted >= alpha ? "not shown" : effect!.mean > 0 ? "helps" : "harms";
}
