/**
 * The log in an agent's folder: what became of its evaluations that did not finish.
 *
 * @module
 */

import { logFiles } from "../../run/layout.ts";
import type { Listing } from "../../db/listing.ts";
import { jsonLine } from "../../util/json_line.ts";

/** Size of one file, in UTF-16 code units: what does not fit begins the next one. */
const most = 65_536;

const query = `SELECT cycle, kind, outcome, message FROM evaluations
  WHERE agent = ? AND outcome IS NOT NULL AND outcome <> 'finished' ORDER BY cycle, kind`;

/**
 * The log of an agent: a line of JSON for each evaluation that did not finish, with its cycle, kind, outcome and message, which
 * ends with the engine's or the gene's own words.
 *
 * It is cut into files from its beginning on, so that what was put aside stays as it is, however often it is written.
 *
 * @returns The texts of its files by the order of {@linkcode logFiles}, as many as there are: the newest first, each of
 * at most 64 Ki characters; older ones are gone.
 */
export function agentLog(listing: Listing, agent: string): string[] {
  const parts: string[] = [];
  for (const row of listing.rows(query, agent)) {
    const line = jsonLine(row);
    const present = parts[0];
    if (present !== undefined && present.length + line.length <= most) parts[0] = present + line;
    else parts.unshift(line);
    if (parts.length > logFiles.length) parts.pop();
  }
  return parts;
}
