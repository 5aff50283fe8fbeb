/**
 * How the rate of evaluations grows with evaluators: a real supervisor and broker, and evaluators that reply after a pause with
 * what a real one has replied before. Writes a table to stdout.
 *
 * `deno run -A bench/evaluators.ts [--agents N] [--ms 1,10,100] [--evaluators 1,4,16,64,256]`; needs nats-server.
 *
 * @module
 */

import { batchConsumer, Broker } from "../lib/evaluators/broker.ts";
import { Identity } from "../lib/evaluators/identity.ts";
import { engineName, protocolVersion, repliesFor } from "../lib/evaluators/names.ts";
import type { EvaluatorPresence } from "../lib/evaluators/presence.ts";
import { readBatch, readReplies, type Replied } from "../lib/evaluators/protocol.ts";
import { runPaths } from "../lib/run/paths.ts";
import { stepCommand } from "../lib/step/command.ts";
import { NatsServer } from "../tests/evaluators/nats.ts";

const value = (flag: string, other: string) =>
  Deno.args.includes(flag) ? Deno.args[Deno.args.indexOf(flag) + 1]! : other;
const numbers = (flag: string, other: string) => value(flag, other).split(",").map(Number);
const agents = Number(value("--agents", "4000"));
const pauses = numbers("--ms", "1,10,100");
const counts = numbers("--evaluators", "1,4,16,64,256");

/** No cell of the table takes longer than this, in seconds: it has fewer evaluations then. */
const longest = 30;

const name = `bench-${crypto.randomUUID().slice(0, 8)}`;
const paths = runPaths(name);

await using server = await NatsServer.start();
await Deno.mkdir(paths.workspace, { recursive: true });
try {
  const config = { world: { steps: 20, episodes: 1 }, evaluators: { verifyFraction: 0 } };
  await Deno.writeTextFile(paths.config, JSON.stringify(config));
  await step("init", "--count", String(agents), "--seed", "7");
  for (const one of ["scan", "sync-wiring", "build"]) await step(one);
  const due = await Deno.readFile(paths.listing);
  const known = await recorded();
  console.log(
    "| evaluation | evaluators | evaluations | seconds | a second | of the ideal |\n|---|---|---|---|---|---|",
  );
  for (const ms of pauses) {
    for (const count of counts) {
      const ideal = 1000 * count / ms;
      const asked = Math.min(agents, Math.ceil(longest * ideal));
      await restore(due);
      const simulated = await simulate(known, count, ms);
      await supervise(asked);
      const seconds = await simulated.end();
      const rate = asked / seconds;
      const share = (rate / ideal).toFixed(2);
      console.log(`| ${ms} ms | ${count} | ${asked} | ${seconds.toFixed(2)} | ${Math.round(rate)} | ${share} |`);
    }
  }
} finally {
  await Deno.remove(paths.root, { recursive: true });
}

async function step(name: string, ...flags: string[]): Promise<string> {
  const args = [...stepCommand(name), "--run", paths.name!, "--quiet", ...flags];
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
  if (code !== 0) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

/** Has so many agents evaluated. */
async function supervise(count: number): Promise<void> {
  const flags = ["--isolation", "shared", "--concurrency", "1", "--evaluators", server.url];
  if (count === agents) return void await step("supervise", ...flags);
  const status = await step("status", "--format", "ndjson");
  const some = status.split("\n").slice(0, count).join("\n") + "\n";
  const args = [...stepCommand("supervise"), "--run", paths.name!, "--quiet", "--stdin", ...flags];
  const child = new Deno.Command(Deno.execPath(), { args, stdin: "piped", stdout: "null", stderr: "inherit" }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(some));
  await writer.close();
  if ((await child.status).code !== 0) throw new Error("supervise has failed");
}

async function restore(due: Uint8Array): Promise<void> {
  for (const end of ["", "-wal", "-shm"]) await Deno.remove(paths.listing + end).catch(() => {});
  await Deno.writeFile(paths.listing, due);
}

function connect(name: string): Promise<Broker> {
  return Broker.connect({ servers: [server.address], name });
}

/** What a real evaluator replies to all that is due, by key. */
async function recorded(): Promise<ReadonlyMap<string, Replied>> {
  const known = new Map<string, Replied>();
  await using broker = await connect("record");
  broker.connection.subscribe("replies.*", {
    callback: (_error, message) => {
      for (const reply of readReplies(message.string()).replies) known.set(reply.key, reply);
    },
  });
  await broker.connection.flush();
  const args = [...stepCommand("evaluator"), "--server", server.url, "--isolation", "shared", "--quiet"];
  const child = new Deno.Command(Deno.execPath(), { args, stdout: "null" }).spawn();
  await supervise(agents);
  child.kill("SIGTERM");
  await child.status;
  return known;
}

/** Evaluators that reply after a pause for each evaluation. */
async function simulate(known: ReadonlyMap<string, Replied>, count: number, ms: number) {
  const broker = await connect("simulated");
  let isOver = false, first: number | undefined, last = 0;
  const since = new Date().toISOString();
  const identities = await Promise.all(Array.from({ length: count }, (_, i) => Identity.draw(`simulated-${i}`)));
  const renew = async (i: number) => {
    const { name, instance } = identities[i]!;
    const presence: EvaluatorPresence = {
      version: protocolVersion,
      name,
      instance,
      host: "here",
      cores: 1,
      engine: engineName(),
      isolation: "shared",
      slots: 1,
      evaluations: 0,
      msPerEvaluation: ms,
      since,
    };
    await broker.evaluators.put(name, JSON.stringify(presence));
  };
  const all = Array.from({ length: count }, (_, i) => i);
  await Promise.all(all.map(renew));
  const timer = setInterval(() => void Promise.all(all.map(renew)).catch(() => {}), 5000);
  const work = all.map((i) => serve(i).catch(() => {}));
  async function serve(i: number): Promise<void> {
    const consumer = await batchConsumer(broker, engineName());
    while (!isOver) {
      for await (const message of await consumer.fetch({ max_messages: 1, expires: 10_000 })) {
        first ??= performance.now();
        const { evaluations } = readBatch(message.string());
        await new Promise((resolve) => setTimeout(resolve, ms * evaluations.length));
        const replies = evaluations.map(({ key }) => ({ ...known.get(key)!, wallMs: ms }));
        // It takes the next one meanwhile, as evaluators do.
        void identities[i]!.text(replies).then((text) => broker.streams.publish(repliesFor(message.subject), text))
          .then(() => {
            message.ack();
            last = performance.now();
          });
      }
    }
  }
  return {
    /** Ends them. Gives the seconds from the first batch to the last reply. */
    async end(): Promise<number> {
      isOver = true;
      clearInterval(timer);
      await broker[Symbol.asyncDispose]();
      await Promise.all(work);
      return (last - first!) / 1000;
    },
  };
}
