import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Listing } from "../../lib/db/listing.ts";
import { projectRoot, type RunPaths, runPaths } from "../../lib/run/paths.ts";
import { beginWith } from "../begun.ts";
import { loadsNothing } from "../../lib/toolchain/prove_syntax.ts";
import { infoOf } from "../../lib/util/files.ts";
import { smallTemplate } from "../steps/build/made_run.ts";

interface Ended {
  readonly code: number;
  readonly signal: string | null;
  readonly records: readonly Record<string, unknown>[];
  readonly stderr: string;
}

/** A run of the project, taken away at the end. */
class NamedRun implements Disposable {
  readonly name = `test-build-${crypto.randomUUID()}`;
  readonly paths: RunPaths = runPaths(this.name);

  /** A run with agents, none of them built. */
  static async make(count: number): Promise<NamedRun> {
    const run = new NamedRun();
    await beginWith(
      `small template init ${count}`,
      async () => (await NamedRun.init(count)).paths.root,
      run.paths.root,
    );
    return run;
  }

  private static async init(count: number): Promise<NamedRun> {
    const run = new NamedRun();
    const template = await Deno.makeTempDir({ prefix: "evolve-template-" });
    await Deno.mkdir(`${template}/src`);
    for (const [path, text] of Object.entries(smallTemplate)) await Deno.writeTextFile(`${template}/${path}`, text);
    const { code, stderr } = await run.step("init", "--count", String(count), "--seed", "7", "--template", template);
    assertEquals(code, 0, stderr);
    return run;
  }

  /** Starts a step under its own permission set. */
  start(step: string, ...flags: string[]): Deno.ChildProcess {
    const args = ["run", "-q", "--no-prompt", `-P=${step}`, `pipelines/${step}.ts`, "--run", this.name, ...flags];
    return new Deno.Command(Deno.execPath(), {
      args: [...args, "--format", "ndjson"],
      cwd: projectRoot,
      stdin: flags.includes("--stdin") ? "piped" : "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  }

  async step(step: string, ...flags: string[]): Promise<Ended> {
    return await ended(this.start(step, ...flags));
  }

  /** All that a build leaves in the listing, without numbers and times. */
  digest(): unknown[] {
    using listing = Listing.open(this.paths.listing);
    return [
      ...listing.all("SELECT id, status, code, reason, built_from, build_hash FROM agents ORDER BY ordinal"),
      ...listing.all("SELECT * FROM builds ORDER BY key"),
      ...listing.all("SELECT artifact, genome, runtime, world, policy FROM statements ORDER BY artifact, genome"),
      ...listing.all("SELECT type, agent, data FROM events WHERE type <> 'agent.created' ORDER BY agent, type"),
    ];
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.paths.root, { recursive: true });
  }
}

async function ended(child: Deno.ChildProcess): Promise<Ended> {
  const { code, signal, stdout, stderr } = await child.output();
  const lines = new TextDecoder().decode(stdout).split("\n").filter((line) => line.startsWith("{"));
  return { code, signal, records: lines.map((line) => JSON.parse(line)), stderr: new TextDecoder().decode(stderr) };
}

Deno.test("build works within its permission set, tells of each agent, and then has nothing to do", async () => {
  using run = await NamedRun.make(12);
  const first = await run.step("build");
  assertEquals(first.code, 0, first.stderr);
  assertEquals(first.records.length, 13);
  for (const { type, step, ok } of first.records.slice(0, -1)) {
    assertEquals([type, step, ok], ["agent.built", "build", true]);
  }
  const { counts } = first.records.at(-1) as { counts: Record<string, number> };
  assertEquals([counts.updates, counts.built! + counts.cached!], [16, 12]);
  const before = run.digest();
  const second = await run.step("build");
  assertEquals([second.code, second.records.length], [0, 1]);
  assertStringIncludes(second.stderr, "nothing to do");
  assertEquals(run.digest(), before);
});

Deno.test("build --stdin builds just the agents that it is given", async () => {
  using run = await NamedRun.make(12);
  using listing = Listing.open(run.paths.listing);
  const [{ id }] = listing.all<{ id: string }>("SELECT id FROM agents ORDER BY ordinal DESC LIMIT 1") as [
    { id: string },
  ];
  const child = run.start("build", "--stdin");
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(`${JSON.stringify({ type: "agent.wired", id, ok: true })}\n`));
  await writer.close();
  const { code, records, stderr } = await ended(child);
  assertEquals(code, 0, stderr);
  assertEquals(records.slice(0, -1).map((record) => record.id), [id]);
  assertEquals(listing.get<{ n: number }>("SELECT count(*) AS n FROM agents WHERE build_hash IS NOT NULL")!.n, 1);
});

Deno.test("build --dist --stdin writes a copy of just the agents that it is given, and says how many", async () => {
  using run = await NamedRun.make(3);
  assertEquals((await run.step("build")).code, 0);
  using listing = Listing.open(run.paths.listing);
  const ids = listing.all<{ id: string }>("SELECT id FROM agents ORDER BY ordinal").map(({ id }) => id);
  const copies = () => ids.filter((id) => infoOf(`${run.paths.agents}/${id}/dist/main.js`));
  assertEquals(copies(), []);
  const child = run.start("build", "--dist", "--stdin");
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(`${JSON.stringify({ id: ids[1] })}\n`));
  await writer.close();
  const { code, records, stderr } = await ended(child);
  assertEquals(code, 0, stderr);
  assertEquals((records.at(-1)!.counts as Record<string, number>).dist, 1);
  assertEquals(copies(), [ids[1]!]);
  assert(loadsNothing(Deno.readTextFileSync(`${run.paths.agents}/${ids[1]}/dist/main.js`)));
  assertEquals((await run.step("build", "--dist")).code, 0);
  assertEquals(copies(), ids);
});

