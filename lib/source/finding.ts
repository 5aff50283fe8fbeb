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

/** Longest message, in UTF-16 code units. */
const longest = 400;

/** A message with its middle left out where it is long, since it repeats what the code says: names have no limit. */
export function shortened(message: string): string {
  if (message.length <= longest) return message;
  return `${message.slice(0, longest / 2)}…${message.slice(1 - longest / 2)}`;
}

/** What a rule found, at the line of a node. */
export function finding(code: string, message: string, node: SyntaxNode): Finding {
  return { code: `audit.${code}`, message, line: line(node) };
}
