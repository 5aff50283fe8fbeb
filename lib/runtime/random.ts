/**
 * Named streams of random numbers: every random number of a run comes from one of these, so the order
 * of work can't matter.
 *
 * @module
 */

/** A source of random numbers in `[0, 1)`, with 53 bits each. */
export type Random = () => number;

/**
 * The seed of the stream that has this name: 128 bits as 32 hexadecimal digits.
 *
 * Four lanes of multiplicative hashing over the UTF-16 code units, then avalanche and cross-mixing
 * (after bryc's cyrb128). Not cryptographic: it separates streams, it keeps no secret.
 *
 * @param name Parts of the name, such as run seed, purpose, cycle, agent. Parts are kept apart by their JSON form.
 */
export function deriveSeed(...name: readonly (string | number)[]): string {
  const text = JSON.stringify(name);
  let a = 1779033703, b = 3144134277, c = 1013904242, d = 2773480762;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = b ^ Math.imul(a ^ unit, 597399067);
    b = c ^ Math.imul(b ^ unit, 2869860233);
    c = d ^ Math.imul(c ^ unit, 951274213);
    d = a ^ Math.imul(d ^ unit, 2716044179);
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  const all = a ^ b ^ c ^ d;
  return hex(all) + hex(b ^ all) + hex(c ^ all) + hex(d ^ all);
}

/**
 * The stream of random numbers that belongs to a seed.
 *
 * Generator sfc32 of Chris Doty-Humphrey (PractRand), 12 rounds of warm-up.
 *
 * @param seed 32 hexadecimal digits, from {@linkcode deriveSeed}.
 */
export function stream(seed: string): Random {
  let a = word(seed, 0), b = word(seed, 8), c = word(seed, 16), counter = word(seed, 24) | 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) next();
  return () => ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992;
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, "0");
}

function word(seed: string, at: number): number {
  return Number.parseInt(seed.slice(at, at + 8), 16) | 0;
}
