/**
 * Shows the log of an agent, and goes on with it for as long as it grows.
 *
 * @module
 */

import { findAgent } from "../agents/find_agent.ts";
import { Listing } from "../agents/listing.ts";
import type { Counts, StepContext } from "../step/context.ts";
import { type EndedLife, lastLives, livesAfter, loggedLine, loggedRecord } from "./lives.ts";

/** What `logs` may be told besides the agent. */
export interface LogsOptions {
  /** How many of the last lines to show. */
  readonly lines: number;
  /** Whether to wait for further ones, until the agent is dead or the step is interrupted. */
  readonly follow: boolean;
}

/**
 * Tells what became of an agent's lives, one `agent.logged` each: the last ones, and those that end while it waits.
 *
 * Takes no lock. Needs read and write permission for the listing; to follow also read permission for its write-ahead
 * log, by which it knows when to look: while nothing is written it does nothing.
 *
 * @throws {Misuse} If the step's arguments name no agent, or several.
 */
export async function logs(step: StepContext, { lines, follow }: LogsOptions): Promise<Counts> {
  using listing = Listing.open(step.paths.listing);
  const id = findAgent(listing, step.args);
  // From now on each change is noticed, so that none gets lost between looking and waiting.
  const watcher = follow ? Deno.watchFs(`${step.paths.listing}-wal`) : undefined;
  const last = lastLives(listing, id, Math.max(1, lines));
  const log = new Log(step, listing, { id, last: last.at(-1) });
  if (lines > 0) log.show(last);
  if (watcher) await log.follow(watcher);
  return { acted: 0, lines: log.lines };
}

/** The log of one agent. */
class Log {
  lines = 0;
  readonly #step: StepContext;
  readonly #listing: Listing;
  readonly #id: string;
  /** The last life that need not be shown any more. */
  #last: EndedLife | undefined;

  constructor(step: StepContext, listing: Listing, { id, last }: { id: string; last: EndedLife | undefined }) {
    this.#step = step;
    this.#listing = listing;
    this.#id = id;
    this.#last = last;
  }

  show(lives: readonly EndedLife[]): void {
    for (const life of lives) {
      this.lines++;
      // A table is only written at its end, and here there may be none for long.
      if (this.#step.format === "table") this.#step.print(`${loggedLine(life)}\n`);
      else this.#step.emit(loggedRecord(this.#id, life));
    }
  }

  async follow(watcher: Deno.FsWatcher): Promise<void> {
    const { signal } = this.#step;
    const close = () => watcher.close();
    if (signal.aborted) return close();
    signal.addEventListener("abort", close, { once: true });
    if (!this.#goOn()) close();
    for await (const _ of watcher) {
      if (signal.aborted || this.#goOn()) continue;
      close();
      break;
    }
    signal.removeEventListener("abort", close);
  }

  /** Shows what is new; tells whether there may be more to come. */
  #goOn(): boolean {
    const agent = this.#listing.get<{ status: string }>("SELECT status FROM agents WHERE id = ?", this.#id);
    const ended = livesAfter(this.#listing, this.#id, this.#last);
    this.show(ended);
    this.#last = ended.at(-1) ?? this.#last;
    return agent !== undefined && agent.status !== "dead";
  }
}
