import { assert, assertEquals, assertMatch } from "@std/assert";
import { readPresence } from "../../../lib/evaluators/presence.ts";
import type { IsolationName } from "../../../lib/isolation/names.ts";
import { infoOf } from "../../../lib/util/files.ts";
import { NatsServer, natsServer } from "../../evaluators/nats.ts";
import { bubblewrap } from "../../isolation/installed.ts";
import { built } from "../../pipelines/built_run.ts";
import { begin, pipeline } from "../../step/_run.ts";
import { askedOf, Asking, atHome } from "./_asked.ts";
import { ended, newName, own, started } from "./_started.ts";

const ignore = natsServer === undefined;

Deno.test("an evaluator replies in each isolation as evaluations come to at home, and drains by SIGTERM", {
  ignore,
}, async (t) => {
  await using run = await built(3);
  await using server = await NatsServer.start();
  const asked = await askedOf(run.paths, { withOwn: true });
  const expected = await atHome(run.paths, asked);
  expected.sort((a, b) => a.key < b.key ? -1 : 1);
  assertEquals(new Set(expected.map(({ key }) => key)).size, 4);
  assert(expected.every(({ reply }) => reply !== undefined));
  for (const isolation of ["process", "bwrap", "wasm", "shared"] satisfies IsolationName[]) {
    await t.step({
      name: isolation,
      ignore: isolation === "bwrap" && bubblewrap === undefined,
      fn: async () => {
        const name = newName();
        const running = await started(server, "--isolation", isolation, "--name", name);
        await using asking = await Asking.at(server.address);
        const presence = readPresence((await asking.broker.evaluators.get(name))!.string());
        assertEquals([presence.name, presence.isolation, presence.slots, presence.evaluations], [
          name,
          isolation,
          1,
          0,
        ]);
        assert(infoOf(own(name))?.isDirectory);
        const before = await asking.handedOut();
        await asking.ask(asked);
        while (await asking.handedOut() === before);
        // What was taken is finished all the same.
        running.child.kill("SIGTERM");
        const { code, records, err } = await running.ended;
        assertEquals(code, 0, err);
        assertEquals(await asking.replies(expected.length), { replies: expected, evaluators: [name] });
        assertEquals(await asking.state(), { out: 0, waiting: 0 });
        const [ready, finished] = records as Record<string, Record<string, unknown>>[];
        assertEquals([ready!.type, ready!.evaluator], ["evaluator.ready", name] as unknown[]);
        assertEquals(finished!.counts, { updates: 4, evaluations: 4, batches: 1 });
        assertEquals((await asking.broker.evaluators.get(name))?.length ?? 0, 0);
        assertEquals(infoOf(own(name)), undefined);
      },
    });
  }
});

Deno.test("an evaluator connects again to a broker that was killed and has lost its disk", { ignore }, async () => {
  await using run = await built(3);
  await using server = await NatsServer.start();
  const running = await started(server, "--isolation", "shared");
  await server.kill();
  await running.saw("lost the broker");
  await server.restart({ wipe: true });
  await running.saw("is connected again");
  await using asking = await Asking.at(server.address);
  await asking.ask(await askedOf(run.paths));
  assertEquals((await asking.replies(3)).replies.filter(({ reply }) => reply !== undefined).length, 3);
  // Where the disk is kept its name is still its own.
  await server.restart();
  await using again = await Asking.at(server.address);
  await again.ask(await askedOf(run.paths));
  assertEquals((await again.replies(3)).replies.filter(({ reply }) => reply !== undefined).length, 3);
  await ended(running);
});

Deno.test("an evaluator that waits for its broker ends by SIGTERM", { ignore }, async () => {
  await using server = await NatsServer.start();
  const running = await started(server);
  await server.kill();
  await running.saw("lost the broker");
  await ended(running);
});

Deno.test("batches that are none are refused, and those after them evaluated", { ignore }, async () => {
  await using run = await built(3);
  await using server = await NatsServer.start();
  const running = await started(server, "--isolation", "shared");
  await using asking = await Asking.at(server.address);
  const asked = await askedOf(run.paths);
  const hash = "a".repeat(64);
  const rest = asked.lines[0]!.split("\t");
  const garbage = [
    "",
    "\u0000\n\n",
    '{"version":2}',
    `{"version":1,"shared":"${hash}"}`,
    `{"version":1,"shared":"${asked.offer.shared}"}\n${hash}`,
  ];
  for (const text of garbage) await asking.send(text);
  // Shared inputs that nothing has put, and an evaluation that says nothing.
  await asking.send(`{"version":1,"shared":"${hash}"}\n${asked.lines[0]}`);
  await running.saw(/refused: There must be the content a{12} on the broker/);
  await asking.ask({ ...asked, lines: [[hash, "{}", rest[2], rest[3]].join("\t"), ...asked.lines] });
  const { replies } = await asking.replies(5);
  assertEquals(replies.map(({ reply, failure }) => failure?.outcome ?? typeof reply).sort(), [
    "refused",
    "refused",
    "string",
    "string",
    "string",
  ]);
  await ended(running);
  assertEquals(await asking.state(), { out: 0, waiting: 0 });
});

Deno.test("an evaluator whose name is taken says so, and ends", { ignore }, async () => {
  await using server = await NatsServer.start();
  const name = newName();
  const first = await started(server, "--name", name);
  const { code, err } = await begin(pipeline("evaluator", "--server", server.url, "--name", name)).ended;
  assertEquals(code, 1);
  assertMatch(err, new RegExp(`Cannot be the evaluator ${name} as its name must be its own`));
  await ended(first);
});

Deno.test("a wrong broker is one message", { ignore }, async () => {
  await using plain = await NatsServer.start({ jetStream: false });
  const at = (url: string) => begin(pipeline("evaluator", "--server", url, "--quiet")).ended;
  const without = await at(plain.url);
  assertEquals([without.code, without.err.trim().split("\n").length], [1, 1]);
  assertMatch(without.err, /must have JetStream; start it with `nats-server -js`/);
  await plain.kill();
  const nowhere = await at(plain.url);
  assertEquals([nowhere.code, nowhere.err.trim().split("\n").length], [1, 1]);
  assertMatch(nowhere.err, /Cannot connect to the broker at 127\.0\.0\.1:\d+ as there must be a NATS server/);
});
