/**
 * What a source file offers and needs: read from its syntax tree, never evaluated.
 *
 * @module
 */

import { sha256 } from "../util/hash.ts";
import type { PoolFunction, WorldDraw } from "../genome/pool.ts";
import type { PoolParameter, WorldSettings } from "../runtime/contract.ts";
import type { Issue, Result } from "../util/issue.ts";
import { exportedConstants } from "./exported_constants.ts";
import { genesOf } from "./genes.ts";
import { importsOf, siblingsOf, type SourceImport } from "./imports.ts";
import { parametersOf } from "./parameters.ts";
import { at, type ParsedSource, parseSource } from "./parse.ts";
import { resolveNames } from "./scope.ts";
import { shortened } from "./finding.ts";
import { SourceError } from "./source_error.ts";
import { line } from "./syntax.ts";
import { tokenHash } from "./tokens.ts";
import { type ViewFacts, viewOf } from "./view.ts";
import { drawsOf, optionalFunctionsOf, worldOf } from "./world.ts";

/** Facts of one source file: plain data, to be kept by the hash of path and text. */
export interface SourceFacts {
  /** Path within the template: `src/*.ts`, `world.ts` or `view.ts`. */
  readonly path: string;
  /** SHA-256 of the tokens and of the genes' phases: other comments and white space do not count. */
  readonly tokens: string;
  /** Lines of the file. */
  readonly lines: number;
  /** Its exported functions, sorted by name; empty for `world.ts` and `view.ts`. `calls` may name exported constants too. */
  readonly functions: readonly PoolFunction[];
  /** Names of its exported constants, sorted. */
  readonly constants: readonly string[];
  /** Its numeric genes, sorted by name. */
  readonly parameters: readonly PoolParameter[];
  /** What it imports from its siblings. */
  readonly imports: readonly SourceImport[];
  /** Paths of all siblings that it imports from, of types as well; sorted. */
  readonly siblings: readonly string[];
  /** Settings of the world, of `world.ts` alone. */
  readonly world?: WorldSettings;
  /** Those functions of the world that it may have and has, sorted; absent: none. */
  readonly worldFunctions?: readonly string[];
  /** What a world that is not noisy reads of what is random; absent: nothing, or the world is noisy. */
  readonly worldDraws?: readonly WorldDraw[];
  /** What `view.ts` says of how it draws, of that alone. */
  readonly view?: ViewFacts;
}

/**
 * Facts of one source file.
 *
 * @param path Path within the template; `world.ts` is read as the world, `view.ts` as its view, anything else as a gene file.
 * @param text Content of the file.
 * @returns The facts, or an issue with file and line: those of {@linkcode parseSource}, `source.phase`,
 * `source.parameters`, `source.world`, `source.view`, `source.name`.
 */
export async function readSource(path: string, text: string): Promise<Result<SourceFacts>> {
  const parsed = parseSource(path, text);
  return parsed.ok ? await factsOf(parsed.value) : parsed;
}

/** Facts of a parsed file; see {@linkcode readSource}. */
export async function factsOf(source: ParsedSource): Promise<Result<SourceFacts>> {
  const tokens = await tokenHash(source);
  try {
    const names = resolveNames(source.program);
    const world = source.path === "world.ts" ? worldOf(source) : undefined;
    const more = world ? optionalFunctionsOf(source) : [];
    const draws = world?.noisy === false ? drawsOf(source) : [];
    const view = source.path === "view.ts" ? viewOf(source) : undefined;
    const functions = world || view ? [] : genesOf(source, names);
    return {
      ok: true,
      value: {
        path: source.path,
        tokens: await withPhases(tokens, functions),
        lines: source.lines,
        functions,
        constants: exportedConstants(source.program).filter((name) => name !== "parameters" && name !== "world").sort(),
        parameters: world || view ? [] : parametersOf(source),
        imports: importsOf(source.program),
        siblings: siblingsOf(source.program),
        ...(world && { world }),
        ...(more.length > 0 && { worldFunctions: more }),
        ...(draws.length > 0 && { worldDraws: draws }),
        ...(view && { view }),
      },
    };
  } catch (error) {
    if (error instanceof SourceError) return { ok: false, issue: issueOf(error, source.path) };
    throw error;
  }
}

function issueOf(error: SourceError, path: string): Issue {
  const place = at(path, line(error.node));
  return { code: error.code, message: `Cannot use ${place}: ${shortened(error.message)}.`, path: place };
}

/** A gene's `@phase` stands in a comment and yet decides when it is called, so it counts. */
async function withPhases(tokens: string, functions: readonly PoolFunction[]): Promise<string> {
  const phases = functions.flatMap(({ name, phase }) => phase === undefined ? [] : [[name, phase]]);
  return phases.length === 0 ? tokens : await sha256(JSON.stringify([tokens, phases]));
}
