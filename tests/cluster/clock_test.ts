import { assert, assertEquals } from "@std/assert";
import { natsServer } from "../evaluators/nats.ts";
import { begin, pipeline } from "../step/_run.ts";
import { Clock, hasClocks } from "./_clock.ts";
import { Cluster, dueRun, evaluated, signal } from "./_cluster.ts";

const isPossible = natsServer !== undefined && await hasClocks();
if (!isPossible) console.warn("left out: clocks that are off, which need faketime, nats-server and root");

const hour = 3600;

Deno.test("clocks that are an hour off change nothing", { ignore: !isPossible }, async (t) => {
  await using first = await dueRun(12);
  await using home = await first.twin();
  const expected = await evaluated(home, () => home.step("supervise", "--isolation", "shared"));
  await using cluster = await Cluster.start();
  await using ahead = await Clock.make(hour);
  await using late = await Clock.make(-hour);
  await cluster.joinBy(ahead.command(), "--name", "ahead");
  await cluster.joinBy(late.command(), "--name", "late");
  for (const [name, clock] of [["ahead", ahead], ["late", late]] as const) {
    await t.step(`the run is ${name} of the broker, evaluators are both`, async () => {
      await using run = await first.twin();
      const byClock = async (step: string, ...flags: string[]) => {
        const args = pipeline(step, "--run", run.name, "--evaluators", cluster.server.url, ...flags);
        const [program, ...rest] = clock.command(Deno.execPath(), ...args);
        const ended = await begin(rest, undefined, program).ended;
        assertEquals(ended.code, 0, ended.err);
        return ended.records;
      };
      const told = await evaluated(run, async () => {
        const { counts } = (await byClock("supervise", "--isolation", "shared")).at(-1) as Record<string, Counts>;
        assertEquals([counts!.atHome, counts!.droppedEvaluators], [0, 0]);
      });
      assertEquals(told, expected);
      const [there, ...others] = await byClock("status", "--format", "ndjson") as unknown as Status[];
      assertEquals([there!.evaluator, others[0]!.evaluator, others.length], ["ahead", "late", 2]);
      for (const { evaluator, state, secondsSinceSeen, since } of [there!, others[0]!]) {
        assert(state === "ready" && secondsSinceSeen <= 10, `${evaluator} is ${state}, seen ${secondsSinceSeen} s ago`);
        const hoursAhead = Math.round((Date.parse(since) - Date.now()) / 1000 / hour);
        assertEquals(hoursAhead, evaluator === "ahead" ? 1 : -1, "its clock was to be off");
      }
    });
  }
  for (const { child } of cluster.evaluators) signal(child, "SIGTERM");
  for (const { ended } of cluster.evaluators) assertEquals((await ended).code, 0);
});

type Counts = Readonly<Record<string, number>>;

interface Status {
  readonly evaluator: string;
  readonly state: string;
  readonly secondsSinceSeen: number;
  readonly since: string;
}
