/**
 * What many evaluations were given in common, and what they were run by: a row for all to which it was the same.
 *
 * Call what writes inside a transaction.
 *
 * @module
 */

import type { Engine } from "../records/replay.ts";
import type { Config } from "../run/config_schema.ts";
import { semantics } from "../runtime/semantics.ts";
import type { Listing } from "./listing.ts";

/** What many evaluations were given in common. */
export interface SharedInputs {
  /** The configured world: with the run's seed it comes to the worlds of each cycle. */
  readonly world: Config["world"];
  /** Letters that an agent may have sent. */
  readonly messages: number;
  readonly engine: Engine;
  /** Hash of the runtime that their artifacts held. */
  readonly runtime: string;
}

/** What is run by now. */
export function presentEngine(): Engine {
  const { deno, v8 } = Deno.version;
  return { semantics, deno, v8 };
}

/**
 * Keeps what evaluations are given now; gives the number of its row.
 *
 * @param runtime Hash of the runtime that artifacts hold.
 */
export function keepSharedInputs(
  listing: Listing,
  { world, mail }: Pick<Config, "world" | "mail">,
  runtime: string,
): number {
  const { environment, episodes, steps, epochCycles } = world;
  const given: SharedInputs = {
    world: { environment, episodes, steps, epochCycles },
    messages: mail.messages,
    engine: presentEngine(),
    runtime,
  };
  const inputs = JSON.stringify(given);
  listing.run("INSERT INTO shared_inputs (inputs) VALUES (?) ON CONFLICT DO NOTHING", inputs);
  return listing.get<{ id: number }>("SELECT id FROM shared_inputs WHERE inputs = ?", inputs)!.id;
}

/** What is kept in a row; undefined where there is none, or nothing that can be read. */
export function sharedInputsOf(listing: Listing, id: number | null): SharedInputs | undefined {
  const row = listing.get<{ inputs: string }>("SELECT inputs FROM shared_inputs WHERE id = ?", id);
  return row && readInputs(row.inputs);
}

/** A listing may come out of a backup of a stranger's. */
function readInputs(text: string): SharedInputs | undefined {
  let given: SharedInputs;
  try {
    given = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { world, messages, engine, runtime } = given ?? {};
  const { environment, episodes, steps, epochCycles } = world ?? {};
  const counts = [episodes ?? 1, steps ?? 1, epochCycles, messages, engine?.semantics];
  const texts = [environment ?? "", engine?.deno, engine?.v8, runtime];
  const isSound = counts.every((count) => Number.isSafeInteger(count) && count! >= 0 && count! <= 1_000_000) &&
    epochCycles !== 0 && texts.every((one) => typeof one === "string");
  return isSound ? given : undefined;
}
