import { assertEquals } from "@std/assert";
import { Broker } from "../../lib/evaluators/broker.ts";
import { engineName, protocolVersion } from "../../lib/evaluators/names.ts";
import { presenceText } from "../../lib/evaluators/presence.ts";
import { seenIn } from "../../lib/evaluators/seen.ts";
import { NatsServer, natsServer } from "./nats.ts";

if (natsServer === undefined) console.warn("left out: looks at evaluators, which need nats-server");

function presenceOf(name: string): string {
  return presenceText({
    version: protocolVersion,
    name,
    instance: "0".repeat(64),
    host: "here",
    cores: 1,
    engine: engineName(),
    isolation: "shared",
    slots: 1,
    evaluations: 0,
    msPerEvaluation: null,
    since: new Date().toISOString(),
  });
}

Deno.test("seenIn() tells who is there, not who has left or is none, and leaves nothing at the broker", {
  ignore: natsServer === undefined,
}, async () => {
  await using server = await NatsServer.start();
  await using broker = await Broker.connect({ servers: [server.address], name: "test" });
  const { manager, evaluators } = broker;
  assertEquals(await seenIn(manager, evaluators), []);
  for (const name of ["one", "two.three", "left"]) await evaluators.put(name, presenceOf(name));
  await evaluators.put("none", "{}");
  await evaluators.put("liar", presenceOf("one"));
  await evaluators.delete("left");
  for (let look = 0; look < 3; look++) {
    const seen = await seenIn(manager, evaluators);
    assertEquals(seen.map(({ presence }) => presence.name).sort(), ["one", "two.three"]);
  }
  const consumers = await manager.consumers.list(`KV_EV_EVALUATORS`).next();
  assertEquals(consumers, []);
});
