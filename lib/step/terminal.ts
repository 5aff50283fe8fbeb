/**
 * Lines for the person on stderr: a progress bar, and what a step says.
 *
 * @module
 */
import { oneLine } from "../util/text.ts";
import { withRun } from "./hint.ts";

const encoder = new TextEncoder();
const barWidth = 24;
const everyMs = 80;

/**
 * The person's side of a step. It writes no escape codes, whatever terminal it is: the bar is overwritten by a carriage
 * return and blanks.
 */
export class Terminal {
  readonly #name: string;
  readonly #quiet: boolean;
  readonly #bar: boolean;
  readonly #run: string | undefined;
  /** Characters of the bar that is shown. */
  #shown = 0;
  #next = 0;

  /**
   * @param name The step's name, which begins each line.
   * @param quiet Whether to show nothing but errors.
   * @param run Name of the run that commands in lines are about; absent: the one at the top.
   */
  constructor(name: string, quiet: boolean, run?: string) {
    this.#run = run;
    this.#name = name;
    this.#quiet = quiet;
    this.#bar = !quiet && Deno.stderr.isTerminal();
  }

  /** Shows how far the work is; on a terminal only, and not more often than can be seen. */
  progress(done: number, total: number, what: string = this.#name): void {
    if (!this.#bar) return;
    const now = performance.now();
    if (now < this.#next && done < total) return;
    this.#next = now + everyMs;
    const share = total > 0 ? Math.min(1, done / total) : 0;
    const full = Math.round(share * barWidth);
    const bar = `${what} ${"█".repeat(full)}${"░".repeat(barWidth - full)} ${done}/${total}`;
    this.#write(`\r${bar.padEnd(this.#shown)}`);
    this.#shown = Math.max(this.#shown, bar.length);
  }

  /** A line, unless it is to be quiet. */
  say(text: string): void {
    if (!this.#quiet) this.error(text);
  }

  /** A line that is shown in any case; a terminal finds nothing in it to obey, whatever a file is called. */
  error(text: string): void {
    this.clear();
    this.#write(`${this.#name}: ${this.#shownLine(text)}\n`);
  }

  /** Lines without the step's name, in any case. */
  lines(text: string): void {
    this.clear();
    for (const line of text.trimEnd().split("\n")) this.#write(`${this.#shownLine(line)}\n`);
  }

  #shownLine(text: string): string {
    return oneLine(withRun(text, this.#run));
  }

  /** Takes the bar away. */
  clear(): void {
    if (this.#shown > 0) this.#write(`\r${" ".repeat(this.#shown)}\r`);
    this.#shown = 0;
  }

  #write(text: string): void {
    try {
      const bytes = encoder.encode(text);
      for (let at = 0; at < bytes.length;) at += Deno.stderr.writeSync(bytes.subarray(at));
    } catch {
      // Nothing reads what is for people: the work goes on.
    }
  }
}
