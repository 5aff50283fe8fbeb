/**
 * Findings as commands to GitHub's runner, which shows them beside the files that they are about.
 *
 * @module
 */

import type { Finding, Findings } from "./findings.ts";
import { type Folders, placeOf } from "./place.ts";

/** How many the runner shows of a step. */
const mostShown = 10;

/**
 * At most ten lines such as `::error file=src/rl.ts,line=65,title=source.phase::Cannot use …`; of more the last one says how
 * many there are. Empty where nothing failed.
 */
export function githubLines(findings: Findings, folders: Folders): string {
  const all = findings.first(mostShown);
  if (all.more === 0) return all.shown.map((finding) => lineOf(finding, folders)).join("");
  const { shown, more } = findings.first(mostShown - 1);
  const rest = command(shown.at(-1)!.level, { title: "more" }, `${more} more; the records have all of them.`);
  return shown.map((finding) => lineOf(finding, folders)).join("") + rest;
}

function lineOf({ level, code, message, path, times }: Finding, folders: Folders): string {
  const place = path === undefined ? undefined : placeOf(path, folders);
  const text = path === undefined || place !== undefined || message.includes(path) ? message : `${message} (${path})`;
  return command(level, { ...place, title: code }, times > 1 ? `${text} (${times} times)` : text);
}

function command(level: Finding["level"], properties: Readonly<Record<string, string | number>>, data: string): string {
  const named = Object.entries(properties).map(([name, value]) => `${name}=${propertyText(String(value))}`);
  return `::${level} ${named.join(",")}::${dataText(data)}\n`;
}

/** As GitHub's toolkit escapes the text of a command: nothing in it can end the line, or be taken for an escape. */
function dataText(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** As it escapes a property, which ends at a comma or a colon besides. */
function propertyText(text: string): string {
  return dataText(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
