/**
 * A tabu search for short schedules: two operations that follow each other on a critical path and on a machine change
 * places; what a change comes to is estimated from heads and tails (Taillard 1994).
 *
 * @module
 */

/** Operations of all jobs: those of a job follow each other, `start[job]` being the first one. */
interface Shop {
  readonly machine: Int32Array;
  readonly duration: Int32Array;
  /** The operation before and after each one in its job, or -1. */
  readonly before: Int32Array;
  readonly after: Int32Array;
  readonly machines: number;
}

/** A schedule by the operation that follows each one on its machine, and what is computed from that. */
interface Schedule {
  /** The operation before and after each one on its machine, or -1. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** The longest path to the begin of each operation, and from its end. */
  readonly head: Int32Array;
  readonly tail: Int32Array;
  readonly order: Int32Array;
  makespan: number;
}

/** The least makespan that is possible at all: the longest job, or the most work of a machine. */
export function lowerBound(jobs: readonly (readonly number[])[]): number {
  const { machine, duration, machines } = shopOf(jobs);
  const load = new Array(machines).fill(0);
  machine.forEach((m, operation) => load[m] += duration[operation]!);
  const lengths = jobs.map((job) => job.reduce((sum, value, i) => i % 2 === 1 ? sum + value : sum, 0));
  return Math.max(...load, ...lengths);
}

/**
 * The least makespan that a search finds.
 *
 * @param jobs For each job its machines and durations in turn.
 * @param moves How many changes it makes; it ends before where no schedule can be shorter.
 * @param random Numbers in `[0, 1)`.
 */
export function solve(jobs: readonly (readonly number[])[], moves: number, random: () => number): number {
  const shop = shopOf(jobs);
  const schedule = begin(shop, jobs, random);
  const bound = lowerBound(jobs);
  const size = shop.machine.length;
  const [n, m] = [jobs.length, shop.machines];
  const tenure = (n + m / 2) * Math.exp(-n / (5 * m)) + n * m / 2 * Math.exp(-5 * m / n);
  const forbidden = new Int32Array(size * size);
  let best = schedule.makespan;
  let [improved, kept] = [0, copy(schedule)];
  for (let move = 1; move <= moves && best > bound; move++) {
    const chosen = choose(shop, schedule, forbidden, move, best, random);
    if (chosen < 0) return best; // No path has two operations of a machine in a row: it is optimal.
    const second = schedule.right[chosen]!;
    forbidden[second * size + chosen] = move + Math.round(tenure * (0.8 + 0.6 * random()));
    swap(schedule, chosen, second);
    measure(shop, schedule);
    if (schedule.makespan < best) [best, improved, kept] = [schedule.makespan, move, copy(schedule)];
    if (move - improved < PATIENCE) continue;
    // Back to the best one, from where chance leads another way.
    improved = move;
    schedule.left.set(kept.left);
    schedule.right.set(kept.right);
    forbidden.fill(0);
    measure(shop, schedule);
  }
  return best;
}

/** After how many changes without a shorter schedule a search goes back to the best one. */
const PATIENCE = 20_000;

function copy({ left, right }: Schedule): Pick<Schedule, "left" | "right"> {
  return { left: left.slice(), right: right.slice() };
}

function shopOf(jobs: readonly (readonly number[])[]): Shop {
  const [machine, duration, before, after]: number[][] = [[], [], [], []];
  for (const job of jobs) {
    for (let i = 0; i < job.length; i += 2) {
      const operation = machine!.length;
      machine!.push(job[i]!);
      duration!.push(job[i + 1]!);
      before!.push(i === 0 ? -1 : operation - 1);
      after!.push(i + 2 === job.length ? -1 : operation + 1);
    }
  }
  return {
    machine: Int32Array.from(machine!),
    duration: Int32Array.from(duration!),
    before: Int32Array.from(before!),
    after: Int32Array.from(after!),
    machines: Math.max(...machine!) + 1,
  };
}

