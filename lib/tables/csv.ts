/**
 * Fields of CSV.
 *
 * @module
 */

/** One field: quoted where it must be, and never a formula for a spreadsheet. */
export function csvField(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return needsQuotes(text) ? quoted(text) : text;
}

/** Whether a text is a field only in quotes (RFC 4180). */
export function needsQuotes(text: string): boolean {
  return /[",\r\n]/.test(text);
}

/** A text in quotes. */
export function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
