import { assert, assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { examineSource } from "../../lib/source/examine.ts";
import { parseSource } from "../../lib/source/parse.ts";
import { tokenHash } from "../../lib/source/tokens.ts";

Deno.test("parseSource() names file and line of a syntax error", () => {
  const parsed = parseSource("src/a.ts", "export function a() {}\n\nlet = ;\n");
  assert(!parsed.ok);
  assertEquals([parsed.issue.code, parsed.issue.path], ["source.syntax", "src/a.ts:3"]);
  assertStringIncludes(parsed.issue.message, "src/a.ts:3");
});

Deno.test("parseSource() refuses two functions of one name", () => {
  const parsed = parseSource("src/a.ts", "export function a() {}\nexport function a() {}\n");
  assert(!parsed.ok);
  assertEquals(parsed.issue.path, "src/a.ts:2");
});

Deno.test("parseSource() refuses what is nested too deeply, and does not overflow", () => {
  const deep = 50_000;
  const texts = [
    "(".repeat(deep),
    "[".repeat(deep) + "]".repeat(deep),
    "{".repeat(deep),
    `let a = ${"1+".repeat(deep)}1`,
    `let a = ${"!".repeat(deep)}1`,
    `let a = b${".c".repeat(deep)}`,
    `let a = b${"()".repeat(deep)}`,
    `type A = ${"[".repeat(deep)}`,
    `let a = ${"`${".repeat(deep)}`,
    "if (a) ".repeat(deep),
  ];
  for (const text of texts) {
    const parsed = parseSource("src/a.ts", text.slice(0, 200_000));
    assert(!parsed.ok);
    assert(["source.nested", "source.syntax", "source.size"].includes(parsed.issue.code));
  }
});

Deno.test("parseSource() refuses what is too large, and characters that mislead", () => {
  for (
    const [text, code] of [["a".repeat(300_000), "source.size"], ["let a;\n// \u202e", "source.text"], [
      "\0",
      "source.text",
    ]]
  ) {
    const parsed = parseSource("src/a.ts", text!);
    assert(!parsed.ok);
    assertEquals(parsed.issue.code, code);
  }
});

Deno.test("examineSource() never throws, whatever the text", async () => {
  const pieces = fc.constantFrom(
    ...["export ", "function ", "a", "(", ")", "{", "}", "const ", "=", "1", ";", "`", "${", "import ", '"x"', "\n"],
    ...[
      "/** @phase act */",
      "class ",
      "this",
      ".",
      "[",
      "]",
      "=>",
      "async ",
      "...",
      ":",
      "type ",
      "/",
      "#b",
      "@c",
      ",",
    ],
    ...["parameters", "static ", "get ", "for ", "of ", "<", ">", "?", "enum ", "declare ", "namespace ", "abstract "],
  );
  const text = fc.oneof(
    fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join("")),
    fc.string({ unit: "binary" }),
  );
  await fc.assert(
    fc.asyncProperty(text, fc.constantFrom("src/a.ts", "world.ts"), async (text, path) => {
      const { issues, facts } = await examineSource(path, text);
      assert(facts || issues.length > 0);
    }),
    { numRuns: 3000 },
  );
});

const base = "export function a(b) { const c = `x${b}y`; return c; }\nexport const parameters = { d: 1 };";

const same: readonly (readonly [string, string])[] = [
  ["comments", base.replace("{ const", "{ /* why */ const") + "\n// end\n"],
  ["white space", base.replaceAll("; ", ";\n\t  ")],
  ["a byte order mark", `\ufeff${base}`],
  ["Windows line ends", base.replaceAll("\n", "\r\n")],
  ["semicolons that the language adds", base.replaceAll("; ", "\n").replace(/;$/, "")],
];

for (const [what, text] of same) {
  Deno.test(`tokenHash() ignores ${what}`, async () => assertEquals(await hashOf(text), await hashOf(base)));
}

const other: readonly (readonly [string, string])[] = [
  ["a name", base.replaceAll("b", "e")],
  ["a number", base.replace("d: 1", "d: 2")],
  ["white space in a template", base.replace("y`", " y`")],
  ["a line break after return", base.replace("return c", "return\nc")],
  ["the order of statements", base.split("\n").reverse().join("\n")],
  ["what joins tokens", base.replace("return c", "returnc")],
  ["code that becomes a comment", base.replace("return c;", "/*return c;*/")],
];

for (const [what, text] of other) {
  Deno.test(`tokenHash() tells ${what} apart`, async () => assertNotEquals(await hashOf(text), await hashOf(base)));
}

async function hashOf(text: string): Promise<string> {
  const parsed = parseSource("src/a.ts", text);
  if (!parsed.ok) throw new Error(parsed.issue.message);
  return await tokenHash(parsed.value);
}

Deno.test("parseSource() refuses at once what would take the parser for ever", () => {
  const forms = [["async <T>(x = ", ")"], ["a ? (x) : ({ y = ", " }) => 0"], ["a ? (b) : ({ [", "]: 1 })"]];
  for (const [before, after] of forms) {
    const parsed = parseSource("src/a.ts", `const f = ${before!.repeat(60)}1${after!.repeat(60)};`);
    assertEquals(parsed.ok ? "" : parsed.issue.code, "source.nested");
  }
});
