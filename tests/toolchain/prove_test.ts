import { assertEquals } from "@std/assert";
import { isWhole } from "../../lib/toolchain/prove.ts";
import { loadsNothing } from "../../lib/toolchain/prove_syntax.ts";

const loading: Record<string, string> = {
  "static import": `import "./other.js";`,
  "named import": `import { a } from "./other.js"; a();`,
  "attribute import": `import a from "/etc/passwd" with { type: "text" };`,
  "literal dynamic import": `const a = import("./other.js");`,
  "computed dynamic import": `const a = import(name);`,
  "dynamic import within a function": `(() => { function f() { return [1, import("x")]; } })();`,
  "import.meta": `console.log(import.meta.url);`,
  "named export": `const a = 1; export { a };`,
  "default export": `export default 1;`,
  "re-export": `export * from "./other.js";`,
  "require": `const a = require("fs");`,
  "require written with an escape": String.raw`const a = requ\u0069re("fs");`,
  "require written with a long escape": String.raw`const a = requ\u{69}re("fs");`,
  "require as a shorthand": `const a = { require };`,
  "what does not parse": `import import`,
};

for (const [name, program] of Object.entries(loading)) {
  Deno.test(`isWhole() refuses ${name}`, async () => {
    assertEquals(await isWhole(program), false);
    assertEquals(loadsNothing(program), false);
  });
}

const whole: Record<string, string> = {
  "a plain program": `"use strict"; (() => { const a = 1; })();`,
  "the words in texts": `const a = "import export require"; const b = \`import("x")\`;`,
  "the words as names of properties": `const a = { import: 1, export: 2, require: 3 }; a.require = a.import;`,
  "the words in a comment": `// import x from "y"\nconst a = 1;`,
  "longer names": `const important = 1, exported = 2, requirement = 3;`,
  "an escape in a text": String.raw`const a = "\u0069mport";`,
};

for (const [name, program] of Object.entries(whole)) {
  Deno.test(`isWhole() accepts ${name}`, async () => {
    assertEquals(await isWhole(program), true);
    assertEquals(loadsNothing(program), true);
  });
}
