import { assertEquals } from "@std/assert";
import { broker } from "../../../lib/evaluators/names.ts";
import { infoOf } from "../../../lib/util/files.ts";
import { NatsServer, natsServer } from "../../evaluators/nats.ts";
import { built } from "../../pipelines/built_run.ts";
import { begin, pipeline } from "../../step/_run.ts";
import { askedOf, Asking } from "./_asked.ts";
import { ended, newName, own, started } from "./_started.ts";

Deno.test("what a killed evaluator had is evaluated by another one, and nothing of the killed one is left", {
  ignore: natsServer === undefined,
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

Deno.test("an evaluator that can't start processes gives back what it has, says so, and ends", {
  ignore: natsServer === undefined,
}, async () => {
  await using run = await built(3);
  await using server = await NatsServer.start();
  await using asking = await Asking.at(server.address);
  const folder = await Deno.makeTempDir();
  const deno = `${folder}/deno`;
  await Deno.link(Deno.execPath(), deno).catch(() => Deno.copyFile(Deno.execPath(), deno));
  const flags = ["--server", server.url, "--concurrency", "1", "--isolation", "process"];
  const broken = begin(pipeline("evaluator", ...flags), undefined, deno);
  await broken.saw("is ready");
  // Its agents would be started by the program that runs it.
  await Deno.remove(folder, { recursive: true });
  await asking.ask(await askedOf(run.paths));
  const { code, records, err } = await broken.ended;
  assertEquals([code, (records.at(-1)!.issue as Record<string, unknown>).code], [1, "machine.start"], err);
  // Not only when it is missed.
  assertEquals(await asking.offered(), 1);
  const other = await started(server);
  assertEquals((await asking.replies(3)).replies.length, 3);
  await ended(other);
});
