/**
 * What happens to residents, as a stream that their supervisor reads.
 *
 * @module
 */

import { lastCycle } from "../../db/cycle.ts";
import { recordEvent } from "../../db/events.ts";
import type { Listing } from "../../db/listing.ts";
import { disable } from "../../db/transitions/status.ts";
import type { Issue } from "../../util/issue.ts";
import type { Entry } from "./entry.ts";
import type { RestartOptions } from "./policy.ts";
import { keepResidents } from "./table.ts";

/** What can happen to a resident. */
export type Happened =
  | { readonly type: "started" | "adopted" }
  /** How long it backs off before it is started again, in milliseconds. */
  | { readonly type: "backoff"; readonly backoffMs: number }
  /** `disabled`: it ended so often that it is started no more. */
  | { readonly type: "ended" | "disabled"; readonly issue: Issue };

/** What has happened to a resident. */
export type ResidentEvent = Happened & {
  readonly agent: string;
  /** Its process; null where there is none any more. */
  readonly pid: number | null;
  readonly restarts: number;
};

/** An end that nothing asked for. */
export function endOf(how: string, words: string): Happened {
  return { type: "ended", issue: { code: "resident.ended", message: `Its resident ${said(how, words)}` } };
}

/** The end after which it is not started again. */
export function disabling(how: string, words: string, { maxRestarts, restartWindowSeconds }: RestartOptions): Happened {
  const often = `Its resident ended ${maxRestarts} times within ${restartWindowSeconds} s`;
  return {
    type: "disabled",
    issue: { code: "resident.ends", message: `${often}; the last time it ${said(how, words)}` },
  };
}

function said(how: string, words: string): string {
  const text = `${how}${words && `: ${words}`}`;
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** Events, each kept in the listing before it can be read. */
export class ResidentEvents {
  /** Gives each event once; it ends when they are closed. */
  readonly stream: ReadableStream<ResidentEvent>;
  readonly #listing: Listing;
  #controller: ReadableStreamDefaultController<ResidentEvent> | undefined;

  constructor(listing: Listing) {
    this.#listing = listing;
    this.stream = new ReadableStream({ start: (controller) => void (this.#controller = controller) });
  }

  /** Keeps what has happened, with the resident as it is after it, in one transaction. */
  add(entry: Entry, happened: Happened, pid: number | null = entry.resident?.process?.pid ?? null): void {
    const { agent, state: { restarts } } = entry;
    this.#listing.transaction(() => {
      keepResidents(this.#listing, [entry.kept()]);
      this.#record(agent, restarts, happened);
    });
    this.#controller?.enqueue({ agent, pid, restarts, ...happened });
  }

  /** Ends the stream: what happens from now on is kept, and read by nothing. */
  close(): void {
    this.#controller?.close();
    this.#controller = undefined;
  }

  #record(agent: string, restarts: number, happened: Happened): void {
    const cycle = lastCycle(this.#listing)?.cycle ?? 0;
    if (happened.type === "ended") {
      recordEvent(this.#listing, cycle, "resident.ended", agent, { message: happened.issue.message, restarts });
    }
    if (happened.type === "disabled") disable(this.#listing, agent, cycle, happened.issue);
  }
}
