import { assert, assertEquals } from "@std/assert";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";
import { crowding, frontsOf } from "../../lib/selection/fronts.ts";
import { hypervolume } from "../../lib/selection/hypervolume.ts";
import { casesOf, Lexicase } from "../../lib/selection/lexicase.ts";
import { Tournament } from "../../lib/selection/tournament.ts";
import type { Candidate } from "../../lib/selection/strategy.ts";
import { projectRoot } from "../../lib/run/paths.ts";
import { candidate, population, trial } from "./made.ts";

const python = (...args: string[]) =>
  new Deno.Command("env", {
    args: ["PATH=/usr/bin:/bin", "python3", ...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  });

const isInstalled = await (async () => {
  await using child = python("-c", "import deap").spawn();
  await child.stdin.close();
  return (await child.output()).code === 0;
})();
if (!isInstalled) {
  console.error("Tests against DEAP are left out: it is not installed (`apt-get install python3-deap`)");
}

const random = stream(deriveSeed("deap"));
const whole = (below: number) => Math.floor(random() * below);
const table = (rows: number, columns: number, cell: () => number) =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, cell));

const times = 4000;
const input = {
  times,
  points: [...Array(20).keys()].map((i) => table(1 + whole(40), 2 + i % 3, i % 2 ? random : () => whole(5))),
  positive: [2, 2, 3, 3, 4, 5].map((columns) => table(12, columns, random)),
  cases: [
    table(8, 4, () => whole(3)),
    table(12, 6, () => whole(4)),
    table(6, 3, random).map((row) => row.map((one) => Math.round(one * 9))),
  ],
};

/** Whether two samples of the same size are of one distribution: χ² of each with a standard normal's bound of 4. */
function areAlike(a: readonly number[], b: readonly number[]): boolean {
  const cells = a.map((one, i) => [one, b[i]!] as const).filter(([one, other]) => one + other > 0);
  const chi = cells.reduce((sum, [one, other]) => sum + (one - other) ** 2 / (one + other), 0);
  const freedom = Math.max(1, cells.length - 1);
  return chi < freedom + 4 * Math.sqrt(2 * freedom);
}

Deno.test({
  name: "fronts, crowding, hypervolume, lexicase and tournaments are as DEAP has them",
  ignore: !isInstalled,
  fn: async () => {
    await using child = python(`${projectRoot}/tests/selection/with_deap.py`).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(JSON.stringify(input)));
    await writer.close();
    const { code, stdout, stderr } = await child.output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    const deap = JSON.parse(new TextDecoder().decode(stdout));

    input.points.forEach((rows, at) => {
      const fronts = frontsOf(rows.map((objectives, number) => ({ number, objectives, violation: 0 })));
      const numbers = (fronts: readonly (readonly (readonly [number, number])[])[]) =>
        fronts.map((front) => front.map(([number]) => number));
      const ours = fronts.map((front) => {
        const distances = crowding(front);
        // DEAP divides by the number of objectives as well.
        return front.map(({ number }, i) => [number, Math.min(distances[i]! / rows[0]!.length, 1e9)] as const);
      });
      assertEquals(numbers(ours), numbers(deap.fronts[at]));
      // Of equal values any may be the neighbour.
      if (rows.flat().every(Number.isInteger)) return;
      const distances = (fronts: typeof ours) => fronts.flat().map(([, distance]) => distance.toFixed(9));
      assertEquals(distances(ours), distances(deap.fronts[at]));
    });
    input.positive.forEach((rows, at) => {
      const ours = hypervolume(rows, rows[0]!.map(() => 0));
      assert(Math.abs(ours - deap.volumes[at]) < 1e-9, `${ours} ${deap.volumes[at]}`);
    });
    input.cases.forEach((rows, at) => {
      const all = rows.map((row, i) => candidate(i, { trials: row.map((one) => trial([one])) }));
      const lexicase = new Lexicase(all, casesOf(all));
      assert(areAlike(countsOf(all, lexicase), deap.lexicase[at]), `${countsOf(all, lexicase)} ${deap.lexicase[at]}`);
    });
    const hundred = population(100).reverse();
    assert(areAlike(countsOf(hundred, new Tournament(hundred, 4)).reverse(), deap.tournament));
  },
});

/** How often each is drawn. */
function countsOf(all: readonly Candidate[], { draw }: { draw(from: () => number): Candidate }): number[] {
  const counts = new Map(all.map((one) => [one, 0]));
  for (let i = 0; i < times; i++) {
    const one = draw(random);
    counts.set(one, counts.get(one)! + 1);
  }
  return [...counts.values()];
}
