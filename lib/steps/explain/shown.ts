/**
 * Numbers and ids as far as people need them.
 *
 * @module
 */

/** A number for people, with four digits that count. */
export function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** The first digits of an id or a hash, as far as people need them. */
export function short(id: string): string {
  return id.slice(0, 8);
}
