/**
 * An example of a hook: keeps the best score of each cycle in `logs/hooks/best.csv`.
 *
 * Name it in `workspace/config.json`:
 * `"hooks": [{ "on": ["cycle.finished"], "module": "plugins/example_hook.ts" }]`.
 * A module may read `plugins/`, write in `logs/hooks/`, which is its working folder, and use the network.
 *
 * @module
 */

import type { RunEvent } from "../lib/db/events.ts";

/** Is called with each event, one after the other; what it throws is reported. */
export default async function onEvent({ type, cycle, data }: RunEvent): Promise<void> {
  if (type !== "cycle.finished" || "omitted" in data) return;
  await Deno.writeTextFile("best.csv", `${cycle},${data.score.best ?? ""}\n`, { append: true });
}
