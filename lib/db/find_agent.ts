/**
 * Finds the agents that a person means.
 *
 * @module
 */

import { Misuse } from "../util/issue.ts";
import type { Listing } from "./listing.ts";
import { nearest } from "../util/nearest.ts";

/** How many ids a message names. */
const named = 4;

/**
 * The id of the agent that a step was given as its argument.
 *
 * @param args An id, or how one begins.
 * @returns The id in full, of an agent alive or dead.
 * @throws {Misuse} If it is not one argument, or no agent or several have such an id.
 */
export function findAgent(listing: Listing, args: readonly string[]): string {
  const [text = "", ...others] = args;
  if (others.length > 0) {
    throw new Misuse({ code: "arguments", message: `Cannot take ${args.length} ids as it must be one.` });
  }
  return find(listing, text);
}

/**
 * The ids of the agents that a step was given as its arguments.
 *
 * @param args Ids, or how they begin.
 * @returns The ids in full, each once, of agents alive or dead.
 * @throws {Misuse} If for one of them no agent or several have such an id.
 */
export function findAgents(listing: Listing, args: readonly string[]): string[] {
  return [...new Set(args.map((text) => find(listing, text)))];
}

function find(listing: Listing, text: string): string {
  const wanted = text.toLowerCase();
  // In the order of text `~` comes after everything that an id is made of.
  const query = "SELECT id FROM agents WHERE id >= ? AND id < ? || '~' ORDER BY id";
  const found = listing.all<{ id: string }>(query, wanted, wanted).map(({ id }) => id);
  if (found.length === 1 || found[0] === wanted) return found[0]!;
  if (found.length > 1) throw ambiguous(text, found);
  throw unknown(listing, text);
}

function ambiguous(text: string, found: readonly string[]): Misuse {
  const more = found.length > named ? `, and ${found.length - named} more` : "";
  return new Misuse({
    code: "agent.ambiguous",
    message: `Cannot tell which agent is meant by ${JSON.stringify(text)} as ${found.length} ids begin so: ` +
      `${found.slice(0, named).join(", ")}${more}.`,
  });
}

function unknown(listing: Listing, text: string): Misuse {
  const ids = listing.all<{ id: string }>("SELECT id FROM agents ORDER BY ordinal").map(({ id }) => id);
  const near = nearest(text, ids) ?? nearest(text, ids.map((id) => id.slice(0, text.length)));
  const meant = near === undefined ? undefined : ids.find((id) => id.startsWith(near));
  return new Misuse({
    code: "agent.unknown",
    message: `Cannot find an agent whose id is ${JSON.stringify(text)} or begins so; ` +
      (meant === undefined ? "`deno task status` shows the ids there are." : `the nearest one is ${meant}.`),
  });
}
