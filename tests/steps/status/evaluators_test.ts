import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Broker, reachBroker } from "../../../lib/evaluators/broker.ts";
import { engineName, presence as times } from "../../../lib/evaluators/names.ts";
import { type EvaluatorPresence, presenceText } from "../../../lib/evaluators/presence.ts";
import { stepCommand } from "../../../lib/step/command.ts";
import { Liar } from "../../cluster/_liar.ts";
import { NatsServer, natsServer } from "../../evaluators/nats.ts";
import { built } from "../../pipelines/built_run.ts";
import { begin, type Ended, onTerminal, pipeline, run, TestRun } from "../../step/_run.ts";
import { ended, newName, started } from "../evaluator/_started.ts";

const ignore = natsServer === undefined;

const status = (name: string, url: string, ...flags: string[]) => [
  ...pipeline("status", "--run", name, "--evaluators", url),
  ...flags,
];
const of = ({ records }: Ended) => records.filter(({ type }) => type === "evaluator.status");
const issueOf = ({ records }: Ended) => records.at(-1)!.issue as { readonly code: string; readonly message: string };

const presence: EvaluatorPresence = {
  ...{ version: 1, name: "liar", instance: "e".repeat(64), host: "h", cores: 2, engine: engineName() },
  ...{ isolation: "wasm", slots: 4, evaluations: 20, msPerEvaluation: 12.5, since: "1970-01-01T00:00:00.000Z" },
};

/** What stands in the bucket of evaluators, renewed until it is disposed of. */
async function standing(server: NatsServer, texts: Readonly<Record<string, string>>): Promise<AsyncDisposable> {
  const broker = await Broker.connect({ servers: [server.address], name: "test" });
  const put = () => Promise.all(Object.entries(texts).map(([name, text]) => broker.evaluators.put(name, text)));
  let putting: Promise<unknown> = put();
  await putting;
  const timer = setInterval(() => void (putting = put()), times.every);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await putting;
      await Promise.all(Object.keys(texts).map((name) => broker.evaluators.delete(name)));
      await broker[Symbol.asyncDispose]();
    },
  };
}

