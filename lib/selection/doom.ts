/**
 * Deaths that depend on no strategy and on no other agent.
 *
 * @module
 */

import { causeOf } from "../records/cause.ts";
import type { Doomed } from "./core.ts";

/** What decides on such a death. */
export interface Mortal {
  /** Since which cycle it is disabled, and why; absent: it is active. */
  readonly disabled?: { readonly cycle: number; readonly code: string; readonly reason: string | null };
  /** Whether it has ever been judged, so that its account has been charged. */
  readonly isCharged: boolean;
  readonly energy: number;
}

/**
 * Why an agent dies in a cycle whatever the strategy is: its own fault has disabled it before, or its energy ran out.
 *
 * @param energyRule Whether agents whose energy has run out die.
 * @returns Undefined where it does not.
 */
export function doomOf(
  { disabled, isCharged, energy }: Mortal,
  cycle: number,
  energyRule: boolean,
): Omit<Doomed, "candidate"> | undefined {
  if (disabled && disabled.cycle < cycle && causeOf(disabled.code) === "agent") {
    const why = disabled.reason === null ? "." : `: ${disabled.reason}`;
    return { code: "died.disabled", reason: `It was disabled before this cycle${why}` };
  }
  if (energyRule && !disabled && isCharged && energy <= 0) {
    return { code: "died.energy", reason: "Its energy ran out." };
  }
  return undefined;
}
