import { parse } from "@babel/parser";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { ofRun, shownIssue, withRun } from "../../lib/step/hint.ts";
import { filesIn, read } from "../docs_pages.ts";
import { fixture, run, TestRun } from "./_run.ts";

Deno.test("withRun() names the run in each command of a message, whatever its arguments", () => {
  assertEquals(
    withRun(
      "Run `deno task sync-wiring` first, or `deno task restore FILE --force`; see `deno task explain ID`.",
      "a.b",
    ),
    "Run `deno task sync-wiring --run a.b` first, or `deno task restore --run a.b FILE --force`; " +
      "see `deno task explain --run a.b ID`.",
  );
});

Deno.test("withRun() leaves alone what names a run, what is about none, and the run at the top", () => {
  for (const text of ["`deno task stop --run b`", "`deno task bench`", "deno task init", "`deno install`"]) {
    assertEquals(withRun(text, "a"), text);
  }
  assertEquals(withRun("`deno task init`", undefined), "`deno task init`");
});

Deno.test("shownIssue() names the run, and is harmless to a terminal, in all that an issue carries", () => {
  const bad = { code: "a.b", message: "\x1b[31mRun\x1b[0m\n`deno task init`.\u202e" };
  const shown = { code: "a.b", message: "Run `deno task init --run r`. " };
  assertEquals(shownIssue({ ...bad, issue: bad, findings: [bad, { ...bad, issue: bad }] }, "r"), {
    ...shown,
    issue: shown,
    findings: [shown, { ...shown, issue: shown }],
  });
});

Deno.test("shownIssue() tells a path within the run from the project on", () => {
  const issue = { code: "a.b", message: "No.", path: "workspace/config.json" };
  assertEquals(shownIssue(issue, "r").path, "runs/r/workspace/config.json");
  assertEquals(shownIssue(issue, undefined), issue);
  for (const path of ["pipelines/scan.ts", "/a/workspace/config.json"]) {
    assertEquals(shownIssue({ ...issue, path }, "r").path, path);
  }
});

Deno.test("hints: the tasks that are about a run are those with --run", async () => {
  const { tasks } = JSON.parse(await read("deno.json")) as { tasks: Record<string, unknown> };
  const steps = filesIn("pipelines", ".ts");
  const named = await Promise.all(steps.map(async (path) => {
    const text = await read(path);
    const name = path.replace(/^.*\/|\.ts$/g, "");
    assert(name in tasks, path);
    return /runStep\(/.test(text) && !/ownRuns: true/.test(text) ? [name] : [];
  }));
  assertEquals([...ofRun].sort(), named.flat().sort());
});

Deno.test("hints: each command that a text of the source names gets the run's name", async () => {
  const names = [...ofRun].join("|");
  const command = new RegExp(`deno task (${names})\\b(?!:)`, "g");
  const short = new RegExp(`\`(${names}) [^\`]*\``);
  let commands = 0;
  for (const path of ["lib", "pipelines"].flatMap((folder) => filesIn(folder, ".ts"))) {
    for (const text of textsOf(parse(await read(path), { sourceType: "module", plugins: ["typescript"] }).program)) {
      assert(!short.test(text), `${path}: without "deno task": ${text}`);
      // What is written into files, and looked for in texts, is no hint.
      if (/^deno task [a-z-]+$/.test(text) || text.startsWith("// ")) continue;
      const shown = withRun(text, "NAME");
      for (const [found] of text.matchAll(command)) {
        commands++;
        assertStringIncludes(shown, `\`${found} --run NAME`, path);
      }
    }
  }
  assert(commands > 30, `only ${commands} commands were found`);
});

Deno.test("hints: a failing step's record, table, stderr, log and stack name the run", async () => {
  await using test = new TestRun().list(0);
  const probe = (...args: string[]) => run(fixture("probe_step.ts", "--run", test.name, "--mode", "hint", ...args));
  const hint = `\`deno task build --run ${test.name}\``;
  const { err, out: lines } = await probe("--log-level", "debug");
  const { issue } = JSON.parse(lines.trim().split("\n").at(-1)!);
  for (const text of [issue.message, issue.issue.message]) assertEquals(text, `Run ${hint}.`);
  const log = Deno.readTextFileSync(`${test.paths.logs}/steps.ndjson`);
  const { out, err: told } = await probe("--format", "table");
  for (const text of [err, lines, log, out, told]) {
    assertStringIncludes(text, hint);
    assert(!/`deno task [a-z-]+`/.test(text), text);
  }
});

/** The texts of a syntax tree, each whole where it is put together of several; what is filled in stands as `*`. */
function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== "object" || value === null) return [];
  const whole = textOf(value as Node);
  if (whole !== undefined) return [whole];
  return Object.entries(value).flatMap(([key, inner]) => key === "loc" || key === "extra" ? [] : textsOf(inner));
}

interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly operator?: string;
  readonly left?: Node;
  readonly right?: Node;
  readonly quasis?: readonly { readonly value: { readonly cooked: string } }[];
}

function textOf({ type, value, operator, left, right, quasis }: Node): string | undefined {
  if (type === "StringLiteral") return String(value);
  if (type === "TemplateLiteral") return quasis!.map((part) => part.value.cooked).join("*");
  if (type !== "BinaryExpression" || operator !== "+") return undefined;
  const parts = [textOf(left!), textOf(right!)];
  return parts.every((part) => part === undefined) ? undefined : parts.map((part) => part ?? "*").join("");
}
