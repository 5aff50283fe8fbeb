/**
 * The normal distribution and Student's t: probabilities and quantiles.
 *
 * Both are sums of a few lines; the packages that have them bring over two hundred others.
 *
 * @module
 */

/** How large a quantile may be: beyond it no probability is told from 0 or 1. */
const [mostNormal, mostStudent] = [8, 1e9];

/**
 * Probability that a standard normal variable is at most `x`.
 *
 * The series of Abramowitz and Stegun (1964), 26.2.11; good to about 1e-14 in absolute terms.
 */
export function normalProbability(x: number): number {
  if (Math.abs(x) > mostNormal) return x > 0 ? 1 : 0;
  let term = x, sum = x;
  for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) sum += term *= x * x / odd;
  return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
}

/** The value that a standard normal variable stays below with a probability between 0 and 1. */
export function normalQuantile(probability: number): number {
  return quantile(normalProbability, probability, mostNormal);
}

/**
 * Probability that Student's t is at most `t`.
 *
 * The finite sums of Abramowitz and Stegun (1964), 26.7.3 and 26.7.4.
 *
 * @param freedom Degrees of freedom, a whole number from 1.
 */
export function studentProbability(t: number, freedom: number): number {
  const angle = Math.atan(t / Math.sqrt(freedom));
  const square = freedom / (freedom + t * t);
  const isOdd = freedom % 2 === 1;
  // Each term is the one before it by cos² and by (k - 1) / k, from 1 or cos on.
  let term = isOdd ? Math.sqrt(square) : 1, sum = freedom === 1 ? 0 : term;
  for (let k = isOdd ? 3 : 2; k <= freedom - 2; k += 2) sum += term *= square * (k - 1) / k;
  const within = isOdd ? 2 / Math.PI * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
  return (1 + within) / 2;
}

/** The value that Student's t stays below with a probability between 0 and 1. */
export function studentQuantile(probability: number, freedom: number): number {
  return quantile((t) => studentProbability(t, freedom), probability, mostStudent);
}

/** Where a probability that rises is reached, by halving the interval: within ± `most`. */
function quantile(probabilityAt: (x: number) => number, probability: number, most: number): number {
  let low = -most, high = most;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high || high - low < 1e-13) return middle;
    if (probabilityAt(middle) < probability) low = middle;
    else high = middle;
  }
}
