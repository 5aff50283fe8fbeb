/**
 * Type checking of a pool, by one run of the native compiler: of its modules, and of wirings with all its genes.
 *
 * A wiring lists genes one by one, each on a line of its own, and parameters are but numbers: that of a genome has just
 * the mistakes that its genes have in these.
 *
 * @module
 */

import { worldFile } from "../agents/layout.ts";
import { type Issue, StepFailed } from "../issue.ts";
import { type Layout, mainPath } from "./layout.ts";
import { reach } from "./reach.ts";
import { runTool } from "./tools.ts";

/** What the types of a wiring depend on. */
export interface CheckedWiring {
  /** The text of `src/mod.ts`. */
  readonly mod: string;
  /** Full names of the genes that it lists, in its order. */
  readonly called: readonly string[];
}

interface Diagnostic {
  readonly file: string;
  readonly line: string;
  readonly text: string;
}

/**
 * Checks the types of all that lies in a layout.
 *
 * Needs run permission for the compiler.
 *
 * @throws {StepFailed} If the compiler can't do its work.
 */
export async function check(layout: Layout, signal?: AbortSignal): Promise<PoolCheck> {
  const args = ["-p", "tsconfig.json", "--pretty", "false", "--singleThreaded"];
  const { code, stdout, stderr } = await runTool("typescript", args, layout.folder, signal);
  if (code === 0) return new PoolCheck(layout, []);
  const found = diagnostics(stdout);
  const foreign = found.find((one) => {
    const { file } = one;
    return layout.wirings.has(file) ? !anchorOf(one, layout) : file !== mainPath && !layout.modules.has(file);
  });
  if (found.length === 0 || foreign) throw broken(foreign ? `${foreign.file}: ${foreign.text}` : stdout + stderr);
  return new PoolCheck(layout, found);
}

/** What the compiler says of a pool. */
export class PoolCheck {
  readonly #layout: Layout;
  readonly #byFile: ReadonlyMap<string, readonly Diagnostic[]>;
  readonly #listed: readonly (Diagnostic & { readonly anchor: string })[];
  readonly #reached = new Map<string, ReadonlySet<string>>();

  constructor(layout: Layout, found: readonly Diagnostic[]) {
    this.#layout = layout;
    this.#byFile = Map.groupBy(found, ({ file }) => file);
    this.#listed = found.flatMap((one) =>
      layout.wirings.has(one.file) ? [{ ...one, anchor: anchorOf(one, layout)! }] : []
    );
  }

  /**
   * What is wrong with a wiring, in the compiler's own words, with the paths as the agent has them.
   *
   * A mistake in a gene file counts for those wirings alone that import it, themselves or through others.
   */
  issueOf({ mod, called }: CheckedWiring): Issue | undefined {
    if (this.#byFile.size === 0) return undefined;
    const imported = new Set([...called.map((gene) => gene.slice(0, gene.indexOf("#"))), worldFile]);
    const reached = new Set([...imported].flatMap((file) => [...this.#reachedFrom(file)]));
    const genes = [...this.#byFile].flatMap(([file, some]) => reached.has(file) ? some : []);
    const own = this.#listed.flatMap((one) => {
      const at = mod.indexOf(one.anchor);
      return at < 0 ? [] : [{ ...one, file: "src/mod.ts", line: `${mod.slice(0, at).split("\n").length}` }];
    });
    const common = (this.#byFile.get(mainPath) ?? []).map((one) => ({ ...one, file: "src/main.ts" }));
    const all = [...genes, ...own.sort((a, b) => Number(a.line) - Number(b.line)), ...common];
    return all[0] && issueOf(all[0], all.length - 1);
  }

  /** A file itself, and what it imports, itself or through others. */
  #reachedFrom(file: string): ReadonlySet<string> {
    const { modules } = this.#layout;
    let reached = this.#reached.get(file);
    if (!reached) this.#reached.set(file, reached = reach(file, modules.get(file)!, modules).add(file));
    return reached;
  }
}

/** What a wiring that has the same gene, or imports the same file, holds of the line that a diagnostic is about. */
function anchorOf({ file, line }: Diagnostic, layout: Layout): string | undefined {
  const text = layout.wirings.get(file)?.split("\n")[Number(line) - 1] ?? "";
  return /\{ name: "[^"]*", | from "\.[^"]*";$/.exec(text)?.[0];
}

function issueOf(first: Diagnostic, others: number): Issue {
  const path = `${first.file}:${first.line}`;
  const more = others === 0 ? "" : ` (and ${others} more)`;
  return { code: "build.type", message: `${path}: ${first.text}${more}`, path };
}

/** The compiler's lines: `src/a.ts(1,2): error TS2322: Text`, where indented lines go on with the text. */
function diagnostics(output: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  const start = /^(?<file>[^(\n]+)\((?<line>\d+),\d+\): error (?<text>TS\d+: .*(?:\n +.*)*)$/gm;
  for (const { groups } of output.matchAll(start)) {
    found.push({
      file: groups!.file!,
      line: groups!.line!,
      text: groups!.text!.replaceAll(/\n\s*/g, " ").slice(0, 2000),
    });
  }
  return found;
}

function broken(output: string): StepFailed {
  return new StepFailed({
    code: "build.compiler",
    message: `Cannot check types as the compiler says: ${output.trim().slice(0, 2000) || "nothing"}`,
  });
}
