/**
 * The log of the steps: structured JSON lines in the run's `logs/steps.ndjson`, and a short line on stderr.
 *
 * @module
 */

import type { Logger, LogLevel } from "./context.ts";
import { logLevels } from "./context.ts";

/** A line that waits for the log to be opened. */
export interface LogLine {
  readonly level: LogLevel;
  readonly message: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Where lines go once there are any. */
export interface LogSink {
  write(line: LogLine): void;
  close(): void;
}

/** A logger that opens its sink with the first line that is grave enough, so that a silent step loads nothing. */
export class LazyLog {
  readonly logger: Logger;
  readonly #open: () => Promise<LogSink>;
  #sink: Promise<LogSink | undefined> | undefined;
  #last: Promise<void> = Promise.resolve();

  /**
   * @param level Lines below it are dropped.
   * @param open Makes the sink; if that fails the lines are dropped, since a log never stops the work.
   * @param show Shows a line to the person.
   */
  constructor(level: LogLevel, open: () => Promise<LogSink>, show: (line: LogLine) => void) {
    this.#open = open;
    const least = logLevels.indexOf(level);
    const at = (own: LogLevel) => (message: string, properties: Readonly<Record<string, unknown>> = {}) => {
      if (logLevels.indexOf(own) < least) return;
      const line = { level: own, message, properties, at: Date.now() };
      show(line);
      this.#write(line);
    };
    this.logger = { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
  }

  /** Writes a line that the person has been shown otherwise. */
  note(level: LogLevel, message: string, properties: Readonly<Record<string, unknown>>): void {
    this.#write({ level, message, properties, at: Date.now() });
  }

  /** Resolves when all lines are written and the sink is closed. */
  async close(): Promise<void> {
    await this.#last;
    (await this.#sink)?.close();
  }

  #write(line: LogLine): void {
    this.#sink ??= this.#open().catch(() => undefined);
    const sink = this.#sink;
    this.#last = this.#last.then(async () => (await sink)?.write(line)).catch(() => {});
  }
}
