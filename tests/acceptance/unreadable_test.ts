import { assertEquals, assertStringIncludes } from "@std/assert";
import { projectRoot } from "../../lib/agents/paths.ts";
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
    // So that it is opened and not only looked at.
    Deno.utimeSync(closed[3]!, 0, 0);
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
  await using run = await Population.make(1, "--quiet");
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
