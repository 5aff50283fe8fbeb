/**
 * What engines read in their own ways although all of them run it: numbers of many digits, letters that depend on their
 * Unicode, functions in the defaults of parameters.
 *
 * These rules are younger than others: a pool that a run has already may break them, see `readPool`.
 *
 * @module
 */

import { writtenNames } from "./audit_names.ts";
import { type Finding, finding } from "./finding.ts";
import type { ParsedSource } from "./parse.ts";
import type { Binding, ModuleScope } from "./scope.ts";
import { all, child, children, isFunction, type SyntaxNode } from "./syntax.ts";

/** The code of what is found here. */
export const engineCode = "audit.engine";

/** Significant decimal digits that all engines read alike. */
const mostDigits = 17;

/** What the names of a file mean, by their nodes. */
interface Meanings {
  readonly bindings: ReadonlyMap<SyntaxNode, Binding | undefined>;
  readonly written: ReadonlySet<SyntaxNode | undefined>;
}

/** Judges what engines differ in. */
export function auditEngines(source: ParsedSource, names: ModuleScope): Finding[] {
  const meanings: Meanings = {
    bindings: new Map(names.references.map(({ node, binding }) => [node, binding])),
    written: writtenNames(source.program),
  };
  const findings: Finding[] = [];
  for (const node of all(source.program)) {
    const wrong = wrongIn(node, source.text, meanings);
    if (wrong !== undefined) findings.push(finding("engine", `${wrong}, as engines differ there`, node));
  }
  return findings;
}

function wrongIn(node: SyntaxNode, text: string, meanings: Meanings): string | undefined {
  if (node.type === "NumericLiteral") return number(node["value"] as number, text.slice(node.start, node.end));
  if (node.type === "RegExpLiteral") return expression(node["pattern"] as string, node["flags"] as string);
  return isFunction(node) ? defaults(node, meanings) : undefined;
}

function number(value: number, literal: string): string | undefined {
  const plain = literal.replaceAll("_", "");
  if (/^0[a-z]/i.test(plain)) {
    return Number.isSafeInteger(value) ? undefined : `the number ${shown(literal)} is too large for its base`;
  }
  const digits = plain.replace(/e.*$/i, "").replace(".", "").replace(/^0+/, "").replace(/0+$/, "");
  return digits.length > mostDigits
    ? `the number ${shown(literal)} has more than ${mostDigits} digits: write ${value}`
    : undefined;
}

function shown(literal: string): string {
  return literal.length <= 40 ? literal : `${literal.slice(0, 40)}…`;
}

function expression(pattern: string, flags: string): string | undefined {
  if (escapes(pattern, "pP")) return "\\p in a regular expression is not allowed: name the letters";
  if (flags.includes("i") && (!/^[\x20-\x7e]*$/.test(pattern) || escapes(pattern, "uxk1-9"))) {
    return "a regular expression with the flag i may name letters without accents alone, each as it is";
  }
  try {
    new RegExp(pattern, flags);
    return undefined;
  } catch {
    return "this regular expression is not valid";
  }
}

/** Whether one of these letters is escaped somewhere. */
function escapes(pattern: string, letters: string): boolean {
  return new RegExp(String.raw`(?<!\\)(?:\\\\)*\\[${letters}]`).test(pattern);
}

/** Defaults have a scope of their own, apart from that of the body, which engines make in their own ways. */
function defaults(node: SyntaxNode, meanings: Meanings): string | undefined {
  const parameters = children(node, "params");
  const isOwn = (inner: SyntaxNode) => {
    const binding = meanings.bindings.get(inner);
    return binding?.kind === "parameter" && binding.node === node;
  };
  for (const pattern of parameters.flatMap((parameter) => [...all(parameter)])) {
    const value = pattern.type === "AssignmentPattern" ? child(pattern, "right") : undefined;
    if (!value) continue;
    for (const inner of all(value)) {
      if (meanings.written.has(inner) && isOwn(inner)) return "the default of a parameter can't change a parameter";
      const closes = isFunction(inner) || /^Class(Declaration|Expression)$/.test(inner.type);
      if (closes && [...all(inner)].some(isOwn)) {
        return "a function in the default of a parameter can't use parameters: make it in the body";
      }
    }
  }
  return undefined;
}
