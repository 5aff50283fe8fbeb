/**
 * Evaluators on other machines that have evaluated for a run, what each has proven, and which of them have lied.
 *
 * Call what writes inside a transaction, unless it says otherwise.
 *
 * @module
 */

import type { EvaluatorDrop } from "../records/evaluators.ts";
import type { EvaluatorDropped } from "../records/events.ts";
import { recordEvent } from "./events.ts";
import type { EvaluationKey } from "./evaluations.ts";
import type { Listing } from "./listing.ts";

/** One process of an evaluator, as a run knows it. */
export interface KnownEvaluator {
  /** Its number within the run, which its evaluations are recorded with. */
  readonly id: number;
  readonly name: string;
  /** Its public key in hexadecimal digits; empty where a former release kept the name alone. */
  readonly instance: string;
  /** Its machine, as it says; null where that is not known. */
  readonly host: string | null;
  /** Replies of it that were taken, and of these how many came to the same at home. */
  replies: number;
  verified: number;
  /** Milliseconds that it says these took. */
  ms: number;
  /** When the last of them was taken: time of day, ISO 8601; null before the first. */
  lastAt: string | null;
  /** Null while what it gives counts. */
  dropped: EvaluatorDrop | null;
}

interface Row extends Omit<KnownEvaluator, "dropped"> {
  readonly dropped: string | null;
}

const query = `SELECT id, name, instance, host, replies, verified, ms, last_at AS lastAt, dropped
  FROM evaluators ORDER BY id`;

/** All that have evaluated for a run, in the order of their first replies. */
export function knownEvaluators(listing: Listing): KnownEvaluator[] {
  return listing.all<Row>(query).map((row) => ({
    ...row,
    dropped: row.dropped === null ? null : JSON.parse(row.dropped),
  }));
}

/** Whether what an evaluator of this name and instance gives counts no more, as this one was dropped. */
export function isDroppedAs(one: KnownEvaluator, name: string, instance: string): boolean {
  // Under another name it is the same; formerly the name alone was kept.
  return one.dropped !== null && (one.instance === "" ? one.name === name : one.instance === instance);
}

const keyOf = (name: string, instance: string) => `${name} ${instance}`;

/** Those that have evaluated for a run, kept at hand while a step evaluates. */
export class KnownEvaluators {
  readonly #listing: Listing;
  readonly #byKey = new Map<string, KnownEvaluator>();
  readonly #byId = new Map<number, KnownEvaluator>();
  readonly #dropped: KnownEvaluator[] = [];

  constructor(listing: Listing) {
    this.#listing = listing;
    for (const one of knownEvaluators(listing)) this.#add(one);
  }

  /** What is known of the one that a reply is taken of; a transaction of its own where that is nothing yet. */
  of(name: string, instance: string, host: string | null): KnownEvaluator {
    const known = this.#byKey.get(keyOf(name, instance));
    if (known) return known;
    const { id } = this.#listing.get<{ id: number }>(
      "INSERT INTO evaluators (name, instance, host) VALUES (?, ?, ?) RETURNING id",
      name,
      instance,
      host,
    )!;
    const one = { id, name, instance, host, replies: 0, verified: 0, ms: 0, lastAt: null, dropped: null };
    this.#add(one);
    return one;
  }

  /** The one with this number. */
  get(id: number): KnownEvaluator | undefined {
    return this.#byId.get(id);
  }

  /** Whether what it gives counts no more. */
  isDropped(name: string, instance: string): boolean {
    return this.#dropped.some((one) => isDroppedAs(one, name, instance));
  }

  /** Remembers that one has lied, in a transaction of its own; returns the number of the event. */
  drop(one: KnownEvaluator, { cycle, agent, kind }: Omit<EvaluatorDropped, "evaluator"> & { cycle: number }): number {
    one.dropped = { cycle, agent, kind, at: new Date().toISOString() };
    this.#dropped.push(one);
    return this.#listing.transaction(() => {
      this.save();
      recordEvent(this.#listing, cycle, "evaluator.dropped", null, { evaluator: one.name, agent, kind });
      const event = this.#listing.get<{ id: number }>("SELECT max(id) AS id FROM events")!.id;
      withdraw(this.#listing, event, { cycle, id: agent, kind }, one.id);
      return event;
    });
  }

  /** Keeps what each has proven by now. */
  save(): void {
    for (const { id, replies, verified, ms, lastAt, dropped } of this.#byId.values()) {
      this.#listing.run(
        `UPDATE evaluators SET replies = ?2, verified = ?3, ms = ?4, last_at = ?5, dropped = ?6
          WHERE id = ?1 AND (replies < ?2 OR verified < ?3 OR dropped IS NOT ?6)`,
        id,
        replies,
        verified,
        ms,
        lastAt,
        dropped && JSON.stringify(dropped),
      );
    }
  }

  #add(one: KnownEvaluator): void {
    this.#byKey.set(keyOf(one.name, one.instance), one);
    this.#byId.set(one.id, one);
    if (one.dropped) this.#dropped.push(one);
  }
}

/**
 * Notes that the reply to an evaluation counts no more since an evaluator was dropped.
 *
 * @param event The number of that event.
 * @param evaluator Who had given it.
 */
export function withdraw(listing: Listing, event: number, { cycle, id, kind }: EvaluationKey, evaluator: number): void {
  listing.run("INSERT OR IGNORE INTO withdrawn_replies VALUES (?, ?, ?, ?, ?)", id, event, kind, cycle, evaluator);
}
