/** The types of parameters: what is wrong in one of them fails the check of types. */

import { assertEquals } from "@std/assert";
import type { Gene, GeneContext, ParameterDeclarations } from "../../lib/runtime/contract.ts";
import { evaluate } from "../../lib/runtime/evaluate.ts";
import { madeAgent, madeRequest } from "./made_agent.ts";

const parameters = {
  bits: { kind: "boolean", length: 2, default: [true, false] },
  count: { kind: "integer", min: 0, max: 4, default: 1 },
  flag: { kind: "boolean", default: true },
  moves: { kind: "choice", options: ["a", "b"], length: 2, default: "a" },
  rate: { min: 0.1, max: 1, default: 0.5, scale: "log" },
  rule: { kind: "choice", options: ["a", "b"], default: "a" },
} as const satisfies ParameterDeclarations;

function exact({ parameters: own }: GeneContext<typeof parameters>): number {
  const bits: readonly boolean[] = own.bits;
  const moves: readonly ("a" | "b")[] = own.moves;
  const rule: "a" | "b" = own.rule;
  const flag: boolean = own.flag;
  // @ts-expect-error: there is no such parameter.
  own.nothing;
  // @ts-expect-error: a boolean is no number.
  const wrong: number = own.flag;
  // @ts-expect-error: no option is called so.
  if (rule === "c") return 0;
  return bits[0] === flag && moves[1] === "b" && wrong && own.count + own.rate > 1 ? 1 : 0;
}

function former(context: GeneContext): number {
  const rate: number | undefined = context.parameters["rate"];
  return rate === 0.5 ? 1 : 0;
}

// @ts-expect-error: a boolean has no range.
({ flag: { kind: "boolean", min: 0, max: 1, default: true } }) satisfies ParameterDeclarations;

Deno.test("genes with exact types of their parameters, and genes of the former contract, are genes alike", () => {
  const values = { bits: [true, false], count: 1, flag: true, moves: ["a", "b"], rate: 0.5, rule: "a" };
  const genes: readonly Gene[] = [exact, former];
  for (const gene of genes) {
    const { evidence } = evaluate(madeAgent({ "act src/a.ts#go": gene }, undefined, values), madeRequest());
    assertEquals(evidence.flat().every((action) => action === 1), true);
  }
});
