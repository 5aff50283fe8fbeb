import type { ParsedSource } from "./parse.ts";

/**
 * The text of a source file with blanks where its comments are: what tools obey in comments is gone, and all else stands
 * where it stood.
 */
export function blankComments({ text, comments }: Pick<ParsedSource, "text" | "comments">): string {
  let [blank, from] = ["", 0];
  for (const { start, end } of comments) {
    blank += text.slice(from, start) + text.slice(start, end).replaceAll(/[^\n\r\u2028\u2029]/g, " ");
    from = end;
  }
  return blank + text.slice(from);
}
