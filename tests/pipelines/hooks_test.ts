import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { createHmac } from "node:crypto";
import { Listing } from "../../lib/db/listing.ts";
import { projectRoot, type RunPaths, runPaths } from "../../lib/run/paths.ts";
import { Receiver } from "../steps/hooks/receiver.ts";
import { addEvents, loggedNumbers, makeDue, upTo } from "../steps/hooks/made_events.ts";

/** A run of the project, under a name of its own; removed afterwards. */
async function makeRun(cycles: number, config?: unknown): Promise<RunPaths & AsyncDisposable> {
  const paths = runPaths(`test-hooks-${crypto.randomUUID()}`);
  await Deno.mkdir(paths.workspace, { recursive: true });
  if (config) await Deno.writeTextFile(paths.config, JSON.stringify(config));
  using listing = Listing.open(paths.listing, { create: true });
  addEvents(listing, cycles);
  return { ...paths, [Symbol.asyncDispose]: () => Deno.remove(paths.root, { recursive: true }) };
}

function start(paths: RunPaths, args: string[] = [], env: Record<string, string> = {}): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    env,
    args: ["run", "-q", "--no-prompt", "-P=hooks", "pipelines/hooks.ts", "--run", paths.name!, ...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

async function hooks(paths: RunPaths, args: string[] = [], env: Record<string, string> = {}) {
  const { code, stdout, stderr } = await start(paths, args, env).output();
  const text = new TextDecoder().decode(stdout);
  const records = text.trim().split("\n").map((line) => JSON.parse(line));
  return { code, records, closing: records.at(-1), stderr: new TextDecoder().decode(stderr) };
}

Deno.test("hooks delivers what is due under its own permissions, and says so when nothing is", async () => {
  await using paths = await makeRun(2, {
    hooks: [
      { command: ["tee", "-a", "got.ndjson"] },
      { on: ["cycle.finished"], module: "plugins/example_hook.ts" },
      { command: ["false"] },
    ],
  });
  const first = await hooks(paths);
  assertEquals([first.code, first.closing.type], [0, "step.finished"]);
  assertEquals(first.closing.counts, { updates: 17, events: 6, delivered: 8, failed: 3, dead: 0, waiting: 6 });
  assert(
    first.records.every((record) => record.step === "hooks" && (record.ok || record.issue.code === "hook.failed")),
  );
  assertEquals(await loggedNumbers(paths.root), upTo(6));
  assertEquals((await Deno.readTextFile(`${paths.root}/got.ndjson`)).split("\n").length, 7);
  assertEquals(await Deno.readTextFile(`${paths.logs}/hooks/best.csv`), "1,1\n2,1\n");
  assertStringIncludes(first.stderr, "The hook command false ended with exit code 1.");

  await Deno.writeTextFile(paths.config, "{}");
  const second = await hooks(paths);
  assertEquals([second.code, second.closing.counts.dead], [0, 6]);
  const third = await hooks(paths);
  assertEquals([third.code, third.closing.counts.updates, third.records.length], [0, 0, 1]);
  assertStringIncludes(third.stderr, "nothing to do");
});

Deno.test("hooks ends with exit code 2 where the configuration is wrong, and delivers nothing", async () => {
  await using paths = await makeRun(1, { hooks: [{ comand: ["true"] }] });
  const { code, closing } = await hooks(paths);
  assertEquals([code, closing.ok, closing.issue.code], [2, false, "config.invalid"]);
});

Deno.test("hooks killed in the middle leaves a log that the next one completes, without a gap or a repetition", async () => {
  await using paths = await makeRun(3000);
  for (let i = 0; i < 3; i++) {
    const child = start(paths);
    const reader = child.stdout.getReader();
    await reader.read(); // It has begun to write.
    child.kill("SIGKILL");
    await Promise.all([reader.cancel(), child.stderr.cancel(), child.status]);
  }
  assertEquals((await hooks(paths, ["--quiet"])).code, 0);
  assertEquals(await loggedNumbers(paths.root), upTo(9000));
});

Deno.test("hooks killed while a receiver is at work gives that event again, with the same id, and none is missing", async () => {
  await using receiver = new Receiver();
  await using paths = await makeRun(2, { hooks: [{ webhook: receiver.url, ordered: true }] });
  const begun = Promise.withResolvers<void>();
  const released = Promise.withResolvers<Response>();
  receiver.answer = ({ number }) => {
    if (number < 3) return new Response();
    begun.resolve();
    return released.promise;
  };
  const child = start(paths);
  await begun.promise;
  child.kill("SIGKILL");
  await Promise.all([child.stdout.cancel(), child.stderr.cancel(), child.status]);
  released.resolve(new Response());
  receiver.answer = () => new Response();
  assertEquals((await hooks(paths)).code, 0);
  assertEquals(receiver.numbers, [1, 2, 3, 3, 4, 5, 6]);
  const ids = receiver.got.map(({ id }) => id);
  assertEquals([ids[2] === ids[3], new Set(ids).size], [true, 6]);
});

Deno.test("secrets of hooks come from variables, and stand in nothing that is written", async () => {
  await using receiver = new Receiver();
  const key = `whsec_${btoa("TOPSECRETKEY".repeat(3))}`;
  const env = { EVOLVE_KEY: key, EVOLVE_URL: `${receiver.url}?token=TOPSECRET`, EVOLVE_TOLD: "TOPSECRET" };
  const module = `plugins/test_${crypto.randomUUID().replaceAll("-", "_")}.ts`;
  await using paths = await makeRun(1, {
    hooks: [
      { webhookEnv: "EVOLVE_URL", secretEnv: "EVOLVE_KEY", format: "cloudevents" },
      { module, secretEnv: ["EVOLVE_TOLD", "EVOLVE_URL"] },
    ],
  });
  const text = `export default async () => {
    const told = Deno.env.get("EVOLVE_TOLD");
    console.log("printed", told);
    console.error("also", Deno.env.get("EVOLVE_URL"));
    try { Deno.env.get("EVOLVE_KEY"); } catch (error) { throw new Error(error.name + told); }
    await fetch("http://127.0.0.1:1/" + told);
  };`;
  await Deno.writeTextFile(`${projectRoot}/${module}`, text);
  try {
    const without = await hooks(paths);
    const codes = without.records.filter(({ ok }) => ok === false).map(({ issue }) => [issue.code, issue.message]);
    assertEquals(codes.map(([code]) => code), ["hook.secret", "hook.secret"]);
    assertStringIncludes(codes.join(), "needs the variable EVOLVE_URL with an http or https address");
    makeDue(paths.root);
    receiver.answer = () => new Response(null, { status: receiver.got.length > 1 ? 400 : 200 });
    const { records, stderr } = await hooks(paths, [], env);
    assertStringIncludes(JSON.stringify(records), "NotCapable[EVOLVE_TOLD]");
    assertStringIncludes(stderr, "printed [EVOLVE_TOLD]");
    const [{ headers, body }] = receiver.got as [typeof receiver.got[0]];
    assertEquals(headers.get("content-type"), "application/cloudevents+json; charset=utf-8");
    const signed = `${headers.get("webhook-id")}.${headers.get("webhook-timestamp")}.${body}`;
    const wanted = createHmac("sha256", "TOPSECRETKEY".repeat(3)).update(signed).digest("base64");
    assertEquals(headers.get("webhook-signature"), `v1,${wanted}`);
    const written = [JSON.stringify(records), stderr];
    for (const folder of [paths.logs, paths.workspace]) {
      for (const { name, isFile } of Deno.readDirSync(folder)) {
        if (isFile) written.push(new TextDecoder("latin1").decode(Deno.readFileSync(`${folder}/${name}`)));
      }
    }
    assert(Deno.statSync(`${paths.logs}/dead-letters.ndjson`).isFile);
    for (const one of written) {
      for (const secret of ["TOPSECRET", key, btoa("TOPSECRET")]) assert(!one.includes(secret), secret);
    }
  } finally {
    await Deno.remove(`${projectRoot}/${module}`);
  }
});
