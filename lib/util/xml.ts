/**
 * Texts in XML.
 *
 * @module
 */

import { oneLine } from "./text.ts";

/** A text that can stand in XML: without what obeys instead of being read, and no sign of it begins or ends anything. */
export function xmlText(text: string): string {
  return oneLine(text.toWellFormed()).replace(/[<>&"'\ufffe\uffff]/g, (sign) => entities[sign] ?? " ");
}

const entities: Readonly<Record<string, string>> = {
  "<": "&lt;",
  ">": "&gt;",
  "&": "&amp;",
  '"': "&quot;",
  "'": "&#39;",
};
