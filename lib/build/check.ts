/**
 * Type checking of many wirings beside one copy of the pool's modules, by one run of the native compiler.
 *
 * @module
 */

import { type Issue, StepFailed } from "../issue.ts";
import { type BuildWiring, type Layout, mainPath, modPath } from "./layout.ts";
import { reach } from "./reach.ts";
import { runTool } from "./tools.ts";

interface Diagnostic {
  readonly file: string;
  readonly line: string;
  readonly text: string;
}

/**
 * Checks the types of all wirings that lie in a layout, see `layWirings`.
 *
 * A mistake in a gene file counts for those wirings alone that import it, themselves or through others.
 * Needs run permission for the compiler.
 *
 * @returns What is wrong by build key, in the compiler's own words, with the paths as the agent has them.
 * @throws {StepFailed} If the compiler can't do its work.
 */
export async function check(
  layout: Layout,
  wirings: readonly BuildWiring[],
  signal?: AbortSignal,
): Promise<Map<string, Issue>> {
  const args = ["-p", "tsconfig.json", "--pretty", "false", "--singleThreaded"];
  const { code, stdout, stderr } = await runTool("typescript", args, layout.folder, signal);
  if (code === 0) return new Map();
  const found = diagnostics(stdout);
  const known = new Set(wirings.flatMap(({ key }) => [modPath(key), mainPath(key)]));
  const foreign = found.find(({ file }) => !known.has(file) && !layout.modules.has(file));
  if (found.length === 0 || foreign) throw broken(foreign ? `${foreign.file}: ${foreign.text}` : stdout + stderr);
  return byWiring(layout, wirings, found);
}

function byWiring(layout: Layout, wirings: readonly BuildWiring[], found: readonly Diagnostic[]): Map<string, Issue> {
  const byFile = Map.groupBy(found, ({ file }) => file);
  const broken = new Set(found.map(({ file }) => file).filter((file) => layout.modules.has(file)));
  // main.ts is the same for all and imports the world, which is checked by one of them.
  const shared = wirings.flatMap(({ key }) => byFile.get(mainPath(key)) ?? []);
  const issues = new Map<string, Issue>();
  for (const { key, mod, main } of wirings) {
    const own = (byFile.get(modPath(key)) ?? []).map((one) => ({ ...one, file: "src/mod.ts" }));
    const common = shared.map((one) => ({ ...one, file: "src/main.ts" }));
    const reached = broken.size === 0 ? new Set<string>() : reach("src/main.ts", mod + main, layout.modules);
    const genes = [...broken].filter((file) => reached.has(file)).flatMap((file) => byFile.get(file)!);
    const all = [...genes, ...own, ...common];
    if (all[0]) issues.set(key, issueOf(all[0], all.length - 1));
  }
  return issues;
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
