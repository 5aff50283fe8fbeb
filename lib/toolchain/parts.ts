/**
 * The bundle of a pool, taken apart: what an artifact holds of it is what its genes and the world reach.
 *
 * Gene TypeScript has nothing but declarations at the top of a file, none of which does anything when it is evaluated:
 * what nobody refers to can be left out.
 *
 * @module
 */

import { parse } from "@babel/parser";
import { StepFailed } from "../util/issue.ts";
import { type ModuleScope, resolveNames } from "../source/scope.ts";
import { child, children, isFunction, keyOf, nameOf, type SyntaxNode } from "../source/syntax.ts";
import { parameterName } from "../isolation/artifact.ts";

/** What an artifact is made for. */
export interface Carrying {
  /** Full names of the genes that the runtime calls, as `gene0`, `gene1` and so on in `body`. */
  readonly called: readonly string[];
  /** JavaScript that returns the wiring, see `wire`. */
  readonly body: string;
}

/** A gene of a pool, as far as its program must know it. */
export interface PoolGene {
  /** Its full name. */
  readonly name: string;
  /** When the runtime calls it; absent: never. */
  readonly phase?: string;
}

/** A declaration at the top of the bundle. */
interface Part {
  /** JavaScript of this declaration alone. */
  readonly text: string;
  /** What must be evaluated to have it; absent of functions, which are there without doing anything. */
  readonly value?: { readonly name: string; readonly text: string };
  /** The module that it comes from, as the bundler tells. */
  readonly module: string;
  /** Places of the parts that it refers to. */
  readonly needs: Set<number>;
}

/** What the bundle hands over: names of its declarations. */
interface Handed {
  /** By the full names of genes. */
  readonly genes: ReadonlyMap<string, string>;
  /** JavaScript of the world, and the names in it. */
  readonly world: { readonly text: string; readonly names: readonly string[] };
}

/** The declarations of a pool's bundle, and what artifacts hold of them. */
export class PoolParts {
  readonly #parts: readonly Part[];
  readonly #handed: Handed;
  readonly #places: ReadonlyMap<string, number>;
  readonly #reached = new Map<string, ReadonlySet<number>>();

  /**
   * Takes a bundle apart.
   *
   * @param bundle What `bundlePool` made: it loads nothing.
   * @throws {StepFailed} If it holds anything but declarations, and at last the call that hands over genes and world.
   */
  constructor(bundle: string) {
    const program = parse(bundle, { sourceType: "module", attachComment: false }).program as unknown as SyntaxNode;
    const statements = children(program, "body");
    const last = statements.at(-1);
    const names = resolveNames(program);
    this.#handed = handed(bundle, last);
    const places = new Map<string, number>();
    this.#parts = partsOf(bundle, statements.slice(0, -1), names, places);
    this.#places = places;
  }

