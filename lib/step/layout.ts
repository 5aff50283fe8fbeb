/**
 * Cells laid out as a table that fits its width as far as it can.
 *
 * @module
 */

import { shownWidth, wrap } from "./wrap.ts";

/** A column of a table. */
export interface Column {
  /** Its heading; it may stand on several lines. */
  readonly name: string;
  /** Whether its cells are set to the right, as numbers are. */
  readonly right: boolean;
}

/** The lines of a table. */
export interface Layout {
  readonly heading: string[];
  readonly rows: string[];
}

/** A column with its place among the cells and its width. */
interface Placed extends Column {
  readonly index: number;
  readonly width: number;
}

/** What a cell without a value shows. */
export const noValue = "–";

const gap = 2;
/** What columns that found no room are indented by on the next line. */
const indent = 4;
/** A column of text that is made narrower than this can't be read well. */
const leastText = 24;

/**
 * Lays out a table. What is too wide gets its headings on several lines, then its longest texts; if that is not enough,
 * its last columns go to lines of their own below the others.
 *
 * @param rows Cells of one line each, one for each column.
 * @param width Absent: that of the terminal; without bound where stdout is none, so that a row stays one line for what
 * reads it.
 */
export function layout(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number = shownWidth(Infinity),
): Layout {
  const blocks = fit(columns, rows, width);
  const lines = (cells: readonly string[]) =>
    blocks.flatMap((block, i) => i > 0 && isVoid(block, cells) ? [] : blockLines(block, cells, i > 0 ? indent : 0));
  return { heading: lines(columns.map(({ name }) => name)), rows: rows.flatMap(lines) };
}

function fit(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): Placed[][] {
  const body = columns.map((_, i) => rows.reduce((most, row) => Math.max(most, row[i]!.length), 0));
  const natural = columns.map((column, index) => ({
    ...column,
    index,
    width: Math.max(column.name.length, body[index]!),
  }));
  if (total(natural) <= width) return [natural];
  const narrow = natural.map((column) => ({
    ...column,
    width: Math.max(longestWord(column.name), body[column.index]!),
  }));
  if (total(narrow) <= width) return [narrow];
  const texts = narrow.filter(({ index, right }) => !right && rows.some((row) => row[index]!.includes(" ")));
  const widest = texts.reduce<Placed | undefined>((a, b) => a && a.width >= b.width ? a : b, undefined);
  const left = widest ? widest.width - (total(narrow) - width) : 0;
  if (widest && left >= leastText) {
    return [narrow.map((column) => column.index === widest.index ? { ...column, width: left } : column)];
  }
  return fold(narrow, width);
}

function fold(columns: readonly Placed[], width: number): Placed[][] {
  const blocks: Placed[][] = [[]];
  for (const column of columns) {
    const block = blocks.at(-1)!;
    const room = width - (blocks.length > 1 ? indent : 0);
    if (block.length > 0 && total([...block, column]) > room) blocks.push([clip(column, width - indent)]);
    else block.push(clip(column, room));
  }
  return blocks;
}

function clip(column: Placed, room: number): Placed {
  return column.width > room ? { ...column, width: room } : column;
}

/** Whether a row says nothing in these columns, so that it needs no line for them. */
function isVoid(block: readonly Placed[], cells: readonly string[]): boolean {
  return block.every(({ index }) => cells[index] === noValue);
}

function blockLines(block: readonly Placed[], cells: readonly string[], indented: number): string[] {
  const parts = block.map(({ index, width }) => wrap(cells[index]!, width));
  const height = Math.max(...parts.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => {
    const set = block.map(({ right, width }, i) => {
      const part = parts[i]![line] ?? "";
      return right ? part.padStart(width) : part.padEnd(width);
    });
    return (" ".repeat(indented) + set.join(" ".repeat(gap))).trimEnd();
  });
}

function total(columns: readonly Placed[]): number {
  return columns.reduce((sum, { width }) => sum + width, gap * (columns.length - 1));
}

function longestWord(text: string): number {
  return text.split(" ").reduce((most, word) => Math.max(most, word.length), 0);
}
