/**
 * Whether a reader's time grows in proportion to what it reads, measured beside a reader of which that is known.
 *
 * @module
 */

/** A text is read so often, and one so many times as long once. */
const growth = 8;
/** The long one may take so many times as long as all the short ones; what grows with the square takes eight times as long. */
const most = 4;
/** What takes hardly any time tells nothing: so many milliseconds more are let pass, as a kernel may tell whole ticks alone. */
const allowanceMs = 8;
const trials = 5;

/**
 * Reads a text eight times and one that is eight times as long, five times at most.
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
  const [small, large] = [make(size), make(size * growth)];
  const measured: string[] = [];
  for (let trial = 0; trial < trials; trial++) {
    // As much is read both times, so that ticks, pages of memory and its collection weigh alike.
    const [one, many] = [await beside(read, small, size, growth), await beside(read, large, size * growth, 1)];
    // A machine that was busier the second time made the reference slower as well.
    const slower = Math.min(2, Math.max(1, many.reference / one.reference));
    if (many.ms < (most * one.ms + allowanceMs) * slower) return undefined;
    measured.push(`${one.ms.toFixed(2)} ms for eight, and ${many.ms.toFixed(2)} ms for one eight times as long`);
  }
  return measured.join("; ");
}

/** Milliseconds of the reader and of the reference for an input that is read so many times. */
async function beside<T>(
  read: (input: T) => unknown,
  input: T,
  size: number,
  times: number,
): Promise<{ ms: number; reference: number }> {
  return { ms: await timeOf(() => read(input), times), reference: await timeOf(() => count(size), times) };
}

async function timeOf(work: () => unknown, times: number): Promise<number> {
  const began = clock();
  for (let i = 0; i < times; i++) {
    try {
      await work();
    } catch {
      // Refused, which is an end as well.
    }
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