Deno.test("status --evaluators tells of those at the broker, and of what the run has dropped", { ignore }, async () => {
  await using test = await built(3);
  const { paths, name } = test;
  await Deno.writeTextFile(paths.config, JSON.stringify({ evaluators: { verifyFraction: 1 } }));
  await using server = await NatsServer.start();
  // One that lies is found out by the first of its replies.
  const liar = await Liar.join(server.url);
  const supervisor = begin(pipeline("supervise", "--run", name, "--isolation", "shared", "--evaluators", server.url));
  await supervisor.saw("liar is dropped");
  supervisor.child.kill("SIGTERM");
  await supervisor.ended;
  await liar[Symbol.asyncDispose]();
  const lies = await standing(server, {
    liar: presenceText({ ...presence, instance: liar.identity.instance }),
    // Another process of that name is another evaluator: nothing is known of it.
    renamed: presenceText({ ...presence, name: "renamed" }),
  });
  const there = await run(status(name, server.url));
  await lies[Symbol.asyncDispose]();
  assertEquals(there.code, 0, there.err);
  const [one, other] = of(there) as Record<string, Record<string, unknown>>[];
  const { dropped, secondsSinceSeen, replies, lastReplyAt, ...rest } = one!;
  assert(Number(replies) > 0 && Number.isFinite(Date.parse(String(lastReplyAt))), JSON.stringify(one));
  assertEquals([other!.state, other!.replies, other!.trust, other!.lastReplyAt] as unknown[], [
    "ready",
    0,
    "new",
    null,
  ]);
  assertEquals(rest as unknown, {
    type: "evaluator.status",
    step: "status",
    id: null,
    ok: true,
    evaluator: "liar",
    state: "dropped",
    host: "h",
    cores: 2,
    engine: engineName(),
    isSameEngine: true,
    isolation: "wasm",
    slots: 4,
    evaluations: 20,
    msPerEvaluation: 12.5,
    perSecond: 320,
    // Its clock is half a century late: when it was seen is the broker's to tell.
    since: "1970-01-01T00:00:00.000Z",
    verified: 0,
    trust: "new",
  });
  assert(Number(secondsSinceSeen) >= 0 && Number(secondsSinceSeen) <= 10, String(secondsSinceSeen));
  const ids = test.rows("SELECT id FROM agents").map(({ id }) => id);
  const { at, agent, ...why } = dropped!;
  assertEquals(why, { cycle: 1, kind: "judged" });
  assert(ids.includes(agent) && Number.isFinite(Date.parse(String(at))));
  const [event] = test.rows("SELECT cycle, agent, data FROM events WHERE type = 'evaluator.dropped'");
  assertEquals([event!.cycle, event!.agent, JSON.parse(String(event!.data))], [1, null, {
    evaluator: "liar",
    agent,
    kind: "judged",
  }]);
  // It is gone, and still stands there; one of another Deno and what is no presence stand beside an evaluator.
  const real = newName();
  const evaluator = await started(server, "--name", real);
  const stranger = { ...presence, name: "other", host: "x", engine: "deno-1" };
  await using _others = await standing(server, {
    other: presenceText(stranger),
    junk: "{",
    alias: presenceText(stranger),
    coloured: presenceText({ ...stranger, name: "coloured", host: "\x1b[31m" }),
  });
  const all = await run(status(name, server.url));
  assertEquals(of(all).map((one) => [one.evaluator, one.state, one.slots, one.perSecond, one.isSameEngine]), [
    ["liar", "dropped", null, null, null],
    ["other", "engine", 4, 320, false],
    [real, "ready", 1, null, true],
  ]);
  assertEquals(all.records.at(-1)!.counts, { updates: 0, evaluators: 2, ready: 1, otherEngine: 1, dropped: 1 });
  const terminal = onTerminal([...stepCommand("status"), "--run", name, "--evaluators", server.url]);
  await terminal.saw(/in [0-9.]+ s\./);
  terminal.close();
  const { out } = await terminal.ended;
  const lines = out.split(/\r?\n/);
  assertMatch(lines.find((line) => line.startsWith("liar"))!, /^liar +dropped +–/);
  assertMatch(lines.find((line) => line.startsWith("other"))!, /^other +engine +x +4 +320 +\d+ s +0 +–$/);
  assert(lines.every((line) => /^status:/.test(line) || line.length <= 80), out);
  assertStringIncludes(out, "liar was dropped by this run in cycle 1");
  assertStringIncludes(out, `other runs deno-1, and is given nothing by this Deno, which is ${engineName()}.`);
  await ended(evaluator);
});

Deno.test("status --evaluators says that there are none, and makes nothing at the broker", { ignore }, async () => {
  await using test = new TestRun().list(1);
  await using server = await NatsServer.start();
  const { code, err, records, out } = await run(status(test.name, server.url, "--format", "ndjson"));
  assertEquals([code, records.length], [0, 1], out + err);
  assertStringIncludes(err, "no evaluator is at this broker");
  const access = { servers: [server.address], name: "test", role: "supervisor" } as const;
  const streams = await reachBroker(access, async (connection, manager) => {
    const { streams } = await manager.getAccountInfo();
    await connection.close();
    return streams;
  });
  assertEquals(streams, 0);
});

Deno.test("status --evaluators refuses a wrong server, one without JetStream, and flags about agents", {
  ignore,
}, async () => {
  await using test = new TestRun().list(1);
  await using bare = await NatsServer.start({ jetStream: false });
  const without = await run(status(test.name, bare.url));
  assertEquals([without.code, issueOf(without).code], [1, "broker.jetstream"]);
  await bare.kill();
  const missing = await run(status(test.name, bare.url));
  assertEquals([missing.code, issueOf(missing).code], [1, "broker.unreachable"]);
  const flags = ["--top", "3", "--sort", "age", "--alive", "--where", "energy>1", "--residents"];
  const refused = await run(status(test.name, bare.url, ...flags));
  assertEquals([refused.code, issueOf(refused).message], [
    2,
    "Cannot use --top, --sort, --alive, --where, --residents with --evaluators as they are about agents.",
  ]);
  const some = await run(status(test.name, bare.url, "--stdin"), `{"id":"${test.ids[0]}"}\n`);
  assertEquals([some.code, issueOf(some).message], [2, "Cannot use --stdin with --evaluators as it is about agents."]);
});
