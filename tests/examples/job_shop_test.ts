import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { readData, resultsOf, type Shown } from "../../examples/job-shop/tools/measure.ts";
import { bestOf, randomOf } from "../../examples/job-shop/tools/make.ts";
import { lowerBound } from "../../examples/job-shop/tools/solve.ts";
import {
  act,
  answer,
  begin,
  type Data,
  finished,
  type Instance,
  judge,
  type Operation,
  perceive,
  probe,
  type Published,
  type State,
  world,
} from "../../examples/job-shop/world.ts";
import { givenGenome } from "../../lib/agents/given_genome.ts";
import { readPool } from "../../lib/template/read_pool.ts";
import { areFrames } from "../../lib/view/frames.ts";
import { view } from "../../examples/job-shop/view.ts";
import { until } from "../acceptance/_population.ts";
import { pipeline, run, TestRun } from "../step/_run.ts";

const folder = `${projectRoot}/examples/job-shop`;
const data = readData();
const { train, test } = world.instances;
const generated = train + data.test.length;

/** The best makespans, as the literature says them; all are optimal. */
const optima = { ft06: 55, ft10: 930, la01: 666, la02: 655, la03: 597, la04: 590, la05: 593 };

/** Which job is next, so that ft06 is done at 55. */
// deno-fmt-ignore
const optimal = [
  0, 1, 0, 2, 2, 3, 1, 5, 2, 3, 5, 0, 4, 1, 4, 2, 3, 2, 5, 3, 4, 1, 0, 2, 5, 4, 3, 0, 1, 5, 5, 4, 1, 4, 3, 0,
];

function episode(instance: number, given: Data = data): State {
  const random = () => 0;
  return begin({ data: given, instance, random, layout: random, environment: {}, steps: world.steps, genes: 1 });
}

/** An episode of an instance that is not in the data. */
function episodeOf(jobs: Instance["jobs"], best: number): State {
  return episode(0, { ...data, train: [{ name: "own", jobs, best }] });
}

/** Plays an episode to its end. */
function play(state: State, choose: (state: State, step: number) => number): State {
  for (let step = 0; !finished(state); step++) act(state, choose(state, step));
  return state;
}

/** What an instance is, read without the world. */
function jobsOf(name: string): readonly (readonly number[])[] {
  const known = [...data.train, ...data.test].find((instance) => instance.name === name);
  if (known) return known.jobs;
  const numbers = Deno.readTextFileSync(`${folder}/data/${name}.txt`).match(/\d+/g)!.map(Number);
  const [jobs, machines] = numbers;
  return Array.from({ length: jobs! }, (_, j) => numbers.slice(2 + 2 * machines! * j, 2 + 2 * machines! * (j + 1)));
}

/** Asserts that a schedule does all of an instance, in order and nothing at once, and that it ends when it says. */
function assertSchedule(jobs: readonly (readonly number[])[], schedule: readonly Operation[], makespan: number): void {
  jobs.forEach((job, j) => {
    const own = schedule.filter((operation) => operation.job === j).toSorted((a, b) => a.operation - b.operation);
    const demanded = Array.from({ length: job.length / 2 }, (_, i) => [i, job[2 * i], job[2 * i + 1]]);
    assertEquals(own.map(({ operation, machine, start, end }) => [operation, machine, end - start]), demanded);
    own.forEach(({ start }, i) => assert(start >= (own[i - 1]?.end ?? 0), `job ${j}, operation ${i}`));
  });
  for (const on of onMachines(schedule)) {
    on.forEach(({ start }, i) => assert(start >= (on[i - 1]?.end ?? 0), `machine ${on[i]!.machine} at ${start}`));
  }
  assertEquals(Math.max(...schedule.map(({ end }) => end)), makespan);
}

/** The operations of each machine in their order. */
function onMachines(schedule: readonly Operation[]): Operation[][] {
  const machines = Map.groupBy(schedule, ({ machine }) => machine);
  return [...machines.values()].map((on) => on.toSorted((a, b) => a.start - b.start));
}

