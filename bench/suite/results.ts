/**
 * Results that were found out, part by part, and the page that is written from them.
 *
 * @module
 */

import { projectRoot } from "../../lib/run/paths.ts";
import { writeFileAtomicSync } from "../../lib/util/files.ts";
import { readScalingPart } from "../scaling/files.ts";
import { withScaling } from "../scaling/page.ts";
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
 * Needs read permission for `runs` and `docs`, and write permission for the page.
 *
 * @param parts In the order of the page.
 */
export function writeDocument(parts: readonly string[]): void {
  const results = parts.map(read).filter((one) => one !== undefined);
  const scaling = readScalingPart();
  const document = documentOf(results);
  Deno.writeTextFileSync(page, scaling ? withScaling(document, scaling) : document);
}

/** Writes the part of evaluators alone. Needs read and write permission for `docs`. */
export function renewScaling(): void {
  Deno.writeTextFileSync(page, withScaling(Deno.readTextFileSync(page), readScalingPart()!));
}

function read(part: string): Results | undefined {
  try {
    return JSON.parse(Deno.readTextFileSync(`${folder}/${part}.json`));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
