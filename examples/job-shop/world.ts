/**
 * The job shop: operations on machines, in a given order within each job, so that all is done as early as can be.
 *
 * An episode is an instance, and a step the decision which job has its next operation put on a machine. The world offers
 * those jobs that lead to active schedules (Giffler and Thompson 1960); genes choose one, and may ask 500 times what a choice
 * would lead to. A schedule is worth its gap: by how
 * many percent its makespan is longer than the best one that is known.
 *
 * @module
 */

import type { ObjectiveJudgement, Probed, Setup, WorldSettings } from "evolve/contract";

/** How many jobs there may be: the length of what is perceived. */
const JOBS = 20;

/** An action is the number of a job, of which there may be 20, with 200 operations together. Nothing is random. */
export const world = {
  action: { space: "discrete", count: 20 },
  observation: {
    waiting: 20,
    start: 20,
    duration: 20,
    arrival: 20,
    work: 20,
    operations: 20,
    queue: 20,
    coming: 20,
    done: 1,
  },
  objectives: [{ name: "gap", sense: "minimise" }],
  probes: 500,
  phases: ["offer", "rank", "act"],
  steps: 200,
  instances: { train: 24, test: 31 },
  noisy: false,
  memory: "episode",
  environments: { plain: {} },
} as const satisfies WorldSettings;

/** A name of a published instance. */
export type Published = "ft06" | "ft10" | "la01" | "la02" | "la03" | "la04" | "la05";

/** An instance as it stands in `train.ndjson` and `test.ndjson`. */
export interface Instance {
  readonly name: string;
  /** For each job its machines, from 0, and durations in turn. */
  readonly jobs: readonly (readonly number[])[];
  /** The least makespan that is known. */
  readonly best: number;
}

/** The files of `data/`: generated instances, and the texts of the published ones with a table of their best makespans. */
export type Data = Readonly<Record<Published, string>> & {
  readonly train: readonly Instance[];
  readonly test: readonly Instance[];
  readonly published: { readonly name: readonly Published[]; readonly best: readonly number[] };
};

/** An operation of the schedule; job, operation and machine count from 0. */
export interface Operation {
  readonly job: number;
  readonly operation: number;
  readonly machine: number;
  readonly start: number;
  readonly end: number;
}

/** An instance, and the schedule as far as it is made. */
export interface State {
  readonly instance: Instance;
  readonly schedule: Operation[];
  /** When each machine is free. */
  readonly free: number[];
  /** When each job has ended its last operation that is scheduled. */
  readonly ready: number[];
  /** How many operations of each job are scheduled. */
  readonly next: number[];
  /** The durations of a job's operations that are not scheduled. */
  readonly work: number[];
  /** Jobs that may be chosen. */
  waiting: readonly number[];
  makespan: number;
  /** How often a job was chosen that was not waiting. */
  strays: number;
}

/** Instances to train on come first, then those to test with, the published ones last. */
export function begin({ data, instance }: Setup<Data>): State {
  const { train, test, published } = data;
  const generated = [...train, ...test][instance];
  const name = published.name[instance - train.length - test.length];
  const best = published.best[instance - train.length - test.length];
  const chosen = generated ?? { name: name!, best: best!, ...parse(data[name!]) };
  const work = chosen.jobs.map((job) => job.reduce((sum, value, i) => i % 2 === 1 ? sum + value : sum, 0));
  const machines = 1 + Math.max(...chosen.jobs.flatMap((job) => job.filter((_, i) => i % 2 === 0)));
  const free = Array.from({ length: machines }, () => 0);
  const [ready, next] = [work.map(() => 0), work.map(() => 0)];
  const state = { instance: chosen, schedule: [], free, ready, next, work };
  return offer({ ...state, waiting: [], makespan: 0, strays: 0 });
}

/** Reads a text of the OR-Library: a line with the numbers of jobs and machines, then a line for each job. */
export function parse(text: string): { jobs: number[][] } {
  const [, ...jobs] = text.trim().split("\n").map((line) => line.trim().split(" ").map(Number));
  return { jobs };
}

/** What is to be done, for the whole episode: machines and durations of each job, in order. */
export function inform({ instance, free }: State) {
  return {
    machines: free.length,
    machine: instance.jobs.map((job) => job.filter((_, i) => i % 2 === 0)),
    duration: instance.jobs.map((job) => job.filter((_, i) => i % 2 === 1)),
  };
}

/**
 * Lists by job, 0 where a job is not waiting. `waiting`: whether it may be chosen; `start`: when its operation could begin;
 * `duration`: how long that takes; `arrival`: when the job comes to the machine; `work`, `operations`: what is left of the
 * job with this operation; `queue`: work that waits for the job's next machine when this operation begins; `coming`: the
 * same when it ends. `done`: the share of operations that are scheduled.
 */
export function perceive(state: State) {
  const { instance: { jobs }, ready, next, waiting, schedule } = state;
  const list = (value: (job: number) => number): number[] => {
    const values = Array.from({ length: JOBS }, () => 0);
    for (const job of waiting) values[job] = value(job);
    return values;
  };
  const left = (job: number) => jobs[job]!.length / 2 - next[job]!;
  return {
    waiting: list(() => 1),
    start: list((job) => startOf(state, job)),
    duration: list((job) => durationOf(state, job)),
    arrival: list((job) => ready[job]!),
    work: list((job) => state.work[job]!),
    operations: list(left),
    queue: list((job) => queueOf(state, job, startOf(state, job))),
    coming: list((job) => queueOf(state, job, startOf(state, job) + durationOf(state, job))),
    done: schedule.length / jobs.reduce((sum, job) => sum + job.length / 2, 0),
  };
}

