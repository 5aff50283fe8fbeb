/**
 * Tables of comma-separated values by RFC 4180, strictly: rows of equal length, quotes only around a whole cell.
 *
 * @module
 */

/** A row of a table. */
export interface Row {
  /** Its cells: without blanks around them, but for what is in quotes. */
  readonly record: readonly string[];
  /** The line in which it ends, from 1. */
  readonly line: number;
}

/** A cell, and where it ends: before a comma, the end of a line, or that of the text. */
interface Cell {
  readonly value: string;
  readonly end: number;
  readonly isQuoted: boolean;
}

/**
 * The rows of a table. Blank lines are passed over.
 *
 * @param fail Is given what is wrong, and in which line, from 1.
 */
export function csvRows(text: string, fail: (what: string, line: number) => never): Row[] {
  const rows: Row[] = [];
  let record: string[] = [];
  for (let at = 0, line = 1; at < text.length || record.length > 0;) {
    const cell = cellAt(text, at, (what) => fail(what, line));
    if (cell.isQuoted) line += linesIn(text.slice(at, cell.end));
    record.push(cell.value);
    at = cell.end + (text.startsWith("\r\n", cell.end) ? 2 : 1);
    if (text[cell.end] === ",") continue;
    const length = rows[0]?.record.length ?? record.length;
    const isBlank = record.length === 1 && cell.value === "" && !cell.isQuoted;
    if (!isBlank && record.length !== length) {
      fail(`${length} cells are expected, and there are ${record.length}`, line);
    }
    if (!isBlank) rows.push({ record, line });
    record = [];
    line++;
  }
  return rows;
}

function cellAt(text: string, at: number, fail: (what: string) => never): Cell {
  const start = endOf(text, at, /[^ \t]|$/g);
  if (text[start] !== '"') {
    const end = endOf(text, at, separator);
    const value = text.slice(at, end).trim();
    if (value.includes('"')) fail("a quote stands within a cell that does not begin with one");
    return { value, end, isQuoted: false };
  }
  const close = closingQuote(text, start);
  if (close < 0) fail("a quote is not closed");
  const end = endOf(text, close, separator);
  if (text.slice(close + 1, end).trim() !== "") fail("something follows a closing quote");
  return { value: text.slice(start + 1, close).replaceAll('""', '"'), end, isQuoted: true };
}

/** What ends a cell. */
const separator = /[,\r\n]|$/g;

function endOf(text: string, from: number, pattern: RegExp): number {
  pattern.lastIndex = from;
  return pattern.exec(text)!.index;
}

/** Where a quoted cell is closed; negative if nowhere. A quote in it is written twice. */
function closingQuote(text: string, start: number): number {
  for (let from = start + 1;;) {
    const close = text.indexOf('"', from);
    if (close < 0 || text[close + 1] !== '"') return close;
    from = close + 2;
  }
}

function linesIn(text: string): number {
  return text.match(/\r\n|[\r\n]/g)?.length ?? 0;
}