  /** The genes' side of an artifact: the declarations that genes and world reach, and the call that hands them over. */
  textFor({ called, body }: Carrying): string {
    const { genes, world } = this.#handed;
    const runs = called.map((gene) => genes.get(gene)!);
    const wanted = new Set<number>();
    for (const name of [...runs, ...world.names]) for (const place of this.#reach(name)) wanted.add(place);
    let module = "";
    let text = "";
    for (const place of [...wanted].sort((a, b) => a - b)) {
      const part = this.#parts[place]!;
      if (part.module !== module) text += `\n// ${module = part.module}\n`;
      text += part.text;
    }
    const parameters = called.map((_, place) => `gene${place}`);
    return `${text}
${parameterName}({ wiring: ((${parameters.join(", ")}) => {
${body}})(${runs.join(", ")}), world: ${world.text} });
`;
  }

  /**
   * The genes' side of a program that holds all genes of a pool. What is to be evaluated is evaluated only where the
   * world or an active gene needs it, as in the artifact of the agent that has it.
   *
   * @param genes All genes of the pool, in the order of `GeneChoice`; what the bundle lacks is there without a function.
   */
  textForAll(genes: readonly PoolGene[]): string {
    const needed = this.#neededBy(genes);
    const sets = new Map<string, string>();
    const prefix = unusedPrefix("__chosen", this.#places);
    const text = this.#parts.map((part, place) => {
      const by = needed.get(place);
      if (!part.value || by === "world") return part.text;
      const key = JSON.stringify(by ?? []);
      if (!sets.has(key)) sets.set(key, `${prefix}${sets.size}`);
      return `var ${part.value.name} = ${sets.get(key)} ? ${part.value.text} : void 0;\n`;
    });
    const entries = genes.map(({ name, phase }) => {
      return `  { name: ${JSON.stringify(name)}, phase: ${JSON.stringify(phase)}, run: ${
        this.#handed.genes.get(name)
      } },\n`;
    });
    return `${[...sets].map(([key, name]) => `const ${name} = ${parameterName}.chosen(${key});\n`).join("")}${
      text.join("")
    }
${parameterName}({ genes: [
${entries.join("")}], world: ${this.#handed.world.text} });
`;
  }

  /** By the places of parts: the places of the genes that need them and that the runtime calls, or that the world does. */
  #neededBy(genes: readonly PoolGene[]): Map<number, number[] | "world"> {
    const needed = new Map<number, number[] | "world">();
    for (const name of this.#handed.world.names) for (const place of this.#reach(name)) needed.set(place, "world");
    genes.forEach(({ name, phase }, gene) => {
      const run = this.#handed.genes.get(name);
      if (phase === undefined || run === undefined) return;
      for (const place of this.#reach(run)) {
        const by = needed.get(place);
        if (by === undefined) needed.set(place, [gene]);
        else if (by !== "world") by.push(gene);
      }
    });
    return needed;
  }

  /** Places of what a declaration needs, its own among them. */
  #reach(name: string): ReadonlySet<number> {
    const known = this.#reached.get(name);
    if (known) return known;
    const reached = new Set([this.#places.get(name)!]);
    for (const place of reached) for (const need of this.#parts[place]!.needs) reached.add(need);
    this.#reached.set(name, reached);
    return reached;
  }
}

/** The declarations one by one, in their order; `places` gets the place of each name. */
function partsOf(
  bundle: string,
  statements: readonly SyntaxNode[],
  { top, references }: ModuleScope,
  places: Map<string, number>,
): Part[] {
  const parts: Part[] = [];
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
  return parts;
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
  throw odd(`line ${statement.loc.start.line} is none`);
}

/** `__evolve({ genes: [{ name: "src/a.ts#f", phase: "act", run: f }], world: { act, … } });` */
function handed(bundle: string, statement: SyntaxNode | undefined): Handed {
  const call = statement && child(statement, "expression");
  const callee = call && nameOf(child(call, "callee"));
  const argument = callee === parameterName ? children(call!, "arguments")[0] : undefined;
  const [genes, world] = ["genes", "world"].map((key) => argument && valueOf(argument, key));
  if (genes?.type !== "ArrayExpression" || world?.type !== "ObjectExpression") throw odd("it hands over nothing");
  return {
    genes: new Map(
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

/** A beginning of names that no declaration has. */
function unusedPrefix(prefix: string, names: ReadonlyMap<string, unknown>): string {
  return [...names.keys()].some((name) => name.startsWith(prefix)) ? unusedPrefix(`_${prefix}`, names) : prefix;
}

function valueOf(record: SyntaxNode, key: string): SyntaxNode | undefined {
  const property = children(record, "properties").find((one) => keyOf(child(one, "key")) === key);
  return property && child(property, "value");
}

function odd(why: string): StepFailed {
  return new StepFailed({
    code: "build.bundle",
    message: `Cannot take the bundle of the pool apart as it must hold declarations alone: ${why}.`,
  });
}
