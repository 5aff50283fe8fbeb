/**
 * What `view.ts` says of how it draws: read from the syntax tree.
 *
 * @module
 */

import type { ViewArea } from "../runtime/contract.ts";
import { limits } from "../runtime/limits.ts";
import { nearest } from "../util/nearest.ts";
import { exportedConstants } from "./exported_constants.ts";
import { exportedFunctions } from "./genes.ts";
import type { Literal } from "./literal.ts";
import { exportedConstant, isRecord, literalOf } from "./parameters.ts";
import type { ParsedSource } from "./parse.ts";
import { SourceError } from "./source_error.ts";
import { line } from "./syntax.ts";

/** What is read of a view. */
export interface ViewFacts {
  /** Line of its function `view`, from 1. */
  readonly line: number;
  /** What it declares to be seen; absent: what there is. */
  readonly area?: ViewArea;
}

/**
 * The facts of a view.
 *
 * @throws {SourceError} If it exports no function `view`, a constant besides `area`, or an `area` that can't be used.
 */
export function viewOf({ program }: ParsedSource): ViewFacts {
  const functions = exportedFunctions(program);
  const view = functions.find(({ name }) => name === "view");
  if (!view) {
    const meant = nearest("view", functions.map(({ name }) => name));
    const why = meant === undefined ? "" : `: it exports ${meant}`;
    throw new SourceError("source.view", `a view must export the function view${why}`, program);
  }
  const other = exportedConstants(program).find((name) => name !== "area");
  if (other !== undefined) {
    const place = exportedConstant(program, other) ?? program;
    throw new SourceError("source.view", `a view can export no constant but area: it exports ${other}`, place);
  }
  const node = exportedConstant(program, "area");
  if (!node) return { line: line(view.statement) };
  const area = literalOf(node, "source.view");
  if (isArea(area)) return { line: line(view.statement), area };
  const demand = "a literal record { x, y, width, height } of finite numbers, width and height of at least 1e-9";
  throw new SourceError("source.view", `area must be ${demand}`, node);
}

function isArea(value: Literal): value is Literal & ViewArea {
  if (!isRecord(value) || Object.keys(value).length !== 4) return false;
  const isIn = (number: unknown) => typeof number === "number" && Math.abs(number) <= limits.coordinate;
  const { x, y, width, height } = value;
  return [x, y, width, height].every(isIn) && Math.min(width as number, height as number) >= 1e-9;
}
