/**
 * Type checking of a pool, by the native compiler: of its modules, and of wirings with all its genes.
 *
 * A wiring lists genes one by one, each on a line of its own, and parameters are but numbers: that of a genome has just
 * the mistakes that its genes have in these.
 *
 * @module
 */

import { viewFile, worldFile } from "../run/layout.ts";
import type { Pool } from "../genome/pool.ts";
import { reachedFrom } from "../genome/reach.ts";
import { type Issue, StepFailed, together } from "../util/issue.ts";
import { diagnose, type DiagnoseOptions, type Mistake } from "./language_server.ts";
import { contractPath, emptyPath, type Layout, layProject, mainPath, viewerEntry } from "./layout.ts";
import { runProven } from "./tools.ts";

/** What the types of a wiring depend on. */
export interface CheckedWiring {
  /** The text of `src/mod.ts`. */
  readonly mod: string;
  /** Full names of the genes that it lists, in its order. */
  readonly called: readonly string[];
}

interface Diagnostic extends Mistake {
  readonly file: string;
  /** Whether the file was too much for the compiler. */
  readonly excessive?: boolean;
}

/**
 * Checks the types of all that lies in a layout.
 *
 * Needs run permission for `/bin/sh`, and write permission for the layout.
 *
 * @throws {StepFailed} If the compiler can't do its work.
 */
export async function check(layout: Layout, options?: DiagnoseOptions): Promise<PoolCheck> {
  const own = [mainPath, emptyPath, contractPath, ...(layout.view ? [viewerEntry] : [])];
  const files = [...own, ...layout.modules.keys(), ...layout.wirings.keys()];
  const { mistakes, failed } = await diagnose(layout.folder, files, options);
  const known = new Map(mistakes);
  const found = failed === undefined ? [] : await checkAlone(layout, files, known, options);
  // In the order of the files: that in which the compiler tells decides nothing.
  for (const file of files) for (const one of known.get(file) ?? []) found.push(placed({ file, ...one }, layout));
  const foreign = found.find((one) =>
    layout.wirings.has(one.file) ? !anchorOf(one, layout) : one.file !== mainPath && !layout.modules.has(one.file)
  );
  if (foreign) throw broken(`${foreign.file}:${foreign.line}: ${foreign.text}`);
  return new PoolCheck(layout, found);
}

/** What is wrong with the entry of the program that draws is wrong with the view. */
function placed(one: Diagnostic, { view }: Layout): Diagnostic {
  return one.file === viewerEntry && view ? { ...one, file: viewFile, line: view.line } : one;
}

/**
 * Checks by itself each file of which the compiler said nothing, as it failed.
 *
 * A file that makes it fail again is at fault; what imports it is not checked, as it falls with it.
 *
 * @param known Gets what is found now.
 */
async function checkAlone(
  layout: Layout,
  files: readonly string[],
  known: Map<string, readonly Mistake[]>,
  options: DiagnoseOptions | undefined,
): Promise<Diagnostic[]> {
  const excessive: Diagnostic[] = [];
  const isDoomed = (file: string) => {
    const reached = reachedOf(layout, file);
    return excessive.some((one) => reached.has(one.file));
  };
  const alone = (file: string) => {
    layProject(layout, [file]);
    return diagnose(layout.folder, [file], options);
  };
  try {
    for (const file of byImports(files, layout)) {
      if (known.has(file) || isDoomed(file)) continue;
      const { mistakes, failed } = await runProven("typescript", () => alone(file), () => alone(emptyPath));
      if (failed === undefined) known.set(file, mistakes.get(file)!);
      else if (layout.modules.has(file)) {
        excessive.push({ file, line: 1, text: `it is too much: ${failed.why}`, excessive: true });
      } else throw broken(`${file}: ${failed.why}`);
    }
  } finally {
    layProject(layout);
  }
  return excessive;
}

/** What imports less comes first: a file before those that import it, unless they import each other. */
function byImports(files: readonly string[], layout: Layout): string[] {
  const { modules } = layout;
  const weight = new Map(files.map((file) => [file, reachedOf(layout, file).size]));
  const others = files.filter((file) => !modules.has(file));
  return [...files.filter((file) => modules.has(file)).sort((a, b) => weight.get(a)! - weight.get(b)!), ...others];
}

