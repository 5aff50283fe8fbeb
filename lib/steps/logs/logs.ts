/**
 * Shows the log of an agent, and goes on with it for as long as it grows.
 *
 * @module
 */

import { statusOf } from "../../db/agents.ts";
import { Misuse } from "../../util/issue.ts";
import { findAgent } from "../../db/find_agent.ts";
import { Listing } from "../../db/listing.ts";
import type { Objective } from "../../runtime/contract.ts";
import { shownWorld } from "../../template/template.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { hanging, shownWidth } from "../../step/wrap.ts";
import { lastLines, linesAfter, loggedLine, loggedRecord, type LogLine } from "./lines.ts";
import { Stderr } from "./stderr.ts";

/** Options of `logs` besides the agent. */
export interface LogsOptions {
  /** How many of the last lines to show. */
  readonly lines: number;
  /** Whether to wait for further ones, until the agent is dead or the step is interrupted. */
  readonly follow: boolean;
}

/**
 * Tells what became of an agent's evaluations, one `agent.logged` each: the last ones, and those that end while it waits.
 *
 * So it does of ends of its resident that nothing asked for, and of what that writes on stderr.
 *
 * Takes no lock. Needs read permission for the listing, for its write-ahead log, by which it knows when to look while it
 * follows, and for the folder of residents: while nothing is written for a while it does nothing.
 *
 * @throws {Misuse} If the step's arguments name no agent, or several, or what is to be followed can't be written.
 */
export async function logs(step: StepContext, { lines, follow }: LogsOptions): Promise<Counts> {
  using listing = Listing.open(step.paths.listing, { readOnly: true });
  const id = findAgent(listing, step.args);
  if (follow && listing.isCopy) throw unfollowable(step.paths.listing);
  // From now on each change is noticed, so that none gets lost between looking and waiting.
  const watcher = follow ? Deno.watchFs(`${step.paths.listing}-wal`) : undefined;
  const last = lastLines(listing, id, Math.max(1, lines));
  const objective = shownWorld(step.paths, listing)?.objectives?.[0];
  const log = new Log(step, listing, { id, last: last.at(-1), objective });
  if (lines > 0) log.show(last);
  log.showStderr(lines);
  if (watcher) await log.follow(watcher);
  return { updates: 0, lines: log.lines };
}

function unfollowable(path: string): Misuse {
  const message = "Cannot follow an agent's log as the run's folder must be writable: nothing can be added to it; " +
    "leave --follow out.";
  return new Misuse({ code: "disk.readonly", message, path });
}

/** How long to wait before looking again after something was written, at first and at last, in milliseconds. */
const [shortestPause, longestPause] = [20, 5000];

/** The log of one agent. */
class Log {
  lines = 0;
  readonly #step: StepContext;
  readonly #listing: Listing;
  readonly #id: string;
  readonly #objective: Objective | undefined;
  readonly #stderr: Stderr;
  /** The last line that need not be shown any more. */
  #last: LogLine | undefined;

  constructor(
    step: StepContext,
    listing: Listing,
    { id, last, objective }: { id: string; last: LogLine | undefined; objective: Objective | undefined },
  ) {
    this.#step = step;
    this.#listing = listing;
    this.#id = id;
    this.#last = last;
    this.#objective = objective;
    this.#stderr = new Stderr(listing, step.paths.residents, id);
  }

  show(lines: readonly LogLine[]): void {
    for (const line of lines) {
      this.lines++;
      // A table is only written at its end, and here there may be none for long.
      if (this.#step.format === "table") this.#step.print(`${loggedLine(line, this.#objective)}\n`);
      else this.#step.emit(loggedRecord(this.#id, line, this.#objective));
    }
  }

  /** What its resident has written on stderr since it was last asked for, or the last lines of that. */
  showStderr(most = Infinity): void {
    const lines = this.#stderr.lines();
    for (const message of lines.slice(Math.max(0, lines.length - most))) {
      this.lines++;
      if (this.#step.format === "table") {
        this.#step.print(`${hanging("stderr      ", message, shownWidth(Infinity))}\n`);
      } else this.#step.emit({ type: "agent.logged", id: this.#id, kind: "stderr", message, ok: true });
    }
  }

  /**
   * Looks whenever something is written, and a few times more: what is written to the log can be seen a moment later, and
   * nothing tells of that.
   */
  async follow(watcher: Deno.FsWatcher): Promise<void> {
    const { signal } = this.#step;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const close = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", close);
      watcher.close();
    };
    let failure: { readonly error: unknown } | undefined;
    const look = (pause: number) => {
      clearTimeout(timer);
      try {
        if (signal.aborted || !this.#goOn()) close();
        else if (pause < longestPause) timer = setTimeout(look, pause, pause * 2);
      } catch (error) {
        failure = { error };
        close();
      }
    };
    signal.addEventListener("abort", close, { once: true });
    look(shortestPause);
    for await (const _ of watcher) look(shortestPause);
    if (failure) throw failure.error;
  }

  /** Shows what is new; tells whether there may be more to come. */
  #goOn(): boolean {
    const status = statusOf(this.#listing, this.#id);
    const ended = linesAfter(this.#listing, this.#id, this.#last);
    this.show(ended);
    this.#last = ended.at(-1) ?? this.#last;
    this.showStderr();
    return status !== undefined && status !== "dead";
  }
}
