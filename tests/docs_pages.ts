/**
 * Reads the project's pages, for the tests that hold them to the code.
 *
 * @module
 */

import { projectRoot } from "../lib/run/paths.ts";

/** The text of a file of the project. */
export function read(path: string): Promise<string> {
  return Deno.readTextFile(`${projectRoot}/${path}`);
}

/** Paths of all files below a folder that end so, sorted. */
export function filesIn(folder: string, end: string): string[] {
  return [...Deno.readDirSync(`${projectRoot}/${folder}`)].flatMap(({ name, isDirectory }) =>
    isDirectory ? filesIn(`${folder}/${name}`, end) : name.endsWith(end) ? [`${folder}/${name}`] : []
  ).sort();
}

/** All pages. */
export const pages: readonly string[] = [
  ...["README.md", "CHANGELOG.md", "CONTRIBUTING.md"],
  ...["agent_template", "docs"].flatMap((folder) => filesIn(folder, ".md")),
];

/** The blocks of code in a page that are marked with just this language. */
export async function blocks(page: string, language: string): Promise<string[]> {
  const found = (await read(page)).matchAll(/^```([^\n]*)\n(.*?)^```$/gms);
  return [...found].filter(([, name]) => name === language).map(([, , code]) => code!);
}

/** Blocks of TypeScript that say in their first line which file of a template they are, by that. */
export async function filesOf(page: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const code of await blocks(page, "ts")) {
    const path = /^\/\/ (world\.ts|src\/\S+\.ts)\n/.exec(code)?.[1];
    if (path !== undefined) files.set(path, code);
  }
  return files;
}

/** The tables of a page, as cells in rows, the heading first; what is code has no marks around it. */
export async function tables(page: string): Promise<string[][][]> {
  const found = (await read(page)).matchAll(/(?:^\|.*\n)+/gm);
  return [...found].map(([table]) =>
    table.trimEnd().split("\n").filter((_, row) => row !== 1).map((line) =>
      line.slice(1, -1).split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/^`([^`]+)`$/, "$1"))
    )
  );
}

/** Everything that a page says as code, in its tables. */
export async function toldIn(page: string): Promise<string[]> {
  const cells = (await tables(page)).flat(2);
  return cells.flatMap((cell) => [cell, ...[...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code!)]);
}

/** What a link to a heading of a page says after the `#`. */
export function headings(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    title!.toLowerCase().replaceAll(/[^\w -]/g, "").replaceAll(" ", "-")
  );
}
