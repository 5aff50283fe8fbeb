/**
 * Effects that add up: what is measured, and the occasion on which it is.
 *
 * @module
 */

/** One value of one subject on one occasion. */
export interface Observation {
  readonly subject: string;
  readonly occasion: number;
  readonly value: number;
}

/** What is to be expected of a subject on an occasion that was not seen yet. */
export interface Estimate {
  readonly mean: number;
  /** The bounds of the interval of 95 %. */
  readonly low: number;
  readonly high: number;
  /** On how many occasions it was measured. */
  readonly count: number;
}

/** Rounds at most, and the change relative to the spread at which there is no further one. */
const [mostRounds, tolerance] = [300, 1e-7];

/** Quantile of the normal distribution for an interval of 95 %. */
const z = 1.959963984540054;

/**
 * What each subject is worth, apart from the occasions on which it was measured and from luck.
 *
 * A value is the effect of its occasion, that of its subject and an error. Subjects are drawn from a normal distribution, so
 * that an extreme mean of few values is drawn towards the others (best linear unbiased prediction: Henderson 1975, "Best linear
 * unbiased estimation and prediction under a selection model"); both variances are those of about the largest restricted likelihood, by
 * expectation and maximisation (Dempster, Laird and Rubin 1977).
 *
 * @param observations In any order; of several of one subject on one occasion each counts.
 * @returns By subject; undefined where no subject came to two different values: values are then all that there is to know.
 */
export function additiveEstimates(observations: readonly Observation[]): Map<string, Estimate> | undefined {
  const subjects = new Places<string>(), occasions = new Places<number>();
  const of = Uint32Array.from(observations, ({ subject }) => subjects.of(subject));
  const on = Uint32Array.from(observations, ({ occasion }) => occasions.of(occasion));
  const values = Float64Array.from(observations, ({ value }) => value);
  if (!differs(of, values)) return undefined;
  const perSubject = countsOf(of, subjects.size);
  const fit = fitted({ of, on, values, perSubject, perOccasion: countsOf(on, occasions.size) });
  const level = meanOf(fit.occasions);
  const spread = variance(fit.occasions) / fit.occasions.length;
  return new Map(subjects.names.map((subject, at) => {
    const mean = level + fit.effects[at]!;
    const half = z * Math.sqrt(fit.uncertainty[at]! + spread);
    return [subject, { mean, low: mean - half, high: mean + half, count: perSubject[at]! }];
  }));
}

interface Data {
  /** Of each value: place of its subject, and of its occasion. */
  readonly of: Uint32Array;
  readonly on: Uint32Array;
  readonly values: Float64Array;
  readonly perSubject: Uint32Array;
  readonly perOccasion: Uint32Array;
}

interface Fit {
  /** Effects of occasions, and of subjects around 0 with their variances. */
  readonly occasions: Float64Array;
  readonly effects: Float64Array;
  readonly uncertainty: Float64Array;
}

function fitted({ of, on, values, perSubject, perOccasion }: Data): Fit {
  const occasions = new Float64Array(perOccasion.length), effects = new Float64Array(perSubject.length);
  const uncertainty = new Float64Array(perSubject.length);
  let among = variance(values), error = among;
  const least = among * tolerance;
  for (let round = 0; round < mostRounds; round++) {
    occasions.fill(0);
    values.forEach((value, i) => occasions[on[i]!]! += (value - effects[of[i]!]!) / perOccasion[on[i]!]!);
    const sums = new Float64Array(effects.length);
    values.forEach((value, i) => sums[of[i]!]! += value - occasions[on[i]!]!);
    let square = 0;
    effects.forEach((_, at) => {
      const share = among / (among * perSubject[at]! + error);
      effects[at] = share * sums[at]!;
      uncertainty[at] = error * share;
      square += effects[at]! ** 2 + uncertainty[at]!;
    });
    let rest = 0;
    values.forEach((value, i) => {
      rest += (value - occasions[on[i]!]! - effects[of[i]!]!) ** 2 + uncertainty[of[i]!]!;
    });
    // Each occasion takes a degree of freedom, as in restricted likelihood.
    const [amongNow, errorNow] = [square / effects.length, rest / Math.max(1, values.length - occasions.length)];
    const change = Math.abs(amongNow - among) + Math.abs(errorNow - error);
    [among, error] = [amongNow, errorNow];
    if (change <= least) break;
  }
  return { occasions, effects, uncertainty };
}

/** Names with their places, in the order of their first call. */
class Places<T> {
  readonly #places = new Map<T, number>();

  of(name: T): number {
    let place = this.#places.get(name);
    if (place === undefined) this.#places.set(name, place = this.#places.size);
    return place;
  }

  get size(): number {
    return this.#places.size;
  }

  get names(): T[] {
    return [...this.#places.keys()];
  }
}

function differs(of: Uint32Array, values: Float64Array): boolean {
  const first = new Map<number, number>();
  return values.some((value, i) => {
    const known = first.get(of[i]!);
    if (known === undefined) first.set(of[i]!, value);
    return known !== undefined && known !== value;
  });
}

function countsOf(places: Uint32Array, size: number): Uint32Array {
  const counts = new Uint32Array(size);
  for (const place of places) counts[place]!++;
  return counts;
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: Float64Array): number {
  if (values.length < 2) return 0;
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
