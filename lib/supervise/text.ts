/**
 * What a process that is not trusted wrote, made fit to be shown.
 *
 * @module
 */

const decoder = new TextDecoder();

// C0 and C1 controls, line and paragraph separators, and the marks that turn the direction of writing.
// deno-lint-ignore no-control-regex
const unfit = /[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;

// A whole terminal sequence, so that its remains do not stand about: CSI … letter, OSC … BEL or ST.
// deno-lint-ignore no-control-regex
const sequences = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?)/g;

/**
 * One line without anything that a terminal or a file of lines would take for more than text.
 *
 * @param most Longest result, in UTF-16 code units.
 */
export function shownText(text: string, most = 300): string {
  const clean = text.replace(sequences, "").replace(unfit, " ").trim();
  return clean.length > most ? `${clean.slice(0, most - 1)}…` : clean;
}

/** The last line that says something of what a process wrote on stderr; of an uncaught error its first line. */
export function lastWords(stderr: Uint8Array): string {
  const lines = decoder.decode(stderr).split("\n").map((line) => shownText(line)).filter((line) => line !== "");
  const thrown = lines.findLast((line) => /^(error: )?Uncaught /.test(line));
  return (thrown ?? lines.at(-1) ?? "").replace(/^error: /, "");
}
