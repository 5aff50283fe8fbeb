import { assertEquals } from "@std/assert";
import { broker } from "../../../lib/evaluators/names.ts";
import { infoOf } from "../../../lib/util/files.ts";
import { NatsServer, noNats } from "../../evaluators/nats.ts";
import { built } from "../../pipelines/built_run.ts";
import { askedOf, Asking } from "./_asked.ts";
import { ended, newName, own, started } from "./_started.ts";

Deno.test("what a killed evaluator had is evaluated by another one, and nothing of the killed one is left", {
  ignore: noNats,
}, async () => {
  await using run = await built(3);
  await using server = await NatsServer.start();
  await using asking = await Asking.at(server.address);
  const [killed, other] = [newName(), newName()];
  const first = await started(server, "--name", killed);
  const asked = await askedOf(run.paths);
  // It is stopped while it waits for a batch, so that it has one that it does nothing with.
  for (let out = 0; out === 0;) {
    first.child.kill("SIGSTOP");
    await asking.ask(asked);
    ({ out } = await asking.state());
    if (out > 0) break;
    await asking.broker.manager.streams.purge(broker.evaluations);
    first.child.kill("SIGCONT");
  }
  first.child.kill("SIGKILL");
  await first.ended;
  const second = await started(server, "--name", other);
  assertEquals((await asking.replies(3)).evaluators, [other]);
  await ended(second);
  assertEquals(await asking.state(), { out: 0, waiting: 0 });
  assertEquals(infoOf(own(killed)), undefined);
});
