/**
 * The flags by which a chain of cycles is ended.
 *
 * @module
 */

import { finiteNumber, positiveNumber, wholeNumber } from "../../step/flags.ts";

/** The greatest magnitude of an objective. */
const greatest = 1e12;

/** Besides a number of cycles. */
export const endFlags = {
  minutes: {
    kind: "parsed",
    parse: positiveNumber(1_000_000_000),
    brief: "Minutes from the command's start in which it is over: no cycle is begun that would take it beyond.",
    placeholder: "n",
    optional: true,
  },
  evaluations: {
    kind: "parsed",
    parse: wholeNumber(1, 1_000_000_000_000),
    brief: "End when the run has had so many evaluations, those of former calls too.",
    placeholder: "n",
    optional: true,
  },
  target: {
    kind: "parsed",
    parse: finiteNumber(-greatest, greatest),
    brief: "End when the best score, or first objective as the world means it, is as good as this.",
    placeholder: "value",
    optional: true,
  },
  stagnation: {
    kind: "parsed",
    parse: wholeNumber(1, 1_000_000_000),
    brief: "End when the run has had no better best for so many cycles.",
    placeholder: "cycles",
    optional: true,
  },
} as const;
