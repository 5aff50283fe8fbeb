import { assertEquals, assertStringIncludes } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { pipeline } from "../step/_run.ts";
import { Population } from "./_population.ts";

/** What takes from root what no other user has: to read whatever there is. */
const bare = ["--bounding-set=-all", "--inh-caps=-all"];

async function runAs(run: Population, step: string, ...flags: string[]) {
  const { code, stdout, stderr } = await new Deno.Command("setpriv", {
    args: [...bare, Deno.execPath(), ...pipeline(step, "--run", run.name, ...flags)],
    cwd: projectRoot,
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  const records: Record<string, unknown>[] = decoder.decode(stdout).trim().split("\n").map((line) => JSON.parse(line));
  const issue = records.at(-1)!.issue as { code: string; message: string } | undefined;
  return { code, records, issue, err: decoder.decode(stderr) };
}

async function canDrop(): Promise<boolean> {
  try {
    return (await new Deno.Command("setpriv", { args: [...bare, "/bin/true"] }).output()).success;
  } catch {
    return false;
  }
}

const ignore = !await canDrop();

Deno.test({
  name: "what can't be read of one agent is its own outcome, with file and errno; what all share stops the step",
  ignore,
  async fn() {
    await using run = await Population.make(6, "--quiet");
    const ids = (await run.status()).map(({ id }) => id);
    const closed = [`${ids[0]}/genome.bin`, `${ids[1]}`, `${ids[2]}/src`, `${ids[3]}/src/rl.ts`]
      .map((path) => `${run.paths.agents}/${path}`);
    for (const path of closed) Deno.chmodSync(path, 0);
    // So that they are opened and not only looked at.
    for (const path of [closed[0]!, closed[3]!]) Deno.utimeSync(path, 0, 0);
    const scan = await runAs(run, "scan");
    assertEquals(scan.code, 0, scan.err);
    const issues = ids.map((id) => scan.records.find((record) => record.id === id)!.issue as typeof scan.issue);
    assertEquals(issues.map((issue) => issue?.code), [
      "genome.unreadable",
      "agent.unreadable",
      "agent.unreadable",
      "agent.unreadable",
      undefined,
      undefined,
    ]);
    for (const [i, path] of closed.entries()) {
      assertStringIncludes(issues[i]!.message, "EACCES");
      assertStringIncludes(issues[i]!.message, path);
    }
    for (const path of closed.toReversed()) Deno.chmodSync(path, path.includes(".") ? 0o644 : 0o755);
    assertEquals((await run.step("scan")).records.filter(({ ok }) => !ok), []);

    Deno.chmodSync(run.paths.agents, 0);
    const shared = await runAs(run, "scan");
    Deno.chmodSync(run.paths.agents, 0o755);
    assertEquals([shared.code, shared.issue?.code], [1, "disk.unreadable"]);
    assertEquals(run.rows("SELECT 1 FROM agents WHERE status = 'disabled'"), []);

    await run.configure({ world: { steps: 20 } });
    Deno.chmodSync(run.paths.config, 0);
    for (const [step, ...flags] of [["supervise"], ["select"], ["backup", `${run.paths.root}/b.tar.gz`]]) {
      const { code, issue } = await runAs(run, step!, ...flags);
      assertEquals([step, code, issue?.code], [step, 2, "config.unreadable"]);
      assertStringIncludes(issue!.message, "EACCES");
    }
    Deno.chmodSync(run.paths.config, 0o644);
    const log = Deno.readTextFileSync(`${run.paths.logs}/steps.ndjson`);
    assertStringIncludes(log, '"code":"disk.unreadable"');
  },
});

Deno.test("a configuration that is there and can't be read is not none", async () => {
  await using run = await Population.make(4, "--quiet");
  await run.step("scan");
  const places: readonly (() => unknown)[] = [
    () => Deno.symlinkSync("nowhere.json", run.paths.config),
    () => Deno.symlinkSync("config.json", run.paths.config),
    () => Deno.mkdirSync(run.paths.config),
    () => new Deno.Command("mkfifo", { args: [run.paths.config] }).output(),
  ];
  for (const place of places) {
    await place();
    for (const [step, ...flags] of [["supervise"], ["select"], ["backup", `${run.paths.root}/b.tar.gz`]]) {
      const { records } = await run.fails(2, step!, ...flags);
      assertEquals([step, (records.at(-1)!.issue as { code: string }).code], [step, "config.unreadable"]);
    }
    Deno.removeSync(run.paths.config);
  }
});

Deno.test({
  name: "what can't be read or written of one agent stops neither sync-wiring nor doctor for the others",
  ignore,
  async fn() {
    await using run = await Population.make(4, "--quiet");
    const ids = (await run.status()).map(({ id }) => id);
    const at = (i: number, path: string) => `${run.paths.agents}/${ids[i]}/${path}`;
    for (const i of [0, 1]) Deno.writeTextFileSync(at(i, "src/mod.ts"), "// edited");
    Deno.chmodSync(at(0, "src/mod.ts"), 0o444);
    const wired = await runAs(run, "sync-wiring");
    assertEquals(wired.code, 0, wired.err);
    const issues = ids.map((id) => (wired.records.find((one) => one.id === id)!.issue as typeof wired.issue)?.code);
    assertEquals(issues, ["agent.unwritable", undefined, undefined, undefined]);
    Deno.chmodSync(at(0, "src/mod.ts"), 0o644);

    Deno.chmodSync(at(1, "genome.bin"), 0);
    Deno.chmodSync(at(2, "src"), 0);
    Deno.truncateSync(at(3, "genome.bin"), 5);
    await runAs(run, "scan");
    const doctor = await runAs(run, "doctor");
    assertEquals([doctor.code, doctor.issue?.code], [1, "doctor.left"], doctor.err);
    const left = doctor.records.filter(({ type, repaired }) => type === "doctor.found" && repaired === false);
    assertEquals(left.map(({ id, code }) => [id, code]), [[ids[2], "agent.unreadable"]]);
    assertStringIncludes(String(left[0]!.found), "EACCES");
    assertEquals((await run.status()).map(({ status }) => status), ["active", "active", "disabled", "active"]);
    Deno.chmodSync(at(2, "src"), 0o755);
    await run.step("doctor");
    assertEquals((await run.step("scan")).records.filter(({ ok }) => !ok), []);
  },
});

Deno.test("doctor makes all folders again where the folder of all agents is gone", async () => {
  await using run = await Population.make(4, "--quiet");
  const before = await run.status();
  Deno.removeSync(run.paths.agents, { recursive: true });
  const { records } = await run.fails(1, "scan");
  assertEquals((records.at(-1)!.issue as { code: string }).code, "agents.missing");
  await run.step("doctor");
  await run.step("scan");
  assertEquals(await run.status(), before);
});
