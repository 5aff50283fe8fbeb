/**
 * Ends all residents of a run, whatever started them and whether or not they are kept.
 *
 * @module
 */

import { noncesIn, type Occupant, occupantsOf, placeOf, removePlace, voidPlace } from "./place.ts";
import { endGroups } from "./processes.ts";

/** What was ended. */
export interface EndedAll {
  /** In the order of the nonces of their starts. */
  readonly occupants: readonly Occupant[];
  /** How many of them had to be ended by force. */
  readonly forced: number;
  /** Processes that files name, and that hold no pipes of this folder: they were left alone. */
  readonly unrelated: readonly Occupant[];
}

/**
 * Ends all residents whose files lie in a folder, gently, then by force, and removes the files. A process that does not
 * hold the pipes of its start is left alone.
 *
 * Needs read and write permission for the folder, which need not be there, and run permission for `/bin/sh`.
 *
 * @param gracePeriodMs How long they may take before they are ended by force.
 * @param spared Nonces of those that are left alone.
 * @throws {StepFailed} If one of them can't be ended.
 */
export async function endAll(
  folder: string,
  gracePeriodMs: number,
  spared: ReadonlySet<string> = new Set(),
): Promise<EndedAll> {
  const places = noncesIn(folder).filter((nonce) => !spared.has(nonce)).map((nonce) => placeOf(folder, nonce));
  // First what is only just starting is made void, so that none comes after this look.
  for (const place of places) voidPlace(place);
  const found = await occupantsOf(places);
  const [occupants, unrelated] = [[...found.occupants.values()], [...found.unrelated.values()]];
  const forced = await endGroups(occupants, { gracePeriodMs });
  for (const place of places) removePlace(place);
  return { occupants, forced, unrelated };
}
