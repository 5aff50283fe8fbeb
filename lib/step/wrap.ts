/**
 * Texts broken into lines that fit a terminal.
 *
 * @module
 */

/** Columns of a terminal that does not tell how many it has. */
const usualWidth = 80;

/**
 * How many columns stdout shows.
 *
 * Needs no permission.
 *
 * @param elsewhere What to return where stdout is no terminal.
 */
export function shownWidth(elsewhere: number): number {
  if (!Deno.stdout.isTerminal()) return elsewhere;
  try {
    return Deno.consoleSize().columns || usualWidth;
  } catch {
    return usualWidth;
  }
}

/**
 * A text as lines that are no longer than a width, broken at blanks; a word that is longer stays whole.
 *
 * @param width In UTF-16 code units.
 * @returns At least one line.
 */
export function wrap(text: string, width: number): string[] {
  if (text.length <= width) return [text];
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** A text after a beginning that further lines are indented by. */
export function hanging(begin: string, text: string, width: number): string {
  const indent = " ".repeat(begin.length);
  return wrap(text, width - begin.length).map((line, i) => (i === 0 ? begin : indent) + line).join("\n");
}

/** What a line of help begins with, before its text: flags and arguments have a column of their own. */
const headOfLine = /^ +(?:-\w {2})?\S+ {2,}/;

/** Help in lines that are no longer than a width: what belongs to a flag stays beside it. */
export function wrapHelp(text: string, width: number): string {
  return text.split("\n").map((line) => {
    const head = headOfLine.exec(line)?.[0];
    if (head !== undefined) return hanging(head, line.slice(head.length).replace(/ {2,}/g, " "), width);
    return line.length <= width ? line : line.startsWith(" ") ? wrapUsage(line, width) : wrap(line, width).join("\n");
  }).join("\n");
}

/** A line of usage, broken between its flags only. */
function wrapUsage(line: string, width: number): string {
  const [, begin, flags] = /^( +[^[<]*)(.*)$/.exec(line)!;
  const whole = flags!.replace(/[[<][^\]>]*[\]>]/g, (flag) => flag.replaceAll(" ", "\u00a0"));
  return hanging(begin!, whole, width).replaceAll("\u00a0", " ");
}
