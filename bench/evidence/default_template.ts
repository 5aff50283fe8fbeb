/**
 * What is asked of the default template. It was fixed before the runs.
 *
 * @module
 */

import { type ArmName, armNames } from "../../lib/steps/compare/arms.ts";

/** The comparison. */
export const defaultTemplate = {
  /** Name of the file of its raw results, in `docs/evidence/`. */
  name: "default-template",
  template: "agent_template",
  budget: 6000,
  seeds: 20,
  arms: armNames,
  count: 100,
  tests: 200,
  /** Difference that is worth seeing, in points of the score. */
  margin: 2,
  /** The comparison that the others are beside. */
  primary: "random",
} as const satisfies { readonly primary: ArmName; readonly [key: string]: unknown };
