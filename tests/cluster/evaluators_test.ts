import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { batchConsumer, Broker } from "../../lib/evaluators/broker.ts";
import { engineName } from "../../lib/evaluators/names.ts";
import { isolationNames } from "../../lib/isolation/names.ts";
import { bubblewrap } from "../isolation/installed.ts";
import { natsServer } from "../evaluators/nats.ts";
import { isAll } from "../matrix.ts";
import { failures, slowFailures } from "./_failures.ts";
import { drawnRounds, playAll } from "./_rounds.ts";
import { Cluster, configuration, dueRun, evaluated, signal, told } from "./_cluster.ts";

const ignore = natsServer === undefined;
const isolations = isolationNames.filter((name) => name !== "bwrap" || bubblewrap !== undefined);

for (const hosts of [1, 4]) {
  Deno.test(
    `a cycle comes to the same at home and by ${hosts} evaluators, however these keep agents apart`,
    { ignore },
    async () => {
      await using first = await dueRun(12);
      await using home = await first.twin();
      const expected = await evaluated(home, () => home.step("supervise", "--isolation", "shared"));
      await using cluster = await Cluster.onHosts();
      for (let i = 0; i < hosts; i++) await cluster.join("--isolation", isolations[i % isolations.length]!);
      await using run = await first.twin();
      const result = await evaluated(run, async () => {
        const { code, err, records } = await cluster.supervise(run).ended;
        assertEquals(code, 0, err);
        const { counts } = records.at(-1) as { counts: Record<string, number> };
        assertEquals([counts.atHome, counts.droppedEvaluators], [0, 0]);
      });
      assertEquals(result, expected);
      assertEquals(await cluster.left(), { EV_EVALUATIONS: 0, EV_REPLIES: 0 });
      for (const { child } of cluster.evaluators) signal(child, "SIGTERM");
      for (const { ended } of cluster.evaluators) assertEquals((await ended).code, 0);
    },
  );
}

Deno.test("one that lies is dropped, and what it gave is evaluated again", { ignore }, async () => {
  await using first = await dueRun(12);
  await using home = await first.twin();
  const expected = await evaluated(home, () => home.step("supervise", "--isolation", "shared"));
  await using cluster = await Cluster.start();
  const liar = await cluster.deceive();
  await using run = await first.twin();
  await run.configure(configuration(1));
  const supervisor = cluster.supervise(run);
  await supervisor.saw("liar is dropped");
  await cluster.join();
  const { code, err, records } = await supervisor.ended;
  assertEquals(code, 0, err);
  const { counts } = records.at(-1) as { counts: Record<string, number> };
  assert(liar.answered > 0 && counts.droppedEvaluators === 1, `${liar.answered} ${JSON.stringify(counts)} ${err}`);
  await run.step("select");
  // It is known by now, and found out no more.
  const { records: later } = await cluster.supervise(run).ended;
  assertEquals((later.at(-1) as { counts: Record<string, number> }).counts.droppedEvaluators, 0);
  assertEquals(told(run), expected);
});

Deno.test(
  "what comes back from each hand-out is evaluated at home, and a stranger's batch is nobody's",
  { ignore },
  async () => {
    await using first = await dueRun(12);
    await using home = await first.twin();
    await home.step("supervise", "--isolation", "shared");
    await using cluster = await Cluster.start();
    await using run = await first.twin();
    const supervisor = cluster.supervise(run);
    await using broker = await Broker.connect({ servers: [cluster.server.address], name: "poisoned" });
    const consumer = await batchConsumer(broker, engineName());
    let subject: string | undefined;
    let isOver = false;
    const ended = supervisor.ended.finally(() => isOver = true);
    while (!isOver) {
      for await (const message of await consumer.fetch({ max_messages: 1, expires: 1000 })) {
        if (subject === undefined) await broker.streams.publish(subject = message.subject, "no batch");
        message.nak();
      }
    }
    const { code, err, records } = await ended;
    assertEquals(code, 0, err);
    const { counts } = records.at(-1) as { counts: Record<string, number> };
    assertEquals([counts.elsewhere, counts.atHome], [0, counts.judged]);
    assertEquals(told(run), told(home));
    assertEquals(await cluster.left(), { EV_EVALUATIONS: 0, EV_REPLIES: 0 });
  },
);

Deno.test("a broker that is gone after a lie ends the step as any other does", { ignore }, async () => {
  await using run = await dueRun(40);
  for (const step of ["supervise", "select"]) await run.step(step);
  await using cluster = await Cluster.start();
  await cluster.deceive();
  // Lies of births, of which not all are verified: the others are to be evaluated again.
  await run.configure({ ...configuration(0.3), evaluators: { verifyFraction: 0.3, patienceSeconds: 2 } });
  const supervisor = cluster.supervise(run);
  await supervisor.saw("liar is dropped");
  await cluster.server.kill();
  const { code, err } = await supervisor.ended;
  assertEquals(code, 1, err);
  assertStringIncludes(err, "Nothing is lost");
});

const whatever = "whatever happens to broker, evaluators and supervisor, nothing is lost and nothing counts twice";
const played = Object.keys(isAll ? { ...failures, ...slowFailures } : failures);
Deno.test(whatever, { ignore }, (t) => playAll(t, drawnRounds(played.length, "c".repeat(32), played)));
