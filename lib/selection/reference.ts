/**
 * The point that hypervolumes are measured from.
 *
 * @module
 */

import type { Objective } from "../runtime/contract.ts";
import { Misuse } from "../util/issue.ts";
import type { SelectionOptions } from "./strategy.ts";

/**
 * Demands that `selection.reference` has a value for each objective of the world, and no other.
 *
 * @throws {Misuse} If it is there and has not.
 */
export function demandReference({ reference }: SelectionOptions, objectives: readonly Objective[]): void {
  if (!reference) return;
  const wanted = objectives.map(({ name }) => name), given = Object.keys(reference);
  if (wanted.length > 1 && given.length === wanted.length && wanted.every((name) => Object.hasOwn(reference, name))) {
    return;
  }
  const names = wanted.length === 0 ? "none" : wanted.join(", ");
  throw new Misuse({
    code: "selection.reference",
    message: wanted.length < 2
      ? `Cannot select with selection.reference as the world must declare two objectives or more: it declares ${names}; ` +
        "leave it out."
      : `Cannot select as selection.reference must have a value for each objective of the world, ${names}: it has ${
        given.join(", ") || "none"
      }.`,
    path: "workspace/config.json",
  });
}
