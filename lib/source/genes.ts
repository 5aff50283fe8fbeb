/**
 * The genes of a file: its exported functions.
 *
 * @module
 */

import { fullName, geneName, phaseName, poolLimits } from "../runtime/names.ts";
import type { PoolFunction } from "../genome/pool.ts";
import { decisions } from "./complexity.ts";
import { valueImports } from "./imports.ts";
import type { ParsedSource } from "./parse.ts";
import type { Binding, ModuleScope } from "./scope.ts";
import { SourceError } from "./source_error.ts";
import { child, children, declarationOf, keyOf, line, nameOf, type SyntaxComment, type SyntaxNode } from "./syntax.ts";

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
  const statements = new Set(exported.map(({ statement }) => statement));
  const phases = new Map([...statements].map((statement) => [statement, phaseOf(statement)]));
  demandReach(source, new Set([...phases.values()].flatMap((named) => named ? [named.start] : [])));
  const graph = new ReferenceGraph(source, names, new Set(exported.map((gene) => gene.name)));
  return exported.map((gene) => geneOf(gene, source, graph, phases.get(gene.statement)?.phase))
    .sort((a, b) => a.name < b.name ? -1 : 1);
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

function geneOf(
  { name, statement }: Exported,
  source: ParsedSource,
  graph: ReferenceGraph,
  phase: string | undefined,
): PoolFunction {
  if (!geneName.test(name) || name in Object.prototype) {
    throw new SourceError("source.name", `the gene ${name} must be named by an ASCII identifier of its own`, statement);
  }
  const { calls, complexity } = graph.reach(name, statement);
  return {
    name,
    ...(phase !== undefined && { phase }),
    line: line(statement),
    lines: statement.loc.end.line - statement.loc.start.line + 1,
    complexity,
    calls: calls.filter((call) => call !== fullName(source.path, name)),
  };
}

/** The tag that a comment begins a line with: a text that is read once from its start to its end. */
const tag = /^@phase(?![A-Za-z0-9_])[ \t]*([^ \t*]*)/;

/** What the lines of a comment name as phases, and whether one does within a line. */
function tagsOf(comment: string): { readonly phases: string[]; readonly inside: boolean } {
  const phases: string[] = [];
  let inside = false;
  for (const line of comment.split(/[\r\n\u2028\u2029]/)) {
    if (!line.includes("@phase")) continue;
    const found = tag.exec(line.trimStart().replace(/^\*+/, "").trimStart());
    if (found) phases.push(found[1]!);
    else inside ||= /@phase(?![A-Za-z0-9_])/.test(line);
  }
  return { phases, inside };
}

/** The phase that the JSDoc right before a gene names, and where that comment begins; `undefined` for none. */
function phaseOf(statement: SyntaxNode): { readonly phase: string; readonly start: number } | undefined {
  const comments = statement["leadingComments"] as readonly SyntaxComment[] | undefined;
  const doc = comments?.filter((comment) => comment.type === "CommentBlock" && comment.value.startsWith("*")).at(-1);
  if (!doc?.value.includes("@phase")) return undefined;
  const { phases, inside } = tagsOf(doc.value);
  if (phases.length > 1) throw new SourceError("source.phase", "a gene must have one @phase", statement);
  // Within a line it is no tag to any reader of JSDoc, and the gene would never be called.
  if (phases.length === 0 && inside) {
    throw new SourceError("source.phase", "@phase must begin a line of the comment", statement);
  }
  const [phase] = phases;
  if (phase === undefined) return undefined;
  if (!phaseName.test(phase)) {
    throw new SourceError(
      "source.phase",
      `@phase must name a phase such as think: it is ${JSON.stringify(phase)}`,
      statement,
    );
  }
  return { phase, start: doc.start };
}

/** A tag that is not right before a gene has no effect, whatever its author had in mind. */
function demandReach({ comments }: ParsedSource, reached: ReadonlySet<number>): void {
  for (const comment of comments) {
    if (reached.has(comment.start) || !comment.value.includes("@phase")) continue;
    if (tagsOf(comment.value).phases.length === 0) continue;
    throw new SourceError(
      "source.phase",
      "this @phase reaches no gene; it must stand in the last /** … */ before an exported function",
      comment,
    );
  }
}

/** Which refers to which among the declarations at the top of a module. */
class ReferenceGraph {
  readonly #path: string;
  readonly #genes: ReadonlySet<string>;
  readonly #refers = new Map<string, Set<Binding>>();
  readonly #decisions = new Map<string, number>();
  readonly #imports = new Map<Binding, string>();
  #uses = 0;

  constructor(source: ParsedSource, names: ModuleScope, genes: ReadonlySet<string>) {
    this.#path = source.path;
    this.#genes = genes;
    // A pattern declares many names by one node, which is walked once.
    const counted = new Map<SyntaxNode, number>();
    for (const { name, kind, node } of names.top) {
      this.#refers.set(name, new Set());
      if (kind === "import") continue;
      const count = counted.get(node) ?? decisions(node);
      counted.set(node, count);
      this.#decisions.set(name, count);
    }
    for (const { owner, binding } of names.references) {
      if (owner && binding?.top) this.#refers.get(owner.name)!.add(binding);
    }
    this.#readImports(source.program, names);
  }

  /**
   * The genes that a gene needs, and its complexity with that of the helpers that it reaches.
   *
   * @throws {SourceError} If more uses than a file may have were followed for its genes.
   */
  reach(gene: string, statement: SyntaxNode): { calls: string[]; complexity: number } {
    const calls = new Set<string>();
    const seen = new Set([gene]);
    const waiting = [gene];
    let complexity = 1;
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      complexity += this.#decisions.get(name) ?? 0;
      const refers = this.#refers.get(name) ?? new Set();
      this.#uses += refers.size;
      if (this.#uses > poolLimits.uses) {
        const why = `the genes of a file must use its helpers at most ${poolLimits.uses} times, helpers of helpers ` +
          "included: use fewer helpers, or fewer genes in one file";
        throw new SourceError("source.size", why, statement);
      }
      for (const binding of refers) {
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
