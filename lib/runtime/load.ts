/**
 * Modules that are evaluated again and again, so that nothing lasts in them.
 *
 * @module
 */

const { assign } = Object;

/** Takes what modules make. */
export type Take<T> = (made: T) => void;

/** Evaluates modules, which hand over what they make. */
export type Load<T, Taker extends Take<T> = Take<T>> = (take: Taker) => void;

/** What modules of a whole pool hand themselves to: it also says what of them is to be evaluated. */
export interface ChosenTake<T> extends Take<T> {
  /** Whether any of these genes, by their places, is active. */
  chosen(genes: readonly number[]): boolean;
}

/**
 * What modules make when they are evaluated anew: functions and classes of theirs hold no property that anybody gave
 * them before.
 */
export function loaded<T>(load: Load<T>): T {
  const made: T[] = [];
  load((one) => void made.push(one));
  return made[0]!;
}

/** The same for the modules of a pool, of which nothing is evaluated but what these genes need. */
export function loadedFor<T>(load: Load<T, ChosenTake<T>>, active: ReadonlySet<number>): T {
  const chosen = (genes: readonly number[]) => genes.some((gene) => active.has(gene));
  return loaded<T>((take) => load(assign(take, { chosen })));
}
