/** The code of a template, which may be a stranger's: read and audited, never run. */

import { assert } from "@std/assert";
import fc from "fast-check";
import { examineSource } from "../../../lib/source/examine.ts";
import { anyBytes, withBytesChanged } from "../changes.ts";
import type { Decoder } from "../decoder.ts";

const file = `import type { Context } from "evolve/contract";
export const parameters = { rate: { min: 0, max: 1, default: 0.5, scale: "linear" },
  bits: { kind: "boolean", length: 3, default: [true, false, true] }, rule: { kind: "choice", options: ["a", "b"], default: "b" } };
const table = [1, 2, [3, 4]] as const;
/** Moves. @phase act */
export function run(context: Context): void {
  for (let i = 0; i < table.length; i++) evaluation.note("a", (i * 2) % 3);
  const { x, ...rest } = { x: 1, y: [..."text"] };
  if (rest.y?.length ?? x > 0) evaluation.act(\`\${x}\`);
}
function helper<T extends number>(value: T): T { return value; }
class Box { #held = 1; get held(): number { return this.#held; } }
`;
const tokens = file.split(/(\s+|[(){}[\];,.<>:?])/).filter((token) => token !== "");
const encoder = new TextEncoder();
const tangle = ["(a,b)=>", "a?(b)=>c:", "<T>(x)=>", "async", "import(", "`${", "class{static{", "[[", "{{", "??="];
const mixed = fc.array(fc.constantFrom(...tokens, ...tangle), { maxLength: 60 }).map((parts) =>
  encoder.encode(parts.join(""))
);

export const source: Decoder = {
  async decode(bytes) {
    const { facts, issues } = await examineSource("src/a.ts", new TextDecoder().decode(bytes));
    assert(facts !== undefined || issues.length > 0);
    for (const { code, message } of issues) assert(/^[a-z]+\.[a-z]+$/.test(code) && message.length < 800, message);
    return issues.length === 0;
  },
  inputs: fc.oneof(anyBytes, mixed, withBytesChanged(fc.constant(encoder.encode(file)))),
  largest: encoder.encode(
    `export function gene(): number {\n  let x = 0;\n${"  x += (x + 1) * 2 - [3][0]!;\n".repeat(4000)}  return x;\n}\n`,
  ),
};
