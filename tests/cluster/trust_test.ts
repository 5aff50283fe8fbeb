import { assert, assertEquals, assertMatch } from "@std/assert";
import { Broker } from "../../lib/evaluators/broker.ts";
import { readReplies, type Replied } from "../../lib/evaluators/protocol.ts";
import { natsServer } from "../evaluators/nats.ts";
import type { Population } from "../acceptance/_population.ts";
import { begin, pipeline } from "../step/_run.ts";
import { Cluster, configuration, dueRun, signal, told } from "./_cluster.ts";

const ignore = natsServer === undefined;

/** The counts of a step that has ended well. */
async function countsOf(supervisor: ReturnType<Cluster["supervise"]>): Promise<Record<string, number>> {
  const { code, err, records } = await supervisor.ended;
  assertEquals(code, 0, err);
  return (records.at(-1) as { counts: Record<string, number> }).counts;
}

/** What is told of an agent. */
async function storyOf(run: Population, id: string): Promise<readonly Record<string, unknown>[]> {
  const { code, err, records } = await begin(pipeline("explain", id, "--run", run.name, "--format", "ndjson")).ended;
  assertEquals(code, 0, err);
  return records as Record<string, unknown>[];
}

Deno.test("none or all of the replies are verified as configured, and each evaluation records its evaluator", {
  ignore,
}, async () => {
  await using first = await dueRun(12);
  await using cluster = await Cluster.start();
  await cluster.join("--name", "one");
  for (const fraction of [0, 1]) {
    await using run = await first.twin();
    await run.configure(configuration(fraction));
    const { elsewhere, elsewhereMs, verified, atHome, judged } = await countsOf(cluster.supervise(run));
    assertEquals([elsewhere, verified, atHome], [judged, fraction * judged!, 0]);
    const [known, ...others] = run.rows("SELECT id, name, instance, replies, verified, ms, dropped FROM evaluators");
    const { id, instance, ms, ...rest } = known!;
    assertEquals([rest, others], [{ name: "one", replies: judged, verified: fraction * judged!, dropped: null }, []]);
    assertMatch(String(instance), /^[0-9a-f]{64}$/);
    assertEquals(Math.round(Number(ms)), elsewhereMs);
    const rows = run.rows("SELECT DISTINCT evaluator FROM evaluations WHERE cycle = (SELECT max(cycle) FROM cycles)");
    assertEquals(rows.map(({ evaluator }) => evaluator), [id]);
    // What was evaluated at home before has none.
    assertEquals(run.rows("SELECT DISTINCT evaluator FROM evaluations WHERE cycle = 1"), [{ evaluator: null }]);
    const [agent] = run.rows("SELECT agent FROM evaluations WHERE evaluator IS NOT NULL AND outcome = 'finished'");
    const story = await storyOf(run, String(agent!.agent));
    const told = story.filter(({ evaluator }) => evaluator !== undefined);
    assertEquals(told.map(({ event, evaluator, cycle }) => [event, evaluator, cycle]), [["evaluated", "one", 2]]);
    assertMatch(String(told[0]!.reason), /^2 episodes finished .*; run by the evaluator one$/);
  }
});

Deno.test(
  "one that is found to lie is told of in the stories of the agents that it was about",
  { ignore },
  async () => {
    await using first = await dueRun(12);
    await using cluster = await Cluster.start();
    const { identity } = await cluster.deceive();
    await using run = await first.twin();
    // Some lies are held back before one is found out.
    await run.configure(configuration(0.1));
    const supervisor = cluster.supervise(run);
    await supervisor.saw("liar is dropped");
    await cluster.join("--name", "other");
    await countsOf(supervisor);
    const [dropped] = run.rows("SELECT id, instance, dropped FROM evaluators WHERE name = 'liar'");
    assertEquals(dropped!.instance, identity.instance);
    const { agent } = JSON.parse(String(dropped!.dropped));
    const story = await storyOf(run, agent);
    const found = story.find(({ event }) => event === "withdrawn")!;
    assertEquals([found.evaluator, found.dropped, found.about, found.kind], ["liar", "liar", agent, "judged"]);
    assertMatch(String(found.reason), /^the reply of the evaluator liar to its episodes was another one than at home/);
    // Nothing that it gave is left.
    assertEquals(run.rows(`SELECT 1 FROM evaluations WHERE evaluator = ${dropped!.id}`), []);
    for (const { agent: about } of run.rows(`SELECT agent FROM withdrawn_replies WHERE agent <> '${agent}'`)) {
      const withdrawn = (await storyOf(run, String(about))).find(({ event }) => event === "withdrawn")!;
      assertMatch(
        String(withdrawn.reason),
        /^the reply of the evaluator liar to its episodes counts no more, as that one was dropped for a lie about [0-9a-f]{8}; it was evaluated again$/,
      );
    }
  },
);

