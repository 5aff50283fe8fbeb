/**
 * What the process of a module prints, line by line.
 *
 * @module
 */

/** Lines made of the pieces of a stream. */
export class Printed {
  readonly #say: (line: string) => void;
  #rest = "";

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  /** Tells all lines that have an end; empty ones are left out. */
  push(text: string): void {
    // Only what is new is looked at: a line may come in many pieces.
    if (!text.includes("\n")) {
      this.#rest += text;
      return;
    }
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop()!;
    for (const line of lines) if (line.trim() !== "") this.#say(line);
  }

  /** Tells what is left as a line. */
  end(): void {
    this.push("\n");
  }
}
