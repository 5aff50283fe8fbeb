/**
 * Results that were found out, part by part, and the page that is written from them.
 *
 * @module
 */

import { projectRoot } from "../../lib/run/paths.ts";
import { writeFileAtomicSync } from "../../lib/util/files.ts";
import { documentOf, type Results } from "./document.ts";

const folder = `${projectRoot}/runs/bench`;
const page = `${projectRoot}/docs/performance.md`;

/** Keeps what a part found out, in place of what it did before. Needs write permission for `runs`. */
export function keepResults(results: Results): void {
  Deno.mkdirSync(folder, { recursive: true });
  writeFileAtomicSync(`${folder}/${results.part}.json`, `${JSON.stringify(results)}\n`);
}

/**
 * Writes the page from all results that are kept.
 *
 * Needs read permission for `runs`, and write permission for the page.
 *
 * @param parts In the order of the page.
 */
export function writeDocument(parts: readonly string[]): void {
  const results = parts.map(read).filter((one) => one !== undefined);
  Deno.writeTextFileSync(page, documentOf(results));
}

function read(part: string): Results | undefined {
  try {
    return JSON.parse(Deno.readTextFileSync(`${folder}/${part}.json`));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
