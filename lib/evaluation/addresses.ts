/**
 * The agents that an agent may write to.
 *
 * @module
 */

import type { Listing } from "../db/listing.ts";
import { deriveSeed, stream } from "../runtime/random.ts";

/** All agents that can be written to in a cycle. */
export class AddressBook {
  readonly #seed: string;
  readonly #cycle: number;
  readonly #ids: readonly string[];
  readonly #known: ReadonlySet<string>;

  constructor(seed: string, cycle: number, ids: readonly string[]) {
    this.#seed = seed;
    this.#cycle = cycle;
    this.#ids = ids;
    this.#known = new Set(ids);
  }

  /**
   * The agents that are alive in a cycle, or were until they were disabled in it: one that crashes in the cycle stays
   * in the book, so that it is the same for every agent, whenever its turn comes.
   */
  static of(listing: Listing, seed: string, cycle: number): AddressBook {
    const rows = listing.all<{ id: string }>(
      `SELECT id FROM agents WHERE (status = 'active' OR (status = 'disabled' AND disabled_cycle = ?))
        AND stage IN ('newborn', 'adult') ORDER BY ordinal`,
      cycle,
    );
    return new AddressBook(seed, cycle, rows.map((row) => row.id));
  }

  /**
   * Draws the addresses of one agent from its stream of the cycle: distinct, none its own.
   *
   * @param count How many; fewer if there are not so many others.
   */
  draw(agent: string, count: number): string[] {
    const random = stream(deriveSeed(this.#seed, "addresses", this.#cycle, agent));
    const own = this.#known.has(agent) ? 1 : 0;
    const wanted = Math.min(count, this.#ids.length - own);
    const drawn = new Set<string>();
    while (drawn.size < wanted) {
      const id = this.#ids[Math.floor(random() * this.#ids.length)]!;
      if (id !== agent) drawn.add(id);
    }
    return [...drawn];
  }
}
