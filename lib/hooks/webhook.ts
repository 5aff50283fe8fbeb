/**
 * A hook that is a web address: each event is posted to it as JSON.
 *
 * @module
 */

import { Deadline } from "../isolation/deadline.ts";
import { type Delivery, type Failure, type HookLimits, timedOut } from "./delivery.ts";
import { cloudEvent, type Message } from "./message.ts";
import { lacksSecret, secretOf } from "./secrets.ts";
import { keyOf, signedHeaders } from "./signature.ts";

/** How events are posted. */
export interface WebhookOptions {
  /** Names of variables, each with a key that a signature is made with. */
  readonly secretEnv?: readonly string[];
  /** `cloudevents`: as CloudEvents 1.0. */
  readonly format?: "event" | "cloudevents";
}

/** Where a webhook is: its address, or the variable that holds it. */
export type Address = string | { readonly env: string };

/** Statuses after which another attempt may come off well, besides those from 500 on. */
const passing: readonly number[] = [408, 425, 429];

/** Posts events to a web address. */
export class Webhook implements Delivery {
  readonly label: string;
  readonly #address: Address;
  readonly #limits: HookLimits;
  readonly #options: WebhookOptions;

  /** @param address Of http or https; only its origin is ever shown, since the rest may be a secret. */
  constructor(address: Address, limits: HookLimits, options: WebhookOptions = {}) {
    this.#address = address;
    this.label = `webhook ${typeof address === "string" ? new URL(address).origin : address.env}`;
    this.#limits = limits;
    this.#options = options;
  }

  async deliver(message: Message, signal: AbortSignal): Promise<Failure | undefined> {
    const url = this.#url();
    if (!(url instanceof URL)) return url;
    const keys = this.#keys();
    if (!Array.isArray(keys)) return keys;
    const request = await this.#request(message, keys);
    const timeout = new AbortController();
    using _deadline = new Deadline(this.#limits.timeoutMs, () => timeout.abort());
    try {
      const response = await fetch(url, { ...request, signal: AbortSignal.any([signal, timeout.signal]) });
      await response.body?.cancel(); // Whatever it says, and however long it goes on.
      return this.#failureOf(response);
    } catch {
      // The error's own message would show the whole address.
      if (timeout.signal.aborted) return timedOut(this.label, this.#limits);
      if (signal.aborted) return this.#issue("hook.interrupted", "was interrupted");
      return this.#issue("hook.unreachable", "could not be reached");
    }
  }

  async close(): Promise<void> {}

  #url(): URL | Failure {
    const held = typeof this.#address === "string" ? this.#address : secretOf(this.#address.env);
    const url = held === undefined ? null : URL.parse(held);
    if (typeof this.#address !== "string" && (!url || !/^https?:$/.test(url.protocol))) {
      return lacksSecret(this.label, this.#address.env, "with an http or https address");
    }
    if (!url!.username && !url!.password) return url!;
    return this.#issue(
      "hook.start",
      "must not have a name or password in its address; put a token in its path, and the address in a variable",
    );
  }

  #keys(): Uint8Array<ArrayBuffer>[] | Failure {
    const keys: Uint8Array<ArrayBuffer>[] = [];
    for (const name of this.#options.secretEnv ?? []) {
      const key = keyOf(secretOf(name) ?? "");
      if (!key) return lacksSecret(this.label, name, "with a key, which is whsec_ and 24 to 64 bytes in base64");
      keys.push(key);
    }
    return keys;
  }

  async #request(message: Message, keys: readonly Uint8Array<ArrayBuffer>[]): Promise<RequestInit> {
    const isCloudEvent = this.#options.format === "cloudevents";
    const body = JSON.stringify(isCloudEvent ? cloudEvent(message) : message.event);
    const headers = await signedHeaders(message.event.eventId, body, keys, Math.floor(Date.now() / 1000));
    const type = isCloudEvent ? "application/cloudevents+json; charset=utf-8" : "application/json";
    return {
      method: "POST",
      headers: { ...headers, "content-type": type, "user-agent": "evolve-hooks/1" },
      body,
      // A redirect could carry the event to a stranger: it is an answer like any other, and a wrong one.
      redirect: "manual",
    };
  }

  #failureOf({ ok, status, headers }: Response): Failure | undefined {
    if (ok) return undefined;
    if (status >= 300 && status < 400) {
      return this.#issue("hook.redirected", `answered with a redirect (${status}), which is not followed`);
    }
    if (status < 500 && !passing.includes(status)) {
      return this.#issue("hook.refused", `refused the event with status ${status}`);
    }
    const retryAfterMs = waitOf(headers.get("retry-after"), Date.now());
    return {
      ...this.#issue("hook.unavailable", `answered with status ${status}`),
      ...(retryAfterMs > 0 && { retryAfterMs }),
    };
  }

  #issue(code: string, what: string): Failure {
    return { code, message: `The hook ${this.label} ${what}.` };
  }
}

/** What `Retry-After` asks for in milliseconds, 0 where it can't be read: seconds, or a time of day. */
function waitOf(text: string | null, now: number): number {
  const wait = /^\s*\d{1,9}\s*$/.test(text ?? "") ? Number(text) * 1000 : Date.parse(text ?? "") - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : 0;
}
