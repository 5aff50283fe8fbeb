import { line, type SyntaxNode } from "./syntax.ts";

/** What the audit found at one line. */
export interface Finding {
  /** `audit.` and what kind of rule is broken. */
  readonly code: string;
  /** What is not allowed, and what to write instead. */
  readonly message: string;
  /** From 1. */
  readonly line: number;
}

/** What a rule found, at the line of a node. */
export function finding(code: string, message: string, node: SyntaxNode): Finding {
  return { code: `audit.${code}`, message, line: line(node) };
}
