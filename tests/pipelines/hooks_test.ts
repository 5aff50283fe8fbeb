import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Listing } from "../../lib/db/listing.ts";
import { type RunPaths, runPaths } from "../../lib/run/paths.ts";
import { addEvents, loggedNumbers, upTo } from "../steps/hooks/made_events.ts";

/** A run of the project, under a name of its own; removed afterwards. */
async function makeRun(cycles: number, config?: unknown): Promise<RunPaths & AsyncDisposable> {
  const paths = runPaths(`test-hooks-${crypto.randomUUID()}`);
  await Deno.mkdir(paths.workspace, { recursive: true });
  if (config) await Deno.writeTextFile(paths.config, JSON.stringify(config));
  using listing = Listing.open(paths.listing, { create: true });
  addEvents(listing, cycles);
  return { ...paths, [Symbol.asyncDispose]: () => Deno.remove(paths.root, { recursive: true }) };
}

function start(paths: RunPaths, ...args: string[]): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--no-prompt", "-P=hooks", "pipelines/hooks.ts", "--run", paths.name!, ...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

async function hooks(paths: RunPaths, ...args: string[]) {
  const { code, stdout, stderr } = await start(paths, ...args).output();
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
  assertEquals(first.closing.counts, { updates: 17, events: 6, delivered: 8, failed: 3 });
  assert(
    first.records.every((record) => record.step === "hooks" && (record.ok || record.issue.code === "hook.failed")),
  );
  assertEquals(await loggedNumbers(paths.root), upTo(6));
  assertEquals((await Deno.readTextFile(`${paths.root}/got.ndjson`)).split("\n").length, 7);
  assertEquals(await Deno.readTextFile(`${paths.logs}/hooks/best.csv`), "1,1\n2,1\n");
  assertStringIncludes(first.stderr, "The hook command false ended with exit code 1.");

  await Deno.writeTextFile(paths.config, "{}");
  const second = await hooks(paths);
  assertEquals([second.code, second.closing.counts.updates, second.records.length], [0, 0, 1]);
  assertStringIncludes(second.stderr, "nothing to do");
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
  assertEquals((await hooks(paths, "--quiet")).code, 0);
  assertEquals(await loggedNumbers(paths.root), upTo(9000));
});
