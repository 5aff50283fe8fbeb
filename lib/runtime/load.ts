/**
 * Modules that are evaluated again and again, so that nothing lasts in them.
 *
 * @module
 */

/** Evaluates modules, which hand over what they make. */
export type Load<T> = (take: (made: T) => void) => void;

/**
 * What modules make when they are evaluated anew: functions and classes of theirs hold no property that anybody gave
 * them before.
 */
export function loaded<T>(load: Load<T>): T {
  const made: T[] = [];
  load((one) => void made.push(one));
  return made[0]!;
}
