/**
 * Whatever may happen to a broker, evaluators and a supervisor, at many drawn moments; `deno task test:cluster` runs it.
 *
 * `--rounds N` says how many, `--seed HEX` which; a round that fails is played again by its number: `--only N`.
 *
 * @module
 */

import { sha256 } from "../../lib/util/hash.ts";
import { Cluster, dueRun, evaluated } from "./_cluster.ts";
import { drawnRounds, play } from "./_rounds.ts";

const value = (flag: string) => Deno.args.includes(flag) ? Deno.args[Deno.args.indexOf(flag) + 1] : undefined;
const count = Number(value("--rounds") ?? 200);
const seed = (await sha256(value("--seed") ?? "1")).slice(0, 32);
const only = value("--only") === undefined ? undefined : Number(value("--only"));

Deno.test(`${count} rounds`, async (t) => {
  await using first = await dueRun(40);
  await using home = await first.twin();
  const expected = await evaluated(home, () => home.step("supervise", "--isolation", "shared"));
  await using cluster = await Cluster.start();
  await cluster.staff(2);
  await using undisturbed = await first.twin();
  const began = performance.now();
  await cluster.supervise(undisturbed).ended;
  const stepMs = performance.now() - began;
  for (const [number, round] of drawnRounds(count, seed).entries()) {
    if (only !== undefined && only !== number) continue;
    await t.step(`${number}: ${round.name}`, () => play(cluster, round, first, expected, stepMs));
  }
});
