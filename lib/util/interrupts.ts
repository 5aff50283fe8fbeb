/**
 * What ends a step from outside, and what nothing in it has caught.
 *
 * @module
 */

// A second Ctrl-C ends the process at once; but one key press may come twice, from the terminal and from `deno task`.
const secondInterruptMs = 500;

/** What to do. */
export interface InterruptHandlers {
  /** Aborted by Ctrl-C, SIGTERM and, unless it is ignored, SIGHUP. */
  readonly controller: AbortController;
  /** Whether a second SIGTERM ends the process at once, as a second Ctrl-C does. */
  readonly impatient?: boolean;
  /** Ends the process because of a second Ctrl-C. */
  readonly endNow: () => void;
  /** Ends the process because of an error that nothing has caught. */
  readonly uncaught: (error: unknown) => void;
  /** Whether a SIGHUP, which comes when the terminal is closed, is ignored; else it is an interrupt as well. */
  readonly deaf: () => Promise<boolean>;
}

/** Listens to Ctrl-C, SIGTERM, SIGHUP and uncaught errors for as long as the process lasts. */
export function listen({ controller, impatient, endNow, uncaught, deaf }: InterruptHandlers): void {
  let since: number | undefined;
  const end = () => controller.abort(new DOMException("The step was interrupted.", "AbortError"));
  const interrupt = () => {
    const now = performance.now();
    if (since !== undefined && now - since > secondInterruptMs) endNow();
    since ??= now;
    end();
  };
  const hangup = async () => {
    if (!await deaf()) end();
  };
  if (Deno.build.os !== "windows") {
    // First: once there is any listener, Deno ends the process by a SIGHUP that none hears, though it was ignored before.
    Deno.addSignalListener("SIGHUP", hangup);
    Deno.addSignalListener("SIGTERM", impatient ? interrupt : end);
  }
  Deno.addSignalListener("SIGINT", interrupt);
  const handle = (event: Event, error: unknown) => {
    event.preventDefault();
    uncaught(error);
  };
  globalThis.addEventListener("unhandledrejection", (event) => handle(event, event.reason));
  globalThis.addEventListener("error", (event) => handle(event, event.error));
}