Deno.test("build ends in the same state as one that was never killed, wherever it is killed", async () => {
  using whole = await NamedRun.make(40);
  assertEquals((await whole.step("build")).code, 0);
  for (const changes of [1, 6, 12, 30]) {
    using run = await NamedRun.make(40);
    const watcher = Deno.watchFs(run.paths.workspace, { recursive: true });
    const child = run.start("build", "--workers", "1");
    const done = ended(child).finally(() => watcher.close());
    let seen = 0;
    for await (const _ of watcher) if (++seen === changes) child.kill("SIGKILL");
    assertEquals((await done).signal, "SIGKILL");
    const again = await run.step("build");
    assertEquals(again.code, 0, again.stderr);
    assertEquals(run.digest(), whole.digest(), `killed after ${changes} changes`);
  }
});

Deno.test("build's permission set holds neither the network nor the environment nor what it need not write", async () => {
  const probe = `${await Deno.makeTempDir()}/probe.ts`;
  const asked: Deno.PermissionDescriptor[] = [
    { name: "net" },
    { name: "env" },
    { name: "ffi" },
    { name: "sys" },
    { name: "run", command: "sh" },
    { name: "run", command: "deno" },
    { name: "read", path: `${projectRoot}/workspace/config.json` },
    { name: "read", path: "/etc/passwd" },
    { name: "write", path: `${projectRoot}/workspace/config.json` },
    { name: "write", path: `${projectRoot}/workspace/keys/private/signing.json` },
    { name: "write", path: `${projectRoot}/workspace/template` },
    { name: "write", path: `${projectRoot}/deno.json` },
    { name: "write", path: `${projectRoot}/lib` },
    { name: "write", path: `${projectRoot}/node_modules` },
  ];
  await Deno.writeTextFile(
    probe,
    `for (const one of ${JSON.stringify(asked)}) console.log(Deno.permissions.querySync(one).state);`,
  );
  const args = ["run", "-q", "--no-prompt", "--config", `${projectRoot}/deno.json`, "-P=build", probe];
  const { stdout } = await new Deno.Command(Deno.execPath(), { args, cwd: projectRoot }).output();
  const states = new TextDecoder().decode(stdout).trim().split("\n");
  assertEquals(states.length, asked.length);
  asked.forEach((one, i) => assert(states[i] !== "granted", `${JSON.stringify(one)} is granted`));
});
