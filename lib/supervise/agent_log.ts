/**
 * The log in an agent's folder: what became of its lives that did not finish.
 *
 * @module
 */

import type { Listing } from "../agents/listing.ts";
import { jsonLine } from "../step/json_line.ts";

/** Size of a log, in UTF-16 code units: older lines go. */
const most = 65_536;

const query = `SELECT cycle, kind, outcome, message FROM episodes
  WHERE agent = ? AND outcome IS NOT NULL AND outcome <> 'finished' ORDER BY cycle DESC, kind`;

/**
 * The log of an agent: a line of JSON for each life that did not finish, with its cycle, kind, outcome and message, which
 * ends with the engine's or the gene's own words; the last lines, where all would be more than 64 Ki characters.
 */
export function agentLog(listing: Listing, agent: string): string {
  const lines: string[] = [];
  let size = 0;
  for (const row of listing.rows(query, agent)) {
    const line = jsonLine(row);
    size += line.length;
    if (size > most) break;
    lines.push(line);
  }
  return lines.reverse().join("");
}
