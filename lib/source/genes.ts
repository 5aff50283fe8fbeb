/**
 * The genes of a file: its exported functions.
 *
 * @module
 */

import { fullName, geneName, phaseName, poolLimits } from "../genome/names.ts";
import type { PoolFunction } from "../genome/pool.ts";
import { decisions } from "./complexity.ts";
import { valueImports } from "./imports.ts";
import type { ParsedSource } from "./parse.ts";
import type { Binding, ModuleScope } from "./scope.ts";
import { SourceError } from "./source_error.ts";
import { child, children, declarationOf, keyOf, line, nameOf, type SyntaxNode } from "./syntax.ts";

/** An exported function as it stands in the file. */
interface Exported {
  readonly name: string;
  readonly statement: SyntaxNode;
}

/**
 * The genes of a file, sorted by name.
 *
 * @throws {SourceError} If a name or a `@phase` can't be used, or there are too many.
 */
export function genesOf(source: ParsedSource, names: ModuleScope): PoolFunction[] {
  const exported = exportedFunctions(source.program);
  const last = exported.at(-1);
  if (exported.length > poolLimits.functions) {
    throw new SourceError("source.size", `a file must have at most ${poolLimits.functions} genes`, last!.statement);
  }
  const graph = new ReferenceGraph(source, names, new Set(exported.map((gene) => gene.name)));
  return exported.map((gene) => geneOf(gene, source, graph)).sort((a, b) => a.name < b.name ? -1 : 1);
}

/** The exported functions of a module, in source order. */
export function exportedFunctions(program: SyntaxNode): Exported[] {
  const found: Exported[] = [];
  for (const statement of children(program, "body")) {
    if (statement.type !== "ExportNamedDeclaration") continue;
    const declaration = declarationOf(statement);
    if (declaration.type === "FunctionDeclaration") {
      found.push({ name: nameOf(child(declaration, "id"))!, statement });
    }
    for (const declarator of children(declaration, "declarations")) {
      const name = nameOf(child(declarator, "id"));
      const value = child(declarator, "init")?.type;
      if (name !== undefined && (value === "ArrowFunctionExpression" || value === "FunctionExpression")) {
        found.push({ name, statement });
      }
    }
  }
  return found;
}

function geneOf({ name, statement }: Exported, source: ParsedSource, graph: ReferenceGraph): PoolFunction {
  if (!geneName.test(name) || name in Object.prototype) {
    throw new SourceError("source.name", `the gene ${name} must be named by an ASCII identifier of its own`, statement);
  }
  const phase = phaseOf(statement);
  const { calls, complexity } = graph.reach(name);
  return {
    name,
    ...(phase !== undefined && { phase }),
    line: line(statement),
    lines: statement.loc.end.line - statement.loc.start.line + 1,
    complexity,
    calls: calls.filter((call) => call !== fullName(source.path, name)),
  };
}

/** The phase that the JSDoc right before a gene names, or `undefined`. */
function phaseOf(statement: SyntaxNode): string | undefined {
  const comments = statement["leadingComments"] as { type: string; value: string }[] | undefined;
  const doc = comments?.filter((comment) => comment.type === "CommentBlock" && comment.value.startsWith("*")).at(-1);
  const tags = [...(doc?.value ?? "").matchAll(/^[ \t]*\*?[ \t]*@phase\b[ \t]*(.*?)[ \t]*\r?$/gm)].map((tag) =>
    tag[1]!
  );
  if (tags.length > 1) throw new SourceError("source.phase", "a gene must have one @phase", statement);
  // Within a line it is no tag to any reader of JSDoc, and the gene would never be called.
  if (tags.length === 0 && /@phase\b/.test(doc?.value ?? "")) {
    throw new SourceError("source.phase", "@phase must begin a line of the comment", statement);
  }
  const phase = tags[0]?.replace(/[ \t*].*$/, "");
  if (phase !== undefined && !phaseName.test(phase)) {
    throw new SourceError(
      "source.phase",
      `@phase must name a phase such as think: it is ${JSON.stringify(phase)}`,
      statement,
    );
  }
  return phase;
}

/** Who refers to whom among the declarations at the top of a module. */
class ReferenceGraph {
  readonly #path: string;
  readonly #genes: ReadonlySet<string>;
  readonly #refers = new Map<string, Set<Binding>>();
  readonly #decisions = new Map<string, number>();
  readonly #imports = new Map<Binding, string>();

  constructor(source: ParsedSource, names: ModuleScope, genes: ReadonlySet<string>) {
    this.#path = source.path;
    this.#genes = genes;
    for (const binding of names.top) {
      this.#refers.set(binding.name, new Set());
      if (binding.kind !== "import") this.#decisions.set(binding.name, decisions(binding.node));
    }
    for (const { owner, binding } of names.references) {
      if (owner && binding?.top) this.#refers.get(owner.name)!.add(binding);
    }
    this.#readImports(source.program, names);
  }

  /** The genes that a gene needs, and its complexity with that of the helpers that it reaches. */
  reach(gene: string): { calls: string[]; complexity: number } {
    const calls = new Set<string>();
    const seen = new Set([gene]);
    const waiting = [gene];
    let complexity = 1;
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      complexity += this.#decisions.get(name) ?? 0;
      for (const binding of this.#refers.get(name) ?? []) {
        if (binding.kind === "import") calls.add(this.#imports.get(binding)!);
        else if (this.#genes.has(binding.name)) calls.add(fullName(this.#path, binding.name));
        else if (!seen.has(binding.name)) {
          seen.add(binding.name);
          waiting.push(binding.name);
        }
      }
    }
    return { calls: [...calls].filter((call) => call !== undefined).sort(), complexity };
  }

  #readImports(program: SyntaxNode, names: ModuleScope): void {
    const paths = valueImports(program);
    for (const binding of names.top) {
      const imported = keyOf(child(binding.node, "imported"));
      const path = paths.get(binding.node);
      if (binding.kind === "import" && path !== undefined && imported !== undefined) {
        this.#imports.set(binding, fullName(path, imported));
      }
    }
  }
}