/** What a real evaluator replies to all that is due, by key. */
async function truths(cluster: Cluster, first: Population): Promise<ReadonlyMap<string, Replied>> {
  const known = new Map<string, Replied>();
  await using run = await first.twin();
  await using broker = await Broker.connect({ servers: [cluster.server.address], name: "test" });
  broker.connection.subscribe("replies.*", {
    callback: (_error, message) => {
      for (const reply of readReplies(message.string()).replies) known.set(reply.key, reply);
    },
  });
  await broker.connection.flush();
  const evaluator = await cluster.join();
  await countsOf(cluster.supervise(run));
  signal(evaluator.child, "SIGTERM");
  await evaluator.ended;
  return known;
}

/** Another reply than the true one that the judge takes as well: it did the same in each episode, the other way round. */
function lie({ reply, ...rest }: Replied): Replied {
  const { evidence, ...others } = JSON.parse(reply!);
  return {
    ...rest,
    reply: JSON.stringify({ ...others, evidence: evidence.map((one: unknown[]) => one.toReversed()) }),
  };
}

/** How many of a run's evaluations such a lie is one about. */
function liable(known: ReadonlyMap<string, Replied>): number {
  return [...known.values()].filter((one) => lie(one).reply !== one.reply).length;
}

Deno.test("one that lies as soon as it has proven itself is found all the same", { ignore }, async () => {
  await using first = await dueRun(40);
  await using home = await first.twin();
  await home.step("supervise", "--isolation", "shared");
  await using cluster = await Cluster.start();
  const known = await truths(cluster, first);
  assert(liable(known) >= 30, String(liable(known)));
  let answered = 0;
  const liar = await cluster.deceive({
    replyTo: ({ key }) => answered++ < 10 ? known.get(key)! : lie(known.get(key)!),
  });
  await using run = await first.twin();
  await run.configure(configuration(0.9));
  // It has been at it for long, and all that was verified was true.
  run.rows(`INSERT INTO evaluators (name, instance, replies, verified)
    VALUES ('liar', '${liar.identity.instance}', 5000, 1000)`);
  const supervisor = cluster.supervise(run);
  // Of each reply 1 - (1 - 0.9) ** 0.25, 0.44, is the probability that it is verified: that 20 lies pass is once in 10⁵ times.
  await supervisor.saw("liar is dropped");
  await cluster.join();
  const { droppedEvaluators } = await countsOf(supervisor);
  assertEquals(droppedEvaluators, 1);
  const [{ replies, verified }] = run.rows("SELECT replies, verified FROM evaluators WHERE name = 'liar'") as [
    Record<string, number>,
  ];
  assert(replies! > 5010 && verified! < 1010, `${replies} ${verified}`);
  assertEquals(told(run), told(home));
});

Deno.test("what others gave while they were new is evaluated again when one of them lies", { ignore }, async () => {
  await using run = await dueRun(40);
  await using cluster = await Cluster.start();
  const known = await truths(cluster, run);
  await run.configure(configuration(0.1));
  await cluster.deceive({ isMany: true, replyTo: ({ key }) => lie(known.get(key)!) });
  const { droppedEvaluators, verified, atHome, elsewhere, judged } = await countsOf(cluster.supervise(run));
  assert(droppedEvaluators! > 1 && droppedEvaluators! <= verified!, `${droppedEvaluators} ${verified}`);
  assert(atHome! <= verified! && elsewhere! + atHome! === judged, `${elsewhere} ${atHome} ${verified}`);
  const others = run.rows(`SELECT w.agent, e.name FROM withdrawn_replies w JOIN evaluators e ON e.id = w.evaluator
    WHERE e.dropped IS NULL`);
  // Each lie is another one's, found out with 0.41: before the last of them there were some that were not.
  assert(others.length > 0);
  const story = await storyOf(run, String(others[0]!.agent));
  const reasons = story.filter(({ event }) => event === "withdrawn").map(({ reason }) => reason).join("\n");
  assertMatch(
    reasons,
    /evaluator liar-\d+ to its episodes counts no more, as it was new when liar-\d+ was dropped for/,
  );
});
