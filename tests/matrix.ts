/**
 * Matrices of which the gate tries a choice: whole with `--all`, as in `deno task test:populations --all`.
 *
 * @module
 */

/** Whether whole matrices are tried. */
export const isAll = Deno.args.includes("--all");

/**
 * Pairs of a row and a column: so few that each row and each column is in one of them, or all of them.
 *
 * @param all Whether all. @default isAll
 */
export function pairs<R, C>(rows: readonly R[], columns: readonly C[], all: boolean = isAll): (readonly [R, C])[] {
  if (all) return rows.flatMap((row) => columns.map((column) => [row, column] as const));
  const count = Math.min(rows.length, columns.length) === 0 ? 0 : Math.max(rows.length, columns.length);
  return Array.from({ length: count }, (_, i) => [rows[i % rows.length]!, columns[i % columns.length]!] as const);
}
