import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { run } from "../step/_run.ts";
import { NamedRun } from "./named_run.ts";

/** `annotate` on the records of steps, under its own permission set, which allows nothing. */
async function annotate(records: string, ...flags: string[]): Promise<{ code: number; out: string; err: string }> {
  return await run(["run", "-q", "--no-prompt", "-P=annotate", "pipelines/annotate.ts", ...flags], records);
}

Deno.test("annotate tells what a refused template, and a chain whose step fails, said: where and why", async () => {
  await using refused = await NamedRun.make({
    "src/seed.ts": '/** @phase act */\nexport function wrong(): number {\n  return eval("1");\n}\n',
  });
  const init = await refused.init("--count", "1");
  assertEquals(init.code, 2);
  const first = await annotate(init.stdout, "--root", refused.template);
  assertMatch(first.out, /^::error file=src\/seed\.ts(,line=\d+)?,title=[a-z]+\.[a-z]+::Cannot [^\n]*\n$/);

  await using failing = await NamedRun.make({});
  await failing.init("--count", "2");
  await Deno.writeTextFile(failing.paths.config, '{"limts":{}}');
  const chain = await failing.step("lifecycle", ["--cycles", "1"]);
  assertEquals(chain.code, 2);
  const second = await annotate(chain.stdout, "--root", failing.paths.root);
  assertMatch(
    second.out,
    /^::error file=workspace\/config\.json,title=config\.invalid::Cannot use[^\n]*limts[^\n]*\n$/,
  );
  const table = await annotate(chain.stdout, "--format", "md");
  assertStringIncludes(table.out, "| `config.invalid` | `configuration` |");

  await Deno.remove(failing.paths.config);
  const status = await failing.step("status");
  assertEquals(await annotate(status.stdout), { code: 0, out: "", err: "", records: [] } as never);
});

Deno.test("annotate refuses flags that it does not have, and paths that count from nowhere", async () => {
  for (const flags of [["--rot", "/x"], ["--root", "x"], ["--template", ""], ["--format", "html"], ["x"]]) {
    const { code, out, err } = await annotate("", ...flags);
    assertEquals([flags, code, out], [flags, 2, ""]);
    assertMatch(err, /^annotate: Cannot .*\n$/);
  }
  const help = await annotate("", "--help");
  assertEquals([help.code, help.err], [0, ""]);
});
