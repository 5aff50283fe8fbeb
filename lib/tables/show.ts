/**
 * Numbers and texts as people read them, and texts made harmless.
 *
 * @module
 */

/** How the values of a column are written; `words` are this program's own, `text` is what the run has. */
export type ColumnKind = "text" | "words" | "id" | "count" | "number" | "share" | "ms" | "fine ms" | "bytes";

/** A value of a table; null where there is none. */
export type Cell = string | number | null;

/** A value as text, such as `12.4 %` or `–`. */
export function show(value: Cell, kind: ColumnKind): string {
  if (value === null) return "–";
  if (typeof value === "string") return kind === "id" ? value.slice(0, 8) : value;
  if (!Number.isFinite(value)) return "–";
  switch (kind) {
    case "share":
      return `${(value * 100).toFixed(value > 0 && value < 0.1 ? 1 : 0)} %`;
    case "ms":
      return value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(value < 100_000 ? 1 : 0)} s`;
    case "fine ms":
      return value < 100 ? `${Number(value.toPrecision(3))} ms` : show(value, "ms");
    case "bytes":
      return `${(value / 1_048_576).toFixed(value < 10_485_760 ? 1 : 0)} MiB`;
    case "number":
      return number(value);
    default:
      return String(value);
  }
}

/** A function that writes values of an axis up to `most`: times are all in one unit. */
export function onAxis(kind: ColumnKind, most: number): (value: number) => string {
  if (kind === "number") return String;
  if (kind !== "ms") return (value) => show(value, kind);
  const [unit, name] = most < 1000 ? [1, "ms"] : [1000, "s"];
  return (value) => `${Number((value / unit).toPrecision(6))} ${name}`;
}

/** Whether a column is set to the right. */
export function isNumeric(kind: ColumnKind): boolean {
  return kind !== "text" && kind !== "words" && kind !== "id";
}

/** A text on one line, without characters that move a cursor, turn the direction of writing or can't be seen. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").replace(/\p{Cf}/gu, "");
}

function number(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 1e7)) return value.toExponential(2);
  return value.toFixed(size >= 100 ? 1 : size >= 1 ? 2 : 4);
}
