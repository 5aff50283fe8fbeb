/**
 * Cyclomatic complexity.
 *
 * @module
 */

import { all, type SyntaxNode } from "./syntax.ts";

const branching =
  /^(IfStatement|ConditionalExpression|ForStatement|ForInStatement|ForOfStatement|WhileStatement|DoWhileStatement|LogicalExpression|CatchClause)$/;

/** Decisions below a node; its cyclomatic complexity is one more (McCabe 1976, "A Complexity Measure"). */
export function decisions(root: SyntaxNode): number {
  let count = 0;
  for (const node of all(root)) {
    const shortCut = node.type === "AssignmentExpression" && /^(&&|\|\||\?\?)=$/.test(node["operator"] as string);
    const chosen = node.type === "SwitchCase" && node["test"] !== null;
    if (branching.test(node.type) || shortCut || chosen) count++;
  }
  return count;
}
