import { assert, assertEquals, assertRejects } from "@std/assert";
import { toBytes } from "../../../lib/runtime/genome_bytes.ts";
import { ReplyGroups } from "../../../lib/steps/evaluator/reply_groups.ts";
import { NatsServer, natsServer } from "../../evaluators/nats.ts";
import { NamedRun } from "../../pipelines/named_run.ts";
import { begin, pipeline } from "../../step/_run.ts";
import { askedOf, Asking } from "./_asked.ts";
import { ended } from "./_started.ts";

const genes: Readonly<Record<string, string>> = { walks: "return 1;", loops: "for (;;);", turns: "return 0;" };

/** A run whose agents are built and due, each of them with one gene; what loops is ended by its limit of CPU time. */
async function dueRun(): Promise<NamedRun> {
  const run = await NamedRun.make(Object.fromEntries(
    Object.entries(genes).map(([name, body]) => [
      `src/${name}.ts`,
      `/** @phase act */\nexport function ${name}(): number { ${body} }\n`,
    ]),
  ));
  await Deno.mkdir(run.paths.workspace, { recursive: true });
  await Deno.writeTextFile(run.paths.config, JSON.stringify({ limits: { cpuSeconds: 3, wallSeconds: 60 } }));
  assertEquals((await run.init("--count", String(Object.keys(genes).length))).code, 0);
  for (const [i, { id }] of run.rows("SELECT id FROM agents ORDER BY ordinal").entries()) {
    const name = Object.keys(genes)[i]!;
    const files = [{ path: `src/${name}.ts`, active: true, functions: { [name]: true }, parameters: {} }];
    await Deno.writeFile(`${run.paths.agents}/${id}/genome.bin`, toBytes({ version: 1, files }));
  }
  for (const step of ["scan", "sync-wiring", "build"]) assertEquals((await run.step(step)).code, 0);
  return run;
}

Deno.test(
  "an evaluator replies to what is over while another evaluation of the batch goes on",
  { ignore: natsServer === undefined },
  async () => {
    await using run = await dueRun();
    await using server = await NatsServer.start();
    // Whichever it begins with, there is room for another one beside what loops.
    const running = begin(
      pipeline("evaluator", "--server", server.url, "--concurrency", "2", "--isolation", "process"),
    );
    await running.saw("is ready");
    await using asking = await Asking.at(server.address);
    const asked = await askedOf(run.paths);
    const [walks, loops, turns] = asked.lines.map((line) => line.slice(0, 64));
    await asking.ask(asked);
    const first = await asking.replies(1);
    assert(first.replies.every(({ key }) => key === walks || key === turns), JSON.stringify(first.replies));
    const { replies } = await asking.replies(3);
    const outcomes = new Map(replies.map(({ key, failure }) => [key, failure?.outcome]));
    assertEquals([walks, loops, turns].map((key) => outcomes.get(key!)), [undefined, "cpu", undefined]);
    await ended(running);
    // It was one batch, which is over with the last of them.
    assertEquals([await asking.handedOut(), await asking.state()], [1, { out: 0, waiting: 0 }]);
  },
);

const reply = (key: string) => ({ key, wallMs: 1, reply: "{}" });

Deno.test("ReplyGroups publishes one group after the other, each reply once, and tells what failed", async () => {
  const published: string[][] = [];
  const groups = new ReplyGroups((replies) => {
    published.push(replies.map(({ key }) => key));
    return Promise.resolve();
  });
  for (const key of ["a", "b"]) groups.add(reply(key));
  while (published.length === 0) await new Promise((resolve) => setTimeout(resolve));
  groups.add(reply("c"));
  await groups.end();
  assertEquals(published, [["a", "b"], ["c"]]);
  const failing = new ReplyGroups(() => Promise.reject(new Error("lost")));
  failing.add(reply("a"));
  await assertRejects(() => failing.end(), Error, "lost");
  const dropped = new ReplyGroups((replies) => Promise.resolve(void published.push(replies.map(({ key }) => key))));
  dropped.add(reply("d"));
  dropped.drop();
  await dropped.end();
  assertEquals(published.length, 2);
});
