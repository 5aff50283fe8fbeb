/**
 * Whether a reader's time grows in proportion to what it reads: one long text beside as much in short ones.
 *
 * @module
 */

/** A text is read so often, and one so many times as long once. */
const growth = 8;
/** The long one may take so many times as long as all the short ones; what grows with the square takes eight times as long. */
const most = 4;
/** What takes hardly any time tells nothing: so many milliseconds more are let pass, of ticks and of collecting garbage. */
const allowanceMs = 40;
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
    const [one, many] = [await timeOf(() => read(small), growth), await timeOf(() => read(large), 1)];
    if (many < most * one + allowanceMs) return undefined;
    measured.push(`${one.toFixed(2)} ms for eight, and ${many.toFixed(2)} ms for one eight times as long`);
  }
  return measured.join("; ");
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