/** Takes operations of jobs by chance. */
function begin(shop: Shop, jobs: readonly (readonly number[])[], random: () => number): Schedule {
  const size = shop.machine.length;
  const list = () => new Int32Array(size).fill(-1);
  const schedule = { left: list(), right: list(), head: list(), tail: list(), order: list(), makespan: 0 };
  const last = new Int32Array(shop.machines).fill(-1);
  const waiting = jobs.flatMap((job, j) => Array.from({ length: job.length / 2 }, () => j));
  const next = jobs.map((_, j) => jobs.slice(0, j).reduce((sum, job) => sum + job.length / 2, 0));
  while (waiting.length > 0) {
    const [job] = waiting.splice(Math.floor(random() * waiting.length), 1);
    const operation = next[job!]!++;
    const before = last[shop.machine[operation]!]!;
    schedule.left[operation] = before;
    if (before >= 0) schedule.right[before] = operation;
    last[shop.machine[operation]!] = operation;
  }
  measure(shop, schedule);
  return schedule;
}

/** Computes heads, tails and makespan. */
function measure({ before, after, duration }: Shop, schedule: Schedule): void {
  const { left, right, head, tail, order } = schedule;
  const size = duration.length;
  const open = new Int8Array(size);
  let filled = 0;
  for (let i = 0; i < size; i++) {
    open[i] = (before[i]! >= 0 ? 1 : 0) + (left[i]! >= 0 ? 1 : 0);
    if (open[i] === 0) order[filled++] = i;
  }
  for (let at = 0; at < filled; at++) {
    const i = order[at]!;
    const [job, machine] = [before[i]!, left[i]!];
    head[i] = Math.max(
      job < 0 ? 0 : head[job]! + duration[job]!,
      machine < 0 ? 0 : head[machine]! + duration[machine]!,
    );
    if (after[i]! >= 0 && --open[after[i]!]! === 0) order[filled++] = after[i]!;
    if (right[i]! >= 0 && --open[right[i]!]! === 0) order[filled++] = right[i]!;
  }
  schedule.makespan = 0;
  for (let at = size - 1; at >= 0; at--) {
    const i = order[at]!;
    const [job, machine] = [after[i]!, right[i]!];
    tail[i] = Math.max(
      job < 0 ? 0 : tail[job]! + duration[job]!,
      machine < 0 ? 0 : tail[machine]! + duration[machine]!,
    );
    schedule.makespan = Math.max(schedule.makespan, head[i]! + duration[i]! + tail[i]!);
  }
}

/** The first of the two operations of which the change of places promises most, and is allowed. */
function choose(
  shop: Shop,
  schedule: Schedule,
  forbidden: Int32Array,
  move: number,
  best: number,
  random: () => number,
): number {
  const { head, tail, right, makespan } = schedule;
  const { duration } = shop;
  const size = duration.length;
  let [chosen, least, ties, any, count] = [-1, Infinity, 0, -1, 0];
  for (let u = 0; u < size; u++) {
    const v = right[u]!;
    if (v < 0 || head[u]! + duration[u]! !== head[v]!) continue;
    if (head[v]! + duration[v]! + tail[v]! !== makespan) continue;
    if (random() * ++count < 1) any = u;
    const estimate = estimated(shop, schedule, u, v);
    if (forbidden[u * size + v]! >= move && estimate >= best) continue;
    if (estimate > least) continue;
    ties = estimate < least ? 1 : ties + 1;
    if (estimate < least || random() * ties < 1) chosen = u;
    least = estimate;
  }
  return chosen < 0 ? any : chosen;
}

/** The longest path through two operations that have changed places. */
function estimated(
  { duration, before, after }: Shop,
  { head, tail, left, right }: Schedule,
  u: number,
  v: number,
): number {
  const ended = (i: number) => i < 0 ? 0 : head[i]! + duration[i]!;
  const rest = (i: number) => i < 0 ? 0 : tail[i]! + duration[i]!;
  const headV = Math.max(ended(before[v]!), ended(left[u]!));
  const headU = Math.max(ended(before[u]!), headV + duration[v]!);
  const tailU = Math.max(rest(after[u]!), rest(right[v]!));
  const tailV = Math.max(rest(after[v]!), tailU + duration[u]!);
  return Math.max(headV + duration[v]! + tailV, headU + duration[u]! + tailU);
}

function swap({ left, right }: Schedule, u: number, v: number): void {
  const [first, last] = [left[u]!, right[v]!];
  if (first >= 0) right[first] = v;
  if (last >= 0) left[last] = u;
  left[v] = first;
  right[v] = u;
  left[u] = v;
  right[u] = last;
}
