/**
 * Kills every step at each of its writes, and at random instants; `deno task test:crash` runs it.
 *
 * Of calls of one kind it takes one; with `--every` all of them.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { ofEachKind } from "./_chosen.ts";
import { type Point, Stages } from "./_stages.ts";
import { instants, tearAll, told, type Torn } from "./_torn.ts";

const seed = "00112233445566778899aabbccddeeff";
const atOnce = navigator.hardwareConcurrency;

Deno.test("killed at any of its writes and started again, a step ends as if it had not been killed", async (t) => {
  await using stages = await Stages.live({ aside: true });
  const all = stages.points();
  const chosen = Deno.args.includes("--every") ? all : ofEachKind(all);
  say(`${all.length} points in ${stages.stages.length} stages; kills at ${chosen.length} of them.`);
  for (const stage of stages.stages) {
    const own = (points: readonly Point[]) => points.filter((point) => point.stage === stage).length;
    say(`${stage.name}: ${own(chosen)} of ${own(all)}`);
  }

  await t.step("at each write", async () => {
    const torn = await tearAll(stages, chosen, atOnce, (one, done) => tell(one, done, chosen.length));
    judge(torn, 100);
  });

  await t.step("at random instants", async () => {
    const points = instants(stages, 3, seed);
    const torn = await tearAll(stages, points, atOnce, (one, done) => tell(one, done, points.length));
    judge(torn, points.length / 2);
  });
});

function judge(torn: readonly Torn[], least: number): void {
  const killed = torn.filter((one) => one.killed).length;
  const wrong = torn.filter((one) => one.wrong.length > 0);
  say(`${killed} of ${torn.length} kills came in time; ${wrong.length} runs ended otherwise.`);
  assertEquals(wrong.map(({ point, wrong }) => [told(point), wrong]), []);
  assert(killed >= least, `only ${killed} were killed`);
}

function tell({ point, wrong }: Torn, done: number, all: number): void {
  if (wrong.length > 0) say(`${told(point)}\n  ${wrong.join("\n  ")}`);
  else if (done % 20 === 0) say(`${done} of ${all}`);
}

function say(text: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${text}\n`));
}
