/**
 * The audit: whether a source file is Gene TypeScript, the subset in which a gene is harmless and gives the
 * same bits in every engine.
 *
 * It is an allow-list on the syntax tree: what is not named here is refused. Two things it leaves to the hardened
 * runtime, since syntax can't tell them: which property `a[b]` means while the program runs (only keys that are
 * written out are judged here), and that a function which was handed on is not given properties.
 *
 * @module
 */

import { type Issue, mostFindings } from "../util/issue.ts";
import { auditComments } from "./audit_comments.ts";
import { auditEngines } from "./audit_engines.ts";
import { auditNames } from "./audit_names.ts";
import { type Around, auditNode, auditTypeOnly } from "./audit_nodes.ts";
import { auditTop } from "./audit_top.ts";
import { type Finding, shortened } from "./finding.ts";
import { at, type ParsedSource, parseSource } from "./parse.ts";
import { resolveNames } from "./scope.ts";
import { below, isFunction, isType, line, type SyntaxNode } from "./syntax.ts";

/**
 * Audits one source file.
 *
 * @param path Path within the template: `src/*.ts` or `world.ts`.
 * @param text Content of the file.
 * @returns Issues with file and line in source order, at most {@linkcode mostFindings}; none where the file is Gene
 * TypeScript. Their codes are those of {@linkcode parseSource} and `audit.*`.
 */
export function audit(path: string, text: string): Issue[] {
  const parsed = parseSource(path, text);
  return parsed.ok ? auditSource(parsed.value) : [parsed.issue];
}

/** Audits a parsed file; see {@linkcode audit}. */
export function auditSource(source: ParsedSource): Issue[] {
  const names = resolveNames(source.program);
  const findings = [
    ...auditComments(source),
    ...auditTop(source, names),
    ...auditNames(source, names),
    ...auditTree(source.program),
    ...auditEngines(source, names),
  ];
  findings.sort((a, b) => a.line - b.line);
  return findings.slice(0, mostFindings).map((finding) => issueOf(finding, source.path));
}

function auditTree(program: SyntaxNode): Finding[] {
  const findings: Finding[] = [];
  const visit = (node: SyntaxNode, around: Around): void => {
    const finding = around.type ? auditTypeOnly(node) : auditNode(node, around);
    // What is refused is not looked into: its parts would be refused for the same reason.
    if (finding) findings.push({ ...finding, line: line(node) });
    else for (const inner of below(node)) visit(inner, aroundOf(inner, around));
  };
  visit(program, { type: false, self: false });
  return findings;
}

function aroundOf(node: SyntaxNode, around: Around): Around {
  const type = around.type || isType(node);
  if (/^Class(Private)?(Method|Property)$/.test(node.type)) return { type, self: true };
  return { type, self: around.self && !(isFunction(node) && node.type !== "ArrowFunctionExpression") };
}

function issueOf({ code, message, line }: Finding, path: string): Issue {
  const place = at(path, line);
  return { code, message: `Cannot use ${place} as it must be Gene TypeScript: ${shortened(message)}.`, path: place };
}
