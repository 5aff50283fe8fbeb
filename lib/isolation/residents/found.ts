/**
 * What a former supervisor has left, taken up: processes that are there, ends that nothing saw, and starts that came to
 * nothing.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import type { ProcessLimits } from "../limits.ts";
import { infoOf } from "../../util/files.ts";
import { endAll } from "./end_all.ts";
import { Entry } from "./entry.ts";
import { noncesIn, type Occupant, occupantsOf, type Place, placeOf, removePlace } from "./place.ts";
import { isSame, lookAt, type Seen } from "./processes.ts";
import { Resident } from "./resident.ts";
import { type Kept, keptResidents } from "./table.ts";

/** What was found. */
export interface Found {
  readonly entries: readonly Entry[];
  /** Those whose process has ended since it was last seen: an end that counts. */
  readonly dead: readonly Entry[];
}

/**
 * Takes up what the listing and the folder know of residents. A process that the listing does not know, or whose pipes
 * are gone, is ended; what was put down on purpose leaves no trace.
 *
 * Needs read and write permission for the folder, and run permission for `/bin/sh`.
 */
export async function takeUp(listing: Listing, folder: string, limits: ProcessLimits): Promise<Found> {
  const kept = keptResidents(listing);
  const present = new Set(noncesIn(folder));
  const places = new Map<Kept, Place>();
  for (const one of kept) {
    if (one.nonce !== null && present.has(one.nonce)) places.set(one, placeOf(folder, one.nonce));
  }
  const occupants = await startsIn(places);
  const spared = new Set([...occupants.keys()].map(({ nonce }) => nonce!));
  await endAll(folder, 0, spared);
  const seen = await lookAt([Deno.pid, ...[...occupants.values()].map(({ pid }) => pid)]);
  return sorted(kept, places, occupants, seen, limits);
}

/** Starts that became a process, and whose pipes are still there. */
async function startsIn(places: ReadonlyMap<Kept, Place>): Promise<Map<Kept, Occupant>> {
  const whole = [...places].filter(([, place]) => infoOf(place.in) && infoOf(place.out));
  const { occupants } = await occupantsOf(whole.map(([, place]) => place));
  return new Map(whole.flatMap(([one, place]) => {
    const occupant = occupants.get(place);
    return occupant?.agent === one.agent ? [[one, occupant]] : [];
  }));
}

function sorted(
  kept: readonly Kept[],
  places: ReadonlyMap<Kept, Place>,
  occupants: ReadonlyMap<Kept, Occupant>,
  seen: ReadonlyMap<number, Seen>,
  limits: ProcessLimits,
): Found {
  const entries: Entry[] = [], dead: Entry[] = [];
  const boot = seen.get(Deno.pid)?.boot;
  for (const one of kept) {
    const entry = new Entry(one.agent, one.state);
    entries.push(entry);
    if (one.state.phase !== "found") continue;
    const occupant = occupants.get(one);
    const place = places.get(one);
    if (occupant && isSame(seen.get(occupant.pid), occupant)) {
      entry.place = place;
      entry.resident = Resident.adopt(place!, occupant, limits);
      continue;
    }
    entry.changed = true;
    // With the machine all of them have ended, which is no fault of theirs.
    if (occupant && occupant.boot === boot) {
      entry.place = place;
      dead.push(entry);
    } else {
      if (place) removePlace(place);
      entry.state = { ...entry.state, phase: "down" };
    }
  }
  return { entries, dead };
}