/** Asserts that no operation could be put into a gap before it without delaying another one. */
function assertActive(schedule: readonly Operation[]): void {
  for (const on of onMachines(schedule)) {
    for (const { job, operation, start, end } of on) {
      const ready = schedule.find((other) => other.job === job && other.operation === operation - 1)?.end ?? 0;
      const others = on.filter((other) => other.start < start);
      others.forEach((other, i) => {
        const from = Math.max(ready, others[i - 1]?.end ?? 0);
        assert(from + end - start > other.start, `job ${job}, operation ${operation} fits in at ${from}`);
      });
    }
  }
}

Deno.test("examples/job-shop: the published instances are read whole, with their best makespans", () => {
  assertEquals([data.train.length, data.test.length + data.published.name.length], [train, test]);
  const published = data.published.name.map((name, i) => [name, data.published.best[i]]);
  assertEquals<unknown>(published, Object.entries(optima));
  data.published.name.forEach((name, i) => {
    const { instance } = episode(generated + i);
    assertEquals(instance, { name, best: optima[name], jobs: jobsOf(name) as number[][] });
    const [jobs, machines] = Deno.readTextFileSync(`${folder}/data/${name}.txt`).split("\n")[0]!.split(" ").map(Number);
    assertEquals(instance.jobs.length, jobs);
    const all = Array.from({ length: machines! }, (_, machine) => machine);
    for (const job of instance.jobs) assertEquals(job.filter((_, k) => k % 2 === 0).sort((a, b) => a - b), all);
    assert(lowerBound(instance.jobs) <= instance.best);
  });
});

Deno.test("examples/job-shop: any choice of jobs makes an active schedule of all operations", () => {
  for (let instance = 0; instance < train + test; instance += 3) {
    const random = randomOf(instance);
    const state = play(episode(instance), () => Math.floor(random() * world.action.count));
    const { schedule, makespan, best } = answer(state);
    assertSchedule(jobsOf(state.instance.name), schedule, makespan);
    assertActive(schedule);
    assert(makespan >= best, state.instance.name);
    const { objectives, violation, measures } = judge(state);
    assertAlmostEquals(objectives.gap!, 100 * (makespan / best - 1));
    assertEquals([violation, measures], [undefined, { makespan, strays: state.strays }]);
    assert(state.strays > 0);
  }
});

Deno.test("examples/job-shop: an optimal schedule of ft06 is among those that the world offers", () => {
  const state = play(episode(generated), (_, step) => optimal[step]!);
  assertEquals(state.strays, 0);
  assertSchedule(jobsOf("ft06"), state.schedule, 55);
  assertEquals(judge(state).objectives.gap, 0);
});

Deno.test("examples/job-shop: two jobs on two machines are scheduled and perceived as by hand", () => {
  const jobs = [[0, 3, 1, 2], [0, 2, 1, 4]];
  // Johnson's rule has job 1 first, which is optimal: M0 has 1 until 2 and 0 until 5, M1 has 1 until 6 and 0 until 8.
  const first = (...of: number[]) => play(episodeOf(jobs, 8), (_, step) => of[step]!);
  assertEquals(first(1, 0, 1, 0).schedule.map(({ start, end }) => [start, end]), [[0, 2], [2, 5], [2, 6], [6, 8]]);
  assertEquals(judge(first(1, 0, 1, 0)).objectives, { gap: 0 });
  assertEquals(judge(first(0, 0, 1, 1)), { objectives: { gap: 12.5 }, measures: { makespan: 9, strays: 0 } });

  const state = episodeOf(jobs, 8);
  const seen = () => Object.values(perceive(state)).map((value) => Array.isArray(value) ? value.slice(0, 2) : value);
  // waiting, start, duration, arrival, work, operations, queue, coming, done.
  assertEquals(seen(), [[1, 1], [0, 0], [3, 2], [0, 0], [5, 6], [2, 2], [0, 0], [0, 0], 0]);
  assertEquals(act(state, 0), -100 * 3 / 8);
  // Job 0 on M1 and job 1 on M0 could both end at 5: the machine of the first of them is next, where job 0 is alone.
  assertEquals(seen(), [[1, 0], [3, 0], [2, 0], [3, 0], [2, 0], [1, 0], [0, 0], [0, 0], 0.25]);
});

