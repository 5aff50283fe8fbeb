/**
 * Charges a cycle to the agents' accounts.
 *
 * @module
 */

import { isScored } from "../db/comparable.ts";
import type { Listing } from "../db/listing.ts";
import { charge } from "../db/transitions/score.ts";
import { causeOfEnd } from "../records/cause.ts";
import type { Config } from "../run/config_schema.ts";
import { type Account, chargedAll } from "../selection/energy.ts";

interface Row {
  readonly id: string;
  readonly energy: number;
  readonly outcome: string;
  /** Null where it has failed. */
  readonly score: number | null;
  readonly violation: number;
}

/**
 * Charges all agents at once that took part in a cycle; call it in the transaction that ends the cycle's episodes.
 *
 * Those that were evaluated in it take part, but for failures that are not their own fault; and in a world that is not noisy
 * those that were not due, since their genome has its score, with that score. Neither does what is backed off.
 *
 * @param world Whether it is noisy.
 */
export function chargeCycle(
  listing: Listing,
  cycle: number,
  options: Config["energy"],
  { noisy }: { readonly noisy: boolean },
): void {
  const rows = [...listing.all<Row>(evaluated, cycle), ...(noisy ? [] : listing.all<Row>(settled, cycle))];
  const charged = rows.filter(({ outcome }) => outcome === "finished" || causeOfEnd(outcome) === "agent");
  const energies = chargedAll(charged.map(accountOf), options);
  for (const [i, { id, energy }] of charged.entries()) {
    if (energies[i] !== energy) charge(listing, id, energies[i]!);
  }
}

function accountOf({ energy, outcome, score, violation }: Row): Account {
  return outcome === "finished" && score !== null ? { energy, result: { score, violation } } : { energy };
}

const evaluated = `SELECT a.id, a.energy, e.outcome, e.score, e.violation
  FROM evaluations e JOIN agents a ON a.id = e.agent
  WHERE e.cycle = ? AND e.kind = 'judged' AND e.outcome IS NOT NULL AND a.status <> 'dead'`;

const settled = `SELECT id, energy, 'finished' AS outcome, score, violation FROM agents a
  WHERE status = 'active' AND stage = 'adult' AND ${isScored} AND backoff_until_cycle <= ?1
    AND NOT EXISTS (SELECT 1 FROM evaluations e WHERE e.agent = a.id AND e.kind = 'judged' AND e.cycle = ?1)`;
