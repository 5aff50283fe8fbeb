/**
 * An example of a hook: tells a chat of each closed cycle, by an incoming webhook that takes `{"text": …}` as Mattermost,
 * Rocket.Chat, Slack and others have it.
 *
 * The address is a secret, so it comes from a variable:
 * `"hooks": [{ "on": ["cycle.finished"], "module": "plugins/chat_hook.ts", "secretEnv": "EVOLVE_CHAT_URL" }]`.
 *
 * @module
 */

import type { RunEvent } from "../lib/db/events.ts";

/** Is called with each event; what it throws is reported, and the event comes again. */
export default async function onEvent({ type, cycle, id, data }: RunEvent): Promise<void> {
  const told = type !== "cycle.finished" || "omitted" in data
    ? `${type}${id === null ? "" : ` ${id}`}`
    : `best score ${data.score.best ?? "none"}, ${data.alive} alive, ${data.born} born, ${data.died} died`;
  const response = await fetch(Deno.env.get("EVOLVE_CHAT_URL")!, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ text: `Cycle ${cycle}: ${told}` }),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`The chat answered with status ${response.status}.`);
}
