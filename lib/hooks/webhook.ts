/**
 * A hook that is a web address: each event is posted to it as JSON.
 *
 * @module
 */

import type { RunEvent } from "../records/events.ts";
import { Deadline } from "../isolation/deadline.ts";
import type { Issue } from "../util/issue.ts";
import { type Delivery, type HookLimits, timedOut } from "./delivery.ts";

/** Posts events to a web address. */
export class Webhook implements Delivery {
  readonly label: string;
  readonly #url: URL;
  readonly #limits: HookLimits;

  /** @param url An http or https address; only its origin is ever shown, since the rest may be a secret. */
  constructor(url: string, limits: HookLimits) {
    this.#url = new URL(url);
    this.label = `webhook ${this.#url.origin}`;
    this.#limits = limits;
  }

  async deliver(event: RunEvent, signal: AbortSignal): Promise<Issue | undefined> {
    if (this.#url.username || this.#url.password) {
      return this.#issue("hook.start", "must not have a name or password in its address; put a token in its path");
    }
    const timeout = new AbortController();
    using _deadline = new Deadline(this.#limits.timeoutMs, () => timeout.abort());
    try {
      const response = await fetch(this.#url, {
        method: "POST",
        headers: { "content-type": "application/json", "user-agent": "evolve-hooks/1" },
        body: JSON.stringify(event),
        // A redirect could carry the event to a stranger: it is an answer like any other, and a wrong one.
        redirect: "manual",
        signal: AbortSignal.any([signal, timeout.signal]),
      });
      await response.body?.cancel(); // Whatever it says, and however long it goes on.
      return this.#issueOf(response);
    } catch {
      // The error's own message would show the whole address.
      if (timeout.signal.aborted) return timedOut(this.label, this.#limits);
      if (signal.aborted) return this.#issue("hook.interrupted", "was interrupted");
      return this.#issue("hook.unreachable", "could not be reached");
    }
  }

  async close(): Promise<void> {}

  #issueOf({ ok, status }: Response): Issue | undefined {
    if (ok) return undefined;
    if (status >= 300 && status < 400) {
      return this.#issue("hook.redirected", `answered with a redirect (${status}), which is not followed`);
    }
    return this.#issue("hook.failed", `answered with status ${status}`);
  }

  #issue(code: string, what: string): Issue {
    return { code, message: `The hook ${this.label} ${what}.` };
  }
}