/** A file of a layout itself, and what it imports of the pool, itself or through others. */
function reachedOf({ files, wirings }: Layout, file: string): Set<string> {
  if (file === viewerEntry) return new Set([file, viewFile, worldFile]);
  const listed = [...wirings.keys()].indexOf(file);
  // The wirings stand in the order of the gene files that they list.
  return reachedFrom(listed < 0 ? [file] : [file, files[listed]!.path], files);
}

/** What the compiler says of a pool. */
export class PoolCheck {
  readonly #layout: Layout;
  readonly #byFile: ReadonlyMap<string, readonly Diagnostic[]>;
  readonly #listed: readonly (Diagnostic & { readonly anchor: string })[];

  constructor(layout: Layout, found: readonly Diagnostic[]) {
    this.#layout = layout;
    this.#byFile = Map.groupBy(found, ({ file }) => file);
    this.#listed = found.flatMap((one) =>
      layout.wirings.has(one.file) ? [{ ...one, anchor: anchorOf(one, layout)! }] : []
    );
  }

  /** Whether nothing is wrong. */
  get isGood(): boolean {
    return this.#byFile.size === 0;
  }

  /**
   * What is wrong with a wiring, in the compiler's own words, with the paths as the agent has them.
   *
   * A mistake in a gene file counts for those wirings alone that import it, themselves or through others.
   */
  issueOf({ mod, called }: CheckedWiring): Issue | undefined {
    if (this.#byFile.size === 0) return undefined;
    const imported = [...called.map((gene) => gene.slice(0, gene.indexOf("#"))), worldFile];
    const reached = reachedFrom(imported, this.#layout.files);
    const genes = [...this.#byFile].flatMap(([file, some]) => reached.has(file) ? some : []);
    const own = this.#listed.flatMap((one) => {
      const at = mod.indexOf(one.anchor);
      return at < 0 ? [] : [{ ...one, file: "src/mod.ts", line: mod.slice(0, at).split("\n").length }];
    });
    const common = (this.#byFile.get(mainPath) ?? []).map((one) => ({ ...one, file: "src/main.ts" }));
    const all = [...genes, ...own.sort((a, b) => a.line - b.line), ...common];
    return issueOf(all);
  }

  /** What is wrong with the pool as a whole, with the place in the template: the world comes first. */
  firstIn(pool: Pool): Issue | undefined {
    const own = [...this.#byFile].flatMap(([file, some]) => this.#layout.wirings.has(file) ? [] : some);
    const world = own.filter(({ file }) => file === worldFile);
    const genes = own.filter(({ file }) => file !== worldFile);
    const listed = this.#listed.map((one) => ({ ...one, ...placeIn(pool, one) }));
    const all = [...world, ...genes, ...listed];
    return issueOf(all);
  }
}

/** What a wiring that has the same gene, or imports the same file, holds of the line that a diagnostic is about. */
function anchorOf({ file, line }: Diagnostic, layout: Layout): string | undefined {
  const text = layout.wirings.get(file)?.split("\n")[line - 1] ?? "";
  return /\{ name: "[^"]*", | from "\.[^"]*";$/.exec(text)?.[0];
}

/** Where the template has the gene, or the file, that the line of a wiring is about. */
function placeIn({ files }: Pool, { anchor }: { readonly anchor: string }): { file: string; line: number } {
  const [, path, name] = /"([^"#]*)#([^"]*)"/.exec(anchor) ?? [];
  const file = files.find((one) => one.path === path);
  return { file: file?.path ?? worldFile, line: file?.functions.find((gene) => gene.name === name)?.line ?? 1 };
}

function issueOf(found: readonly Diagnostic[]): Issue | undefined {
  if (found.length === 0) return undefined;
  return together(found.map(({ file, line, text, excessive }) => {
    const path = excessive ? file : `${file}:${line}`;
    return { code: excessive ? "template.limit" : "template.type", message: `${path}: ${text}`, path };
  }));
}

function broken(output: string): StepFailed {
  return new StepFailed({
    code: "build.compiler",
    message: `Cannot check types as the compiler says: ${output}`,
  });
}
