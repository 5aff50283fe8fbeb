/**
 * Whether a reader's time grows in proportion to what it reads, measured beside a reader of which that is known.
 *
 * @module
 */

/** Twice as much may take so many times as long; what grows with the square takes four times as long. */
const mostPerDoubling = 2.5;
const doublings = 3;
/** What takes hardly any time tells nothing: so many milliseconds more are let pass. */
const allowanceMs = 4;
const trials = 5;

/**
 * Reads a text and one eight times as long, five times at most.
 *
 * @param read Reads it, to the end or to a refusal of its own; what it throws is passed over.
 * @param make A text of about so many characters, or what else is read.
 * @returns Undefined as soon as the time was in proportion once; else what was measured.
 */
export async function disproportion<T>(
  read: (input: T) => unknown,
  make: (size: number) => T,
  size: number,
): Promise<string | undefined> {
  const [small, large] = [make(size), make(size * 2 ** doublings)];
  const measured: string[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const [one, many] = [await beside(read, small, size, 5), await beside(read, large, size * 2 ** doublings, 1)];
    // A machine that was busier the second time made the reference slower as well.
    const slower = Math.min(2, Math.max(1, many.reference / (2 ** doublings * one.reference)));
    if (many.ms < (mostPerDoubling ** doublings * one.ms + allowanceMs) * slower) return undefined;
    measured.push(`${one.ms.toFixed(2)} ms, and ${many.ms.toFixed(2)} ms for eight times as much`);
  }
  return measured.join("; ");
}

/** Milliseconds at best of so many times, of the reader and of the reference. */
async function beside<T>(
  read: (input: T) => unknown,
  input: T,
  size: number,
  times: number,
): Promise<{ ms: number; reference: number }> {
  let [ms, reference] = [Infinity, Infinity];
  for (let i = 0; i < times; i++) {
    ms = Math.min(ms, await timeOf(() => read(input)));
    reference = Math.min(reference, await timeOf(() => count(size)));
  }
  return { ms, reference };
}

async function timeOf(work: () => unknown): Promise<number> {
  const began = clock();
  try {
    await work();
  } catch {
    // Refused, which is an end as well.
  }
  return clock() - began;
}

const schedule = "/proc/thread-self/schedstat";
const isKnown = (() => {
  try {
    return Number(Deno.readTextFileSync(schedule).split(" ")[0]) > 0;
  } catch {
    return false;
  }
})();

/** Milliseconds that this thread has been at work, whatever else the machine does; where no kernel tells, the time of day. */
function clock(): number {
  return isKnown ? Number(Deno.readTextFileSync(schedule).split(" ")[0]) / 1e6 : performance.now();
}

/** What is known to take time in proportion. */
function count(size: number): number {
  let sum = 0;
  for (let i = 0; i < size * 16; i++) sum = (sum * 31 + i) | 0;
  return sum;
}
