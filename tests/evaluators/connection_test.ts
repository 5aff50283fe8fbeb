import { assert, assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { batchConsumer, batchesFor, Broker } from "../../lib/evaluators/broker.ts";
import { connectAs } from "../../lib/evaluators/connection.ts";
import {
  broker as names,
  engineName,
  evaluationsOf,
  inboxesOf,
  repliesTo,
  type Role,
} from "../../lib/evaluators/names.ts";
import { StepFailed } from "../../lib/util/issue.ts";
import { TestKeys } from "./keys.ts";
import { NatsServer, natsServer } from "./nats.ts";

const ignore = natsServer === undefined;

const whileEmpty = () => Promise.reject(new Error("empty"));

/** How a role reaches a server that must prove what it is. */
function access(server: NatsServer, keys: TestKeys, role: Role, host = "127.0.0.1") {
  return { servers: [`tls://${host}:${server.port}`], name: "test", role, keys: keys.of(role) };
}

/** The issue for which there is no connection: one line of words. */
async function refused(connecting: Promise<unknown>): Promise<{ code: string; message: string }> {
  const { issue } = await assertRejects(() => connecting, StepFailed);
  assert(!issue.message.includes("\n"));
  return issue;
}

Deno.test("each role is let in where its keys are, by a name and by an address of the certificate", {
  ignore,
}, async () => {
  await using keys = await TestKeys.make();
  await using server = await NatsServer.start({ broker: keys.of("broker") });
  for (const role of ["supervisor", "evaluator"] as const) {
    for (const host of ["127.0.0.1", "localhost"]) {
      const connection = await connectAs(access(server, keys, role, host));
      assertEquals(connection.info!.tls_required, true);
      await connection.close();
    }
  }
  // An address of this machine is enough where nothing else is said, and the server has both.
  const connection = await connectAs({ ...access(server, keys, "supervisor"), servers: [server.address] });
  await connection.close();
});

Deno.test("a server of this machine may be one without TLS, another one not", { ignore }, async () => {
  await using keys = await TestKeys.make();
  await using server = await NatsServer.start();
  const connection = await connectAs({ ...access(server, keys, "supervisor"), servers: [server.address] });
  await connection.close();
  const { code, message } = await refused(connectAs(access(server, keys, "supervisor")));
  assertEquals(code, "broker.plain");
  assertMatch(message, /as it must prove by TLS that it is the right one, and has none; start the broker with/);
});

Deno.test("without keys another machine is refused, and a server that demands them", { ignore }, async () => {
  await using keys = await TestKeys.make();
  await using server = await NatsServer.start({ broker: keys.of("broker") });
  for (const [address, why] of [["tls://head1:4222", "another machine"], [server.address, "it demands them"]]) {
    for (const folder of [undefined, `${keys.folder}/nowhere`]) {
      const asked = { servers: [address!], name: "test", role: "evaluator", keys: folder } as const;
      const { code, message } = await refused(connectAs(asked));
      assertEquals(code, "broker.keys");
      assertStringIncludes(message, why!);
      assertStringIncludes(message, "Run `deno task keys`");
    }
  }
  await Deno.remove(`${keys.of("evaluator")}/ca.pem`);
  const half = await refused(connectAs(access(server, keys, "evaluator")));
  assertEquals(half.code, "broker.keys");
  assertStringIncludes(half.message, "there must be both ca.pem and seed.nk");
});

Deno.test("a certificate that has expired, is not valid yet, or lacks the host is refused, each in a message", {
  ignore,
}, async () => {
  await using keys = await TestKeys.make();
  const broker = keys.of("broker");
  const at = async (host: string) => {
    await using server = await NatsServer.start({ broker, host });
    return await refused(connectAs(access(server, keys, "evaluator", host)));
  };
  const other = await at("127.0.0.2");
  assertEquals(other.code, "broker.host");
  assertStringIncludes(other.message, "must name 127.0.0.2");
  assertStringIncludes(other.message, "`deno task keys --renew --host 127.0.0.2`");
  for (const [daysAgo, words] of [[30, "expired"], [-30, "not valid before"]] as const) {
    await keys.again({ renew: true, days: 10 }, daysAgo);
    const { code, message } = await at("127.0.0.1");
    assertEquals(code, "broker.expired");
    assertStringIncludes(message, words);
    assertStringIncludes(message, "`deno task keys --renew`");
  }
  // A renewed one is taken by those that have the former keys, also by a clock that is an hour behind.
  await keys.again({ renew: true, host: ["127.0.0.2"] }, -1 / 24);
  await using server = await NatsServer.start({ broker, host: "127.0.0.2" });
  const connection = await connectAs(access(server, keys, "evaluator", "127.0.0.2"));
  await connection.close();
});

Deno.test("keys of another broker are refused: its authority, and its nkeys where the authority is the same", {
  ignore,
}, async () => {
  await using keys = await TestKeys.make();
  await using others = await TestKeys.make();
  await using server = await NatsServer.start({ broker: keys.of("broker") });
  const unknown = await refused(connectAs(access(server, others, "evaluator")));
  assertEquals(unknown.code, "broker.authority");
  assertStringIncludes(unknown.message, "Copy the folder of these keys again");
  await Deno.copyFile(`${keys.of("evaluator")}/ca.pem`, `${others.of("evaluator")}/ca.pem`);
  const { code, message } = await refused(connectAs(access(server, others, "evaluator")));
  assertEquals(code, "broker.refused");
  assertStringIncludes(message, "it must know the key that is here");
  await Deno.writeTextFile(`${others.of("evaluator")}/seed.nk`, "no seed");
  assertEquals((await refused(connectAs(access(server, others, "evaluator")))).code, "broker.refused");
});

Deno.test("the role of evaluators takes batches and replies, and can do nothing else", { ignore }, async () => {
  await using keys = await TestKeys.make();
  await using server = await NatsServer.start({ broker: keys.of("broker") });
  const role = access(server, keys, "evaluator");
  // It waits for a supervisor, and makes nothing.
  await assertRejects(() => Broker.join({ ...role, whileEmpty }), StepFailed, "empty");
  await using supervisor = await Broker.connect(access(server, keys, "supervisor"));
  assertEquals(await streamsOf(supervisor), ["EV_EVALUATIONS", "EV_REPLIES", "KV_EV_EVALUATORS", "KV_EV_PROGRAMS"]);
  await using evaluator = await Broker.join({ ...role, whileEmpty });
  assertEquals(await batchesFor(evaluator, engineName()), undefined);
  await batchConsumer(supervisor, engineName());

  // What it is for.
  const hash = "4355a46b19d348dc2f57c046f8ef63d4538ebb936000f3c9ee954a27460dd865";
  await supervisor.put(hash, new TextEncoder().encode("1\n"));
  assertEquals(new TextDecoder().decode(await evaluator.get(hash)), "1\n");
  const heard: string[] = [];
  evaluator.connection.subscribe(`${inboxesOf("supervisor")}.>`, {
    callback: (error, message) => void heard.push(error ? "refused" : message.subject),
  });
  await supervisor.streams.publish(evaluationsOf("run", engineName()), "batch");
  const consumer = (await batchesFor(evaluator, engineName()))!;
  for await (const message of await consumer.fetch({ max_messages: 1, expires: 5000 })) {
    assertEquals(message.string(), "batch");
    await evaluator.streams.publish(repliesTo("run"), "reply");
    message.ack();
  }
  await evaluator.evaluators.delete("it", { previousSeq: await evaluator.evaluators.create("it", "here") });
  await evaluator.connection.flush();
  const left = async (name: string) => (await supervisor.manager.streams.info(name)).state.messages;
  assertEquals([await left(names.evaluations), await left(names.replies)], [0, 1]);
  assertEquals(heard, ["refused"]);

  // What it is not for: each of these would be answered within the time, if it were let through.
  const { streams, manager, programs } = evaluator;
  const forbidden: Readonly<Record<string, () => Promise<unknown>>> = {
    "hand out": () => streams.publish(evaluationsOf("run", engineName()), "batch", { timeout: 1000 }),
    "write a program": () => programs.put(`${hash}.0`, "2\n"),
    "purge": () => manager.streams.purge(names.replies),
    "delete a stream": () => manager.streams.delete(names.replies),
    "delete a message": () => manager.streams.deleteMessage(names.replies, 1),
    "read replies": () => manager.streams.getMessage(names.replies, { seq: 1 }),
    "change a stream": () => manager.streams.update(names.replies, { max_age: 1e9 }),
    "make a stream": () => manager.streams.add({ name: "other", subjects: ["other"] }),
    "make a consumer": () => manager.consumers.add(names.replies, { name: "other", ack_policy: "none" }),
    "delete a consumer": () => manager.consumers.delete(names.evaluations, engineName()),
    "list the streams": () => manager.streams.list().next(),
  };
  await Promise.all(Object.values(forbidden).map((work) => assertRejects(work)));
  assertEquals([await left(names.evaluations), await left(names.replies)], [0, 1]);
  assertEquals(new TextDecoder().decode(await supervisor.get(hash)), "1\n");
});

async function streamsOf(broker: Broker): Promise<string[]> {
  const all = [names.evaluations, names.replies, `KV_${names.evaluators}`, `KV_${names.programs}`];
  return (await Promise.all(all.map((name) => broker.manager.streams.info(name)))).map(({ config }) => config.name);
}

Deno.test("batchConsumer() begins anew where a server has lost messages, but not how far it had handed them out", {
  ignore,
}, async () => {
  await using server = await NatsServer.start();
  await using broker = await Broker.connect({ servers: [server.address], name: "test" });
  const next = async () => {
    const consumer = await batchConsumer(broker, engineName());
    for await (const message of await consumer.fetch({ max_messages: 1, expires: 1000 })) {
      await message.ackAck();
      return message.string();
    }
  };
  const send = (text: string) => broker.streams.publish(evaluationsOf("run", engineName()), text);
  for (const text of ["first", "second"]) await send(text);
  assertEquals([await next(), await next()], ["first", "second"]);
  const folder = `${server.folder}/jetstream/$G/streams/${names.evaluations}/msgs`;
  await server.kill();
  for (const { name } of Deno.readDirSync(folder)) await Deno.remove(`${folder}/${name}`);
  await server.restart();
  await using again = await Broker.connect({ servers: [server.address], name: "test" });
  assertEquals((await again.manager.streams.info(names.evaluations)).state.last_seq, 0);
  const consumer = await batchConsumer(again, engineName());
  await again.streams.publish(evaluationsOf("run", engineName()), "third");
  for await (const message of await consumer.fetch({ max_messages: 1, expires: 1000 })) {
    assertEquals(message.string(), "third");
    return;
  }
  throw new Error("nothing was handed out");
});
