import { assert, assertEquals, assertNotMatch } from "@std/assert";
import fc from "fast-check";
import { Findings } from "../../../lib/steps/annotate/findings.ts";
import { githubLines } from "../../../lib/steps/annotate/github.ts";
import { findingsTable } from "../../../lib/steps/annotate/table.ts";
import { plain } from "../../../lib/tables/show.ts";

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** Reads a line as GitHub's runner does (`ActionCommand.TryParseV2`). */
function command(line: string): Command | undefined {
  const text = line.trimStart();
  const end = text.indexOf("::", 2);
  if (!text.startsWith("::") || end < 0) return undefined;
  const [name, rest = ""] = split(text.slice(2, end), " ");
  const pairs = rest.split(",").filter((pair) => pair !== "").map((pair) => split(pair, "="));
  return {
    name: name!,
    properties: Object.fromEntries(
      pairs.map(([key, value = ""]) => [key, unescaped(value.replaceAll("%3A", ":").replaceAll("%2C", ","))]),
    ),
    data: unescaped(text.slice(end + 2)),
  };
}

function split(text: string, sign: string): string[] {
  const at = text.indexOf(sign);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function unescaped(text: string): string {
  return text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
}

function found(...records: unknown[]): Findings {
  const findings = new Findings();
  for (const record of records) findings.add(record);
  return findings;
}

function failed(issue: unknown, id: string | null = null) {
  return { type: "step.finished", step: "build", id, ok: false, issue };
}

function lines(text: string): string[] {
  return text.split(/[\r\n]/).slice(0, -1);
}

const hostile = [
  "::stop-commands::x",
  "\n::add-mask::a",
  "\r::set-output name=a::b",
  "%0A::error::b",
  "%250A",
  "##[add-path]/tmp",
  "a,file=b",
  "a::b",
  "a=b",
  "\u2028::debug::x",
  "\u001b[31m",
  "$(touch x)",
  "",
  " ",
];

const texts = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.array(fc.constantFrom(...hostile, "%", ":", ",", "=", "\r\n", "x"), { maxLength: 5 }).map((parts) =>
    parts.join("")
  ),
);

Deno.test("githubLines(): whatever texts say, each finding is one command whose parts are these texts", () => {
  fc.assert(
    fc.property(texts, texts, texts, (code, message, name) => {
      const path = `/work/space/${name}/src/a.ts:7`;
      const written = githubLines(found(failed({ code, message, path })), { root: "/work/space" });
      const [line, ...more] = lines(written);
      assertEquals(more, []);
      assertNotMatch(line!, /\p{Cc}/u);
      const { name: called, properties, data } = command(line!)!;
      assertEquals([called, properties.title], ["error", plain(code).trim()]);
      assert(data.startsWith(plain(message).trim()));
      if (properties.file !== undefined) assert(!properties.file.startsWith("/") && !properties.file.includes(".."));
      assertEquals(Object.keys(properties).every((key) => ["file", "line", "title"].includes(key)), true);
    }),
    { numRuns: 3000 },
  );
});

Deno.test("githubLines(): of many failures shows ten lines at most, errors first, equal ones once, and how many more", () => {
  const agents = Array.from(
    { length: 20 },
    (_, i) => failed({ code: "genotype.lethal", message: `gene ${i}` }, `a${i}`),
  );
  const step = failed({ code: "template.world", message: "the world fails", path: "world.ts:3" });
  const some = lines(githubLines(found(...agents, step, step), {})).map((line) => command(line)!);
  assertEquals(some.length, 10);
  assertEquals(some.map(({ name }) => name), ["error", ...Array(9).fill("warning")]);
  assertEquals(some[0]!.data, "the world fails (world.ts:3) (2 times)");
  assertEquals(some.at(-1)!.data, "12 more; the records have all of them.");
  const ten = lines(githubLines(found(...agents.slice(0, 10)), {}));
  assertEquals([ten.length, ten.some((line) => line.includes("more"))], [10, false]);
  const thousands = Array.from({ length: 5000 }, (_, i) => failed({ code: "a.b", message: `${i}` }));
  assertEquals(
    command(lines(githubLines(found(...thousands), {})).at(-1)!)!.data,
    "4991 more; the records have all of them.",
  );
});

Deno.test("githubLines(): of a chain tells what its step said, and of what has not failed nothing", () => {
  const own = { code: "template.type", message: "no type", path: "src/a.ts:3" };
  const chain = failed({ code: "step.failed", message: "build failed", path: "pipelines/build.ts", issue: own });
  const folders = { root: "/w", template: "/w/t" };
  assertEquals(githubLines(found(chain), folders), "::error file=t/src/a.ts,line=3,title=template.type::no type\n");
  const none = [
    { ok: true, id: null },
    null,
    [],
    "x",
    1,
    { ok: false },
    { ok: false, issue: { code: 1 } },
    failed(null),
  ];
  assertEquals([githubLines(found(...none), folders), findingsTable(found(...none), folders)], ["", ""]);
});

Deno.test("findingsTable(): whatever texts say, it is one table", () => {
  fc.assert(
    fc.property(texts, texts, texts, (code, message, path) => {
      const text = findingsTable(found(failed({ code, message, path })), { root: "/work" });
      const rows = text.split("\n").filter((line) => line !== "");
      assertEquals(rows.length, 4);
      for (const row of rows.slice(1)) assertEquals(row.split("|").length, 7, row);
      assertNotMatch(text, /[<>@[\]\\*]|&#(?:64|35);(?!\u2060)/);
    }),
    { numRuns: 1000 },
  );
});