Deno.test("examples/job-shop: a probe says what comes of a job if the rest goes by a rule, and changes nothing", () => {
  const values = [sptWkr, (job: Rest) => -sum(job), (job: Rest) => -job.length, (job: Rest) => job[0]!];
  for (const instance of [0, 1, 3, generated]) {
    const random = randomOf(instance);
    const state = episode(instance);
    while (!finished(state)) {
      const before = JSON.stringify(state);
      const [job, rule] = [state.waiting[Math.floor(random() * state.waiting.length)]!, Math.floor(random() * 4)];
      const { value } = probe(state, [job, rule]);
      assertEquals(JSON.stringify(state), before);
      const rest: State = JSON.parse(before);
      act(rest, job);
      assertEquals(value, play(rest, () => chosenFrom(rest, values[rule]!)).makespan);
      act(state, job);
    }
    assertEquals(probe(state, [0, 0]).value, 1e12);
  }
  assertEquals(probe(episode(0), [10, 0]).value, 1e12);
});

/** The job of a rule's least value among those that can begin first. */
function chosenFrom({ waiting, next, ready, free, instance: { jobs } }: State, value: (job: Rest) => number): number {
  const start = (job: number) => Math.max(ready[job]!, free[jobs[job]![2 * next[job]!]!]!);
  const first = Math.min(...waiting.map(start));
  const least = (job: number) => value(durations(jobs[job]!, next[job]!));
  return waiting.filter((job) => start(job) === first).reduce((a, b) => least(b) < least(a) ? b : a);
}

Deno.test("examples/job-shop: its view has a bar for each operation, in the row of its machine", () => {
  const state = play(episode(generated + 1), ({ waiting }) => waiting[0]!);
  const shapes = view(state);
  assert(areFrames({ shapes, frames: [{ step: 100, shapes: [...shapes.keys()] }] }));
  const bars = shapes.filter((shape) => shape.shape === "cell");
  const rows = Map.groupBy(bars, ({ y }) => y);
  assertEquals([bars.length, rows.size], [100, 10]);
  for (const row of rows.values()) {
    row.sort((a, b) => a.x - b.x).forEach((bar, i) =>
      assert(i === 0 || bar.x >= row[i - 1]!.x + row[i - 1]!.width - 1e-9)
    );
  }
  const last = Math.max(...bars.map(({ x, width }) => x + width));
  const line = shapes.find((shape) => shape.shape === "line")!;
  assertAlmostEquals(last / line.points[0]![0], state.makespan / optima.ft10);
});

Deno.test("examples/job-shop: a schedule that is not whole breaks what must hold, and is no shorter for it", () => {
  const state = episode(0);
  for (let step = 0; step < 3; step++) act(state, state.waiting[0]!);
  const { objectives, violation } = judge(state);
  assertEquals(violation, jobsOf("train0").flat().length / 2 - 3);
  assert(objectives.gap! > judge(play(episode(0), ({ waiting }) => waiting[0]!)).objectives.gap!);
});

/** The durations of what is left of a job. */
type Rest = readonly number[];

function durations(job: readonly number[], next: number): Rest {
  return job.filter((_, i) => i % 2 === 1).slice(next);
}

function sum(values: Rest): number {
  return values.reduce((a, b) => a + b, 0);
}

/** The duration of an operation as a share of what is left of its job. */
function sptWkr(job: Rest): number {
  return job[0]! / sum(job);
}

/** Simulates a shop in time, machine by machine: the one with a rule's least value is next, the first job of equal ones. */
function simulated(jobs: Instance["jobs"], value: (job: Rest) => number): number {
  const [next, ready] = [jobs.map(() => 0), jobs.map(() => 0)];
  const free = new Map<number, number>();
  let left = jobs.flat().length / 2;
  for (let time = 0; left > 0; time++) {
    for (const machine of new Set(jobs.flatMap((job) => job.filter((_, i) => i % 2 === 0)))) {
      if ((free.get(machine) ?? 0) > time) continue;
      const queue = jobs.keys().toArray().filter((j) => ready[j]! <= time && jobs[j]![2 * next[j]!] === machine);
      if (queue.length === 0) continue;
      const least = (job: number) => value(durations(jobs[job]!, next[job]!));
      const job = queue.reduce((a, b) => least(b) < least(a) ? b : a);
      ready[job] = time + jobs[job]![2 * next[job]! + 1]!;
      free.set(machine, ready[job]!);
      next[job]!++;
      left--;
    }
  }
  return Math.max(...ready);
}

