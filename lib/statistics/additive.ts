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

/** Rounds at most, values that are gone through in all of them, and the change relative to the spread at which there is no further one. */
const [mostRounds, mostSteps, tolerance] = [300, 3e7, 1e-7];

/** As how many subjects of a cohort the mean of the one before it counts. */
const weight = 0.25;

/** Quantile of the normal distribution for an interval of 95 %. */
const z = 1.959963984540054;

/**
 * What each subject is worth, apart from the occasions on which it was measured and from luck.
 *
 * A value is the effect of its occasion, that of its subject and an error. Subjects that were first measured on the same occasion
 * are drawn from one normal distribution, whose mean may be another one on each: so what improves over time is told from occasions
 * that are kinder, and an extreme mean of few values is drawn towards the others of its time (best linear unbiased prediction with
 * genetic groups: Henderson 1975, "Best linear unbiased estimation and prediction under a selection model"; Quaas 1988). That only
 * the better ones are measured again is allowed for, as all values by which they were chosen are given. The variances are those
 * of about the largest restricted likelihood, by expectation and maximisation (Dempster, Laird and Rubin 1977). The intervals
 * count in how well the shared subjects link each occasion with the next.
 *
 * @param observations In any order; of several of one subject on one occasion each counts.
 * @returns By subject; undefined where no subject came to two different values: values are then all that there is to know.
 */
export function additiveEstimates(observations: readonly Observation[]): Map<string, Estimate> | undefined {
  const subjects = new Places<string>(), occasions = new Places<number>();
  const sorted = observations.toSorted((a, b) => a.occasion - b.occasion);
  const on = Uint32Array.from(sorted, ({ occasion }) => occasions.of(occasion));
  const of = Uint32Array.from(sorted, ({ subject }) => subjects.of(subject));
  const values = Float64Array.from(sorted, ({ value }) => value);
  if (!differs(of, values)) return undefined;
  const cohort = new Uint32Array(subjects.size);
  for (let i = of.length - 1; i >= 0; i--) cohort[of[i]!] = on[i]!;
  const perSubject = countsOf(of, subjects.size);
  const data = { of, on, values, cohort, perSubject, perOccasion: countsOf(on, occasions.size) };
  const { effects, uncertainty, occasions: found, error } = fitted(data);
  const links = linkage(data, error);
  const level = meanOf(found);
  const spread = variance(found) / found.length;
  return new Map(subjects.names.map((subject, at) => {
    const mean = level + effects[at]!;
    const half = z * Math.sqrt(uncertainty[at]! + spread + links[cohort[at]!]!);
    return [subject, { mean, low: mean - half, high: mean + half, count: perSubject[at]! }];
  }));
}

interface Data {
  /** Of each value: place of its subject, and of its occasion. */
  readonly of: Uint32Array;
  readonly on: Uint32Array;
  readonly values: Float64Array;
  /** Of each subject: place of the occasion on which it was first measured. */
  readonly cohort: Uint32Array;
  readonly perSubject: Uint32Array;
  readonly perOccasion: Uint32Array;
}

interface Fit {
  /** Effects of occasions, and of subjects with their variances. */
  readonly occasions: Float64Array;
  readonly effects: Float64Array;
  readonly uncertainty: Float64Array;
  /** Variance of what is left. */
  readonly error: number;
}

function fitted({ of, on, values, cohort, perSubject, perOccasion }: Data): Fit {
  const occasions = new Float64Array(perOccasion.length), effects = new Float64Array(perSubject.length);
  const cohorts = new Float64Array(perOccasion.length), inCohort = countsOf(cohort, perOccasion.length);
  const uncertainty = new Float64Array(perSubject.length);
  let among = variance(values), error = among;
  const least = among * tolerance;
  for (let round = 0; round < Math.min(mostRounds, mostSteps / values.length); round++) {
    const before = Float64Array.from(cohorts);
    const sums = new Float64Array(effects.length);
    values.forEach((value, i) => sums[of[i]!]! += value - occasions[on[i]!]!);
    const means = new Float64Array(cohorts.length);
    let square = 0;
    effects.forEach((_, at) => {
      const share = among / (among * perSubject[at]! + error);
      const prior = cohorts[cohort[at]!]!;
      const own = share * (sums[at]! - perSubject[at]! * prior);
      effects[at] = prior + own;
      uncertainty[at] = error * share;
      means[cohort[at]!]! += effects[at]!;
      square += own ** 2 + uncertainty[at]!;
    });
    renew(cohorts, means, inCohort);
    occasions.fill(0);
    values.forEach((value, i) => occasions[on[i]!]! += (value - effects[of[i]!]!) / perOccasion[on[i]!]!);
    let rest = 0;
    values.forEach((value, i) => {
      rest += (value - occasions[on[i]!]! - effects[of[i]!]!) ** 2 + uncertainty[of[i]!]!;
    });
    // Each occasion takes a degree of freedom, as in restricted likelihood.
    [among, error] = [square / effects.length, rest / Math.max(1, values.length - occasions.length)];
    let change = 0;
    cohorts.forEach((mean, k) => change = Math.max(change, Math.abs(mean - before[k]!)));
    if (change ** 2 <= least) break;
  }
  return { occasions, effects, uncertainty, error };
}

/** Means of cohorts from their sums; each counts the one before it as part of a member, so that a single subject is not all alone. */
function renew(cohorts: Float64Array, sums: Float64Array, sizes: Uint32Array): void {
  let before: number | undefined;
  sums.forEach((sum, at) => {
    if (sizes[at] === 0) return;
    before = cohorts[at] = before === undefined ? sum / sizes[at]! : (sum + weight * before) / (sizes[at]! + weight);
  });
}

/**
 * How uncertain it is, for each occasion, how it differs from the mean of all: neighbours are compared by the subjects that both
 * measured.
 */
function linkage({ of, on, perOccasion: { length } }: Data, error: number): Float64Array {
  const last = new Map<number, number>(), shared = new Float64Array(length);
  for (let i = 0; i < of.length; i++) {
    if (last.get(of[i]!) === on[i]! - 1) shared[on[i]!]!++;
    last.set(of[i]!, on[i]!);
  }
  // Of the step to each occasion from the one before it.
  const steps = shared.map((count) => 2 * error / Math.max(1, count));
  return Float64Array.from({ length }, (_, at) => {
    let sum = 0;
    for (let step = 1; step < length; step++) sum += ((step <= at ? step : length - step) / length) ** 2 * steps[step]!;
    return sum;
  });
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
