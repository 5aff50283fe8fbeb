/**
 * Candidates as the listing keeps them.
 *
 * @module
 */

import type { Candidate } from "./strategy.ts";

/** The candidate that a text holds; undefined where it is none, as in a listing that came from elsewhere. */
export function keptCandidate(text: string): Candidate | undefined {
  const one = JSON.parse(text) as Partial<Candidate> | null;
  const trials: unknown = one?.trials;
  if (!Array.isArray(trials) || typeof one?.violation !== "number") return undefined;
  const isTrial = (trial: Partial<Candidate["trials"][number]> | null) =>
    Array.isArray(trial?.objectives) && typeof trial.measures === "object" && trial.measures !== null;
  return trials.every(isTrial) ? one as Candidate : undefined;
}