function read(rule: string): Shown {
  return JSON.parse(Deno.readTextFileSync(`${folder}/rules/${rule}.json`));
}

Deno.test("examples/job-shop: single rules give the makespans of a simulation in time", async () => {
  const values: Record<string, (job: Rest) => number> = {
    spt: (job) => job[0]!,
    lpt: (job) => -job[0]!,
    mwkr: (job) => -sum(job),
    lwkr: sum,
    mopnr: (job) => -job.length,
    fopnr: (job) => job.length,
    "spt-wkr": sptWkr,
  };
  const instances = Array.from({ length: test }, (_, i) => train + i);
  const names = instances.map((instance) => episode(instance).instance.name);
  for (const [rule, value] of Object.entries(values)) {
    const found = await resultsOf(read(rule), instances);
    assertEquals(found.map(({ makespan }) => makespan), names.map((name) => simulated(jobsOf(name), value)), rule);
  }
});

Deno.test("examples/job-shop: looking ahead makes shorter schedules than the rule that it goes by", async () => {
  const instances = Array.from({ length: data.test.length }, (_, i) => train + i);
  const mean = async (rule: string) =>
    (await resultsOf(read(rule), instances)).reduce((sum, { gap }) => sum + gap, 0) / instances.length;
  const [alone, ahead] = [await mean("spt-wkr"), await mean("pilot")];
  assert(ahead < alone - 1, `${ahead} of ${alone}`);
});

Deno.test("examples/job-shop: genomes to compare with fit the template, and try takes them", async () => {
  const pool = await readPool(folder);
  const rules = [...Deno.readDirSync(`${folder}/rules`)].map(({ name }) => name.replace(".json", ""));
  assertEquals(new Set(rules.map((rule) => JSON.stringify(read(rule).genes))).size, rules.length);
  const phases = new Map(
    pool.files.flatMap(({ path, functions }) => functions.map((gene) => [`${path}#${gene.name}`, gene.phase])),
  );
  for (const rule of [...rules, "../reference"]) {
    assert(givenGenome(Deno.readFileSync(`${folder}/rules/${rule}.json`), pool).ok, rule);
    for (const { gene, phase } of read(rule).genes) assertEquals(phases.get(gene), phase, `${rule}: ${gene}`);
  }
});

Deno.test("examples/job-shop: the program that made the best makespans finds published optima", () => {
  for (const name of ["ft06", "la01", "la02", "la05"] satisfies Published[]) {
    assertEquals(bestOf(jobsOf(name), 2, 600).best, optima[name], name);
  }
});

Deno.test("examples/job-shop: what evolves is a schedule, of which the gap is that which is recorded", async () => {
  await using test = new TestRun();
  const init = ["--count", "4", "--seed", "1", "--active", "1", "--template", folder, "--quiet"];
  assertEquals((await run(pipeline("init", "--run", test.name, ...init))).code, 0);
  assertEquals((await run(pipeline("lifecycle", "--run", test.name, ...until(2)))).code, 0);
  const { records } = await run(pipeline("answers", "--run", test.name, "--format", "ndjson"));
  const found = records.filter(({ type }) => type === "agent.answer");
  assertEquals(found.length, train);
  for (const { answer, ...rest } of found) {
    const { instance, makespan, best, schedule } = answer as ReturnType<
      typeof import("../../examples/job-shop/world.ts").answer
    >;
    assertSchedule(jobsOf(instance), schedule, makespan);
    const { gap } = (rest as unknown as { measures: { gap: number } }).measures;
    assertAlmostEquals(gap, 100 * (makespan / best - 1));
  }
});
