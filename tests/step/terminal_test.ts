import { assert, assertEquals, assertMatch, assertNotMatch } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { fixture, onTerminal, pipeline, run, TestRun } from "./_run.ts";

const steps = [...Deno.readDirSync(`${projectRoot}/pipelines`)].map(({ name }) => name.replace(/\.ts$/, "")).sort();

// deno-lint-ignore no-control-regex
const escapeCode = /[\x1b\x9b]/;

/** All that a command writes on a terminal of 80 columns. */
async function shown(args: readonly string[]): Promise<string> {
  const script = 'stty cols 80; "$@"; echo "[ended]"';
  const step = onTerminal(["-c", script, "sh", Deno.execPath(), ...args], "sh");
  await step.saw("[ended]");
  step.close();
  return (await step.ended).out.replaceAll("\r\n", "\n");
}

Deno.test("--help: of each step fits 80 columns, on a terminal and elsewhere", async () => {
  for (const step of steps) {
    const { code, out, err } = await run(pipeline(step, "--help"));
    assertEquals([step, code, err], [step, 0, ""]);
    for (const line of out.split("\n")) assert(line.length <= 80, line);
  }
  const { out } = await run(pipeline("explain", "--help"));
  assertEquals((await shown(pipeline("explain", "--help"))).replace("[ended]\n", ""), out);
});

Deno.test("steps write no escape codes, neither on a terminal nor into a pipe", async () => {
  await using test = new TestRun();
  const of = (step: string, ...args: string[]) => pipeline(step, "--run", test.name, ...args);
  assertNotMatch(await shown(of("init", "--count", "3", "--seed", "7")), escapeCode);
  assertNotMatch(await shown(of("lifecycle", "--cycles", "1")), escapeCode);
  const status = await run(of("status", "--format", "ndjson"));
  const id = String(status.records[0]!.id);
  const file = `${test.paths.workspace}/a.tar.gz`;
  const commands = [
    of("status"),
    of("explain", id),
    of("logs", id),
    of("report"),
    of("doctor"),
    of("scan"),
    of("sync-wiring"),
    of("build"),
    of("supervise"),
    of("select"),
    of("hooks"),
    of("enable", id),
    of("backup", file),
    of("restore", file),
    of("stop"),
    of("status", "--nonsense"),
  ];
  for (const command of commands) {
    assertNotMatch(await shown(command), escapeCode, command.join(" "));
    const { out, err } = await run([...command, ...(command.includes("report") ? [] : ["--format", "table"])]);
    assertNotMatch(out + err, escapeCode, command.join(" "));
  }
});

Deno.test("tables: fit a terminal of 80 columns, and are a line each row elsewhere", async () => {
  await using test = new TestRun().list(3);
  const onIt = await shown(pipeline("status", "--run", test.name));
  for (const line of onIt.split("\n")) assert(line.length <= 80 || line.includes("digest"), line);
  const { out } = await run(pipeline("status", "--run", test.name, "--format", "table"));
  assertEquals(out.trim().split("\n").length, 4);
  assertMatch(out, /^id .* reason$/m);
});

Deno.test("a progress bar is drawn by carriage returns alone, and is gone before the next line", async () => {
  await using test = new TestRun().list(0);
  const text = await shown(fixture("probe_step.ts", "--run", test.name, "--mode", "progress"));
  assertMatch(text, /\rprobe █{12}░{12} 1\/2\r {34}\rprobe: half\n/);
  assertNotMatch(text, escapeCode);
});