/** Schedules the next operation of a job; of one that is not waiting, that of the first which is. The reward is how much less time is left. */
export function act(state: State, action: number): number {
  const { schedule, instance } = state;
  const chosen = state.waiting.includes(action);
  if (!chosen) state.strays++;
  const job = chosen ? action : state.waiting[0]!;
  const operation = state.next[job]!;
  const before = state.makespan;
  schedule.push({ job, operation, ...put(state, job) });
  return 100 * (before - state.makespan) / instance.best;
}

/**
 * What the makespan is if a job is next and the rest goes by a rule, without delay: a point is `[job, rule]`, the rules
 * being 0 (the smallest share of the job's work, SPT/WKR), 1 (most work, MWKR), 2 (most operations, MOPNR) and 3 (the
 * shortest operation, SPT).
 */
export function probe(state: State, [job, rule]: readonly number[]): Probed {
  if (!state.waiting.includes(job!)) return { value: NOWHERE };
  const { free, ready, next, work } = state;
  const rest = { ...state, free: [...free], ready: [...ready], next: [...next], work: [...work] };
  for (let chosen = job; chosen !== undefined; chosen = chosenBy(rest, rule!)) put(rest, chosen);
  return { value: rest.makespan };
}

/** What a job comes to that can't be chosen. */
const NOWHERE = 1e12;

/** It is over when all operations are scheduled. */
export function finished({ waiting }: State): boolean {
  return waiting.length === 0;
}

/** The gap in percent. Operations that are not scheduled break what must hold; they count as if they followed the others. */
export function judge(state: State): ObjectiveJudgement {
  const { instance: { jobs, best }, makespan, next, work, strays } = state;
  const missing = jobs.reduce((sum, job, j) => sum + job.length / 2 - next[j]!, 0);
  const length = work.reduce((sum, left) => sum + left, makespan);
  return {
    objectives: { gap: 100 * (length / best - 1) },
    ...(missing > 0 && { violation: missing }),
    measures: { makespan: length, strays },
  };
}

/** The schedule, its makespan, and the best one that is known. */
export function answer({ instance, makespan, schedule }: State) {
  return { instance: instance.name, makespan, best: instance.best, schedule };
}

/** Puts the next operation of a job on its machine. */
function put(state: State, job: number): { machine: number; start: number; end: number } {
  const [machine, start, duration] = [machineOf(state, job), startOf(state, job), durationOf(state, job)];
  const end = start + duration;
  state.free[machine] = end;
  state.ready[job] = end;
  state.work[job]! -= duration;
  state.next[job]!++;
  state.makespan = Math.max(state.makespan, end);
  offer(state);
  return { machine, start, end };
}

/**
 * The jobs that wait for the machine on which an operation can end first, as far as they can begin before that: one of
 * them must be next there, or the schedule has a gap that something fits into.
 */
function offer(state: State): State {
  const { instance: { jobs }, next } = state;
  let [earliest, machine] = [Infinity, -1];
  for (let job = 0; job < jobs.length; job++) {
    if (2 * next[job]! >= jobs[job]!.length) continue;
    const end = startOf(state, job) + durationOf(state, job);
    if (end < earliest) [earliest, machine] = [end, machineOf(state, job)];
  }
  const waiting: number[] = [];
  for (let job = 0; job < jobs.length; job++) {
    if (machine >= 0 && machineOf(state, job) === machine && startOf(state, job) < earliest) waiting.push(job);
  }
  state.waiting = waiting;
  return state;
}

/** The job that a rule chooses of those that can begin first; undefined where none is left. */
function chosenBy(state: State, rule: number): number | undefined {
  let chosen: number | undefined;
  let [first, most] = [Infinity, -Infinity];
  for (const job of state.waiting) {
    const start = startOf(state, job);
    if (start > first) continue;
    const [duration, work] = [durationOf(state, job), state.work[job]!];
    const value = valueBy(rule, duration, work, state.instance.jobs[job]!.length / 2 - state.next[job]!);
    if (start === first && value <= most) continue;
    [chosen, first, most] = [job, start, value];
  }
  return chosen;
}

/** What a rule thinks of an operation; the most is best. */
function valueBy(rule: number, duration: number, work: number, operations: number): number {
  if (rule === 0) return -duration / work;
  if (rule === 1) return work;
  return rule === 2 ? operations : -duration;
}

/** The machine of a job's next operation, or of one after that; -1 where there is none. */
function machineOf({ instance, next }: State, job: number, later = 0): number {
  return instance.jobs[job]![2 * (next[job]! + later)] ?? -1;
}

function durationOf({ instance, next }: State, job: number): number {
  return instance.jobs[job]![2 * next[job]! + 1]!;
}

function startOf(state: State, job: number): number {
  return Math.max(state.ready[job]!, state.free[machineOf(state, job)]!);
}

/** The durations of operations that have come by a time to the machine where a job goes next. */
function queueOf(state: State, job: number, time: number): number {
  const machine = machineOf(state, job, 1);
  let sum = 0;
  for (let other = 0; other < state.next.length; other++) {
    if (other === job || machine < 0 || machineOf(state, other) !== machine || state.ready[other]! > time) continue;
    sum += durationOf(state, other);
  }
  return sum;
}
