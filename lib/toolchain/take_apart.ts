/**
 * Takes the bundle of a pool apart.
 *
 * @module
 */

import { parse } from "@babel/parser";
import { StepFailed } from "../util/issue.ts";
import { type ModuleScope, resolveNames } from "../source/scope.ts";
import { child, children, isFunction, keyOf, nameOf, type SyntaxNode } from "../source/syntax.ts";
import { parameterName } from "../isolation/artifact.ts";
import type { Part, PoolData } from "./parts.ts";

/**
 * Takes a bundle apart.
 *
 * @param bundle What `bundlePool` made: it loads nothing.
 * @throws {StepFailed} If it holds anything but declarations, and at last the call that hands over genes and world.
 */
export function takeApart(bundle: string): PoolData {
  const program = parse(bundle, { sourceType: "module", attachComment: false }).program as unknown as SyntaxNode;
  const statements = children(program, "body");
  const last = statements.at(-1);
  const names = resolveNames(program);
  const handed = handedOver(bundle, last);
  return { ...partsOf(bundle, statements.slice(0, -1), names), ...handed };
}

/** The declarations one by one, in their order, and the place of each name. */
function partsOf(
  bundle: string,
  statements: readonly SyntaxNode[],
  { top, references }: ModuleScope,
): Pick<PoolData, "parts" | "places"> {
  const parts: (Omit<Part, "needs"> & { readonly needs: Set<number> })[] = [];
  const places = new Map<string, number>();
  const declarations = new Map<SyntaxNode, number>();
  let module = "";
  let from = 0;
  for (const statement of statements) {
    module = [...bundle.slice(from, statement.start).matchAll(/^\/\/ (\S+)$/gm)].at(-1)?.[1] ?? module;
    from = statement.end;
    for (const { node, ...part } of declared(bundle, statement)) {
      declarations.set(node, parts.length);
      parts.push({ ...part, module, needs: new Set() });
    }
  }
  for (const { name, node } of top) places.set(name, declarations.get(node)!);
  for (const { owner, binding } of references) {
    if (owner && binding?.top) parts[places.get(owner.name)!]!.needs.add(places.get(binding.name)!);
  }
  return {
    parts: parts.map((part) => ({ ...part, needs: [...part.needs] })),
    places: Object.fromEntries(places),
  };
}

/** What a statement declares, each with JavaScript of its own. */
function declared(
  bundle: string,
  statement: SyntaxNode,
): (Pick<Part, "text" | "value"> & { readonly node: SyntaxNode })[] {
  const textOf = ({ start, end }: SyntaxNode) => bundle.slice(start, end);
  if (statement.type === "VariableDeclaration") {
    const declarators = children(statement, "declarations");
    return declarators.map((node) => {
      const [name, value] = [nameOf(child(node, "id")), child(node, "init")];
      return {
        node,
        text: `${statement["kind"]} ${textOf(node)};\n`,
        ...(name && value && !isFunction(value) && { value: { name, text: textOf(value) } }),
      };
    });
  }
  const text = `${textOf(statement)}\n`;
  if (statement.type === "FunctionDeclaration") return [{ node: statement, text }];
  if (statement.type === "ClassDeclaration") {
    return [{ node: statement, text, value: { name: nameOf(child(statement, "id"))!, text: textOf(statement) } }];
  }
  throw unexpected(`line ${statement.loc.start.line} is none`);
}

/** `__evolve({ genes: [{ name: "src/a.ts#f", phase: "act", run: f }], world: { act, … } });` */
function handedOver(bundle: string, statement: SyntaxNode | undefined): Pick<PoolData, "genes" | "world"> {
  const call = statement && child(statement, "expression");
  const callee = call && nameOf(child(call, "callee"));
  const argument = callee === parameterName ? children(call!, "arguments")[0] : undefined;
  const [genes, world] = ["genes", "world"].map((key) => argument && valueOf(argument, key));
  if (genes?.type !== "ArrayExpression" || world?.type !== "ObjectExpression") {
    throw unexpected("it hands over nothing");
  }
  return {
    genes: Object.fromEntries(
      children(genes, "elements").map((gene) => {
        return [valueOf(gene, "name")!["value"] as string, nameOf(valueOf(gene, "run"))!];
      }),
    ),
    world: {
      text: bundle.slice(world.start, world.end),
      names: children(world, "properties").map((property) => nameOf(child(property, "value"))!),
    },
  };
}

function valueOf(record: SyntaxNode, key: string): SyntaxNode | undefined {
  const property = children(record, "properties").find((one) => keyOf(child(one, "key")) === key);
  return property && child(property, "value");
}

function unexpected(what: string): StepFailed {
  return new StepFailed({
    code: "build.bundle",
    message: `Cannot take the bundle of the pool apart as it must hold declarations alone: ${what}.`,
  });
}
