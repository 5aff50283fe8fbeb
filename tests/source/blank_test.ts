import { assert, assertEquals } from "@std/assert";
import { blankComments } from "../../lib/source/blank.ts";
import { parseSource } from "../../lib/source/parse.ts";

Deno.test("blankComments() keeps positions, lines and all that is no comment", () => {
  const text = '/// <reference path="/etc/passwd" />\r\n/* ä 😀\n\u2028b */ const a = "// no /* comment */";\n' +
    "const b = `// ${/* in */ a} /*`; // @ts-ignore\nconst c = 4 /* of */ / 2; //# sourceMappingURL=/etc";
  const parsed = parseSource("src/a.ts", text);
  assert(parsed.ok);
  const blank = blankComments(parsed.value);
  assertEquals(blank.length, text.length);
  const lines = (of: string) => [...of.matchAll(/[\r\n\u2028\u2029]/g)].map(({ index }) => index);
  assertEquals(lines(blank), lines(text));
  assertEquals(
    blank.trim().replaceAll(/\s+/g, " "),
    'const a = "// no /* comment */"; const b = `// ${ a} /*`; const c = 4 / 2;',
  );
  const again = parseSource("src/a.ts", blank);
  assert(again.ok);
  assertEquals(again.value.comments, []);
});
