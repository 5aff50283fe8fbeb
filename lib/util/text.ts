/**
 * What a process that is not trusted wrote, made fit to be shown.
 *
 * @module
 */

const decoder = new TextDecoder();

// Controls, line and paragraph separators, and what is there to be obeyed and not to be seen: the marks that turn the
// direction of writing, and letters without width.
const unfit = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

// A whole terminal sequence, so that its remains do not stand about: CSI … letter, OSC … BEL or ST.
// deno-lint-ignore no-control-regex
const sequences = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?)/g;

/** A text as one line without anything that a terminal or a file of lines would take for more than text. */
export function oneLine(text: string): string {
  return text.replace(sequences, "").replace(unfit, " ");
}

/**
 * The same, cut to a length.
 *
 * @param most Longest result, in UTF-16 code units.
 */
export function shownText(text: string, most = 300): string {
  const clean = oneLine(text).trim();
  return clean.length > most ? `${clean.slice(0, most - 1)}…` : clean;
}

/** A text with a full stop at its end. */
export function sentence(text: string): string {
  return text.endsWith(".") ? text : `${text}.`;
}

/** The last line that says something of what a process wrote on stderr; of an uncaught error its first line. */
export function lastErrorLine(stderr: Uint8Array): string {
  const lines = decoder.decode(stderr).split("\n").map((line) => shownText(line)).filter((line) => line !== "");
  const thrown = lines.findLast((line) => /^(error: )?Uncaught /.test(line));
  return (thrown ?? lines.at(-1) ?? "").replace(/^error: /, "");
}

/** A path as it is typed in a shell: in quotes where it must be. */
export function typed(path: string): string {
  return /^[\w./+@-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
