/**
 * Collects the codes of issues from the syntax of the source.
 *
 * @module
 */

import { parse } from "@babel/parser";
import { filesIn, read } from "./docs_pages.ts";

/** A node of the syntax tree, as far as it is looked at here. */
interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

const dotted = /^[a-z]+(\.[A-Za-z-]+)*$/;

/**
 * All codes that the source gives, with a file of each; what is filled in stands as `*`, as in `context.*`.
 *
 * A code is the value of a property `code`, and whatever is passed for a parameter of this name.
 */
export async function issueCodes(): Promise<Map<string, string>> {
  const trees = new Map<string, Node>();
  for (const path of ["lib", "pipelines"].flatMap((folder) => filesIn(folder, ".ts"))) {
    trees.set(path, parse(await read(path), { sourceType: "module", plugins: ["typescript"] }).program as never);
  }
  const takers = new Map<string, Set<number>>();
  for (const tree of trees.values()) visit(tree, (node) => noteTaker(node, takers));
  const codes = new Map<string, string>();
  for (const [path, tree] of trees) {
    visit(tree, (node) => {
      for (const value of codeValues(node, takers)) {
        for (const text of texts(value)) {
          const code = fullCode(text, path);
          if (!codes.has(code)) codes.set(code, path);
        }
      }
    });
  }
  return codes;
}

/** The audit's own code begins all of its findings. */
function fullCode(text: string, path: string): string {
  return path.startsWith("lib/source/") && !text.includes(".") ? `audit.${text}` : text;
}

/** Functions and classes whose parameter is a code, by name, with its place. */
function noteTaker(node: Node, takers: Map<string, Set<number>>): void {
  const [name, made] = named(node);
  const places = ((made?.params ?? []) as Node[]).flatMap((param, place) => nameOf(param) === "code" ? [place] : []);
  if (name === undefined || places.length === 0) return;
  takers.set(name, new Set([...takers.get(name) ?? [], ...places]));
}

function named(node: Node): [string | undefined, Node | undefined] {
  if (node.type === "FunctionDeclaration") return [nameOf(node.id as Node), node];
  if (node.type === "VariableDeclarator") return [nameOf(node.id as Node), node.init as Node];
  if (node.type === "ClassMethod" || node.type === "ClassPrivateMethod") return [nameOf(node.key as Node), node];
  if (node.type !== "ClassDeclaration") return [undefined, undefined];
  const made = ((node.body as Node).body as Node[]).find((method) => nameOf(method.key as Node) === "constructor");
  return [nameOf(node.id as Node), made];
}

/** The expressions in a node that are codes. */
function codeValues(node: Node, takers: ReadonlyMap<string, ReadonlySet<number>>): Node[] {
  if (node.type === "ObjectProperty" && nameOf(node.key as Node) === "code") return [node.value as Node];
  if (node.type !== "CallExpression" && node.type !== "NewExpression") return [];
  const callee = node.callee as Node;
  const places = takers.get(nameOf((callee.property ?? callee) as Node) ?? "");
  return (node.arguments as Node[]).filter((_, place) => places?.has(place));
}

/** What an expression may come to, where its text says so. */
function texts(node: Node): string[] {
  if (node.type === "StringLiteral") return dotted.test(node.value as string) ? [node.value as string] : [];
  if (node.type === "ConditionalExpression") {
    return [node.consequent, node.alternate].flatMap((one) => texts(one as Node));
  }
  if (node.type === "LogicalExpression") return [node.left, node.right].flatMap((one) => texts(one as Node));
  if (node.type !== "TemplateLiteral") return [];
  const text = (node.quasis as { value: { raw: string } }[]).map(({ value }) => value.raw).join("*");
  return dotted.test(text.replaceAll("*", "x")) && !text.startsWith("*") && text !== "audit.*" ? [text] : [];
}

function nameOf(node: Node | null | undefined): string | undefined {
  if (node?.type === "PrivateName") return nameOf(node.id as Node);
  if (node?.type === "TSParameterProperty") return nameOf(node.parameter as Node);
  return node?.type === "Identifier" ? node.name as string : undefined;
}

function visit(value: unknown, see: (node: Node) => void): void {
  if (Array.isArray(value)) { for (const one of value) visit(one, see); }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  if (typeof (value as Node).type === "string") see(value as Node);
  for (const [key, inner] of Object.entries(value)) if (key !== "loc" && key !== "extra") visit(inner, see);
}
