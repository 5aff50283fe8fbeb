/**
 * The states of a resident and the only ways between them, without any effect of their own: the keeper of residents
 * says what has happened, and does what follows.
 *
 * @module
 */

import { afterEnd, type End, type History, type RestartOptions, unharmed } from "./policy.ts";

/**
 * All phases of a resident. `down`: no process, and none is due; `found`: a former supervisor's process; `starting`: a
 * process that has not answered yet; `up`; `ending`: a process that was asked to end; `backoff`: none until a time;
 * `worn`: none any more, since it ended too often.
 */
export const phases = ["down", "found", "starting", "up", "ending", "backoff", "worn"] as const;

/** The phase of a resident. */
export type Phase = (typeof phases)[number];

/** Where one resident stands. */
export interface State {
  readonly phase: Phase;
  /** What is to run: artifact and conditions as one text; undefined: nothing. */
  readonly wanted: string | undefined;
  /** What its process runs, or ran last. */
  readonly running: string | undefined;
  /** When it was up, in milliseconds since 1970. */
  readonly since: number;
  /** When its back-off is over, likewise. */
  readonly until: number;
  readonly history: History;
  /** How often it was started again after an end that nothing asked for. */
  readonly restarts: number;
}

/** What can happen to a resident. */
export type Happening =
  | { readonly type: "wanted"; readonly as: string | undefined }
  | { readonly type: "answered"; readonly at: number }
  /** Its process has ended; `excused`: for a reason that is counted elsewhere. */
  | { readonly type: "ended"; readonly end: Omit<End, "upMs">; readonly excused: boolean }
  | { readonly type: "rested"; readonly at: number };

/** What is to be done now; nothing where it is absent. */
export type Order = "start" | "adopt" | "end" | "backoff" | "disable";

/** The next state, and what is to be done. */
export interface Step {
  readonly state: State;
  readonly order?: Order;
}

/** A resident that was never started. */
export const absent: State = {
  phase: "down",
  wanted: undefined,
  running: undefined,
  since: 0,
  until: 0,
  history: unharmed,
  restarts: 0,
};

/**
 * What follows when something happens to a resident.
 *
 * @throws {Error} If that can't happen in its phase: a bug of the caller, who must be the one owner of its process.
 */
export function follow(state: State, happening: Happening, options: RestartOptions): Step {
  switch (happening.type) {
    case "wanted":
      return wanted({ ...state, wanted: happening.as });
    case "answered":
      demand(state, ["starting"], happening);
      return { state: { ...state, phase: "up", since: happening.at } };
    case "ended":
      demand(state, ["found", "starting", "up", "ending"], happening);
      return ended(state, happening.end, happening.excused, options);
    case "rested":
      demand(state, ["backoff"], happening);
      return happening.at < state.until
        ? { state, order: "backoff" }
        : started({ ...state, restarts: state.restarts + 1 });
  }
}

function wanted(state: State): Step {
  const { phase, running } = state;
  const same = state.wanted === running;
  switch (phase) {
    case "down":
      return state.wanted === undefined ? { state } : started(state);
    case "found":
      return same ? { state: { ...state, phase: "starting" }, order: "adopt" } : ending(state);
    case "starting":
    case "up":
      return same ? { state } : ending(state);
    case "ending":
      return { state };
    case "backoff":
    case "worn":
      // What ended so often was another build, or another configuration: it has a clean slate.
      return same ? { state } : wanted({ ...state, phase: "down", history: unharmed, until: 0 });
  }
}

function ended(state: State, end: Omit<End, "upMs">, excused: boolean, options: RestartOptions): Step {
  if (state.phase === "ending" || excused) return wanted({ ...state, phase: "down" });
  const upMs = state.phase === "up" ? end.at - state.since : 0;
  const { history, backoffMs } = afterEnd(state.history, { ...end, upMs }, options);
  if (backoffMs === null) return { state: { ...state, phase: "worn", history: unharmed }, order: "disable" };
  const after = { ...state, history };
  // Found dead: whether it is still wanted will be said.
  const backingOff: State = { ...after, phase: "backoff", until: end.at + backoffMs };
  return backoffMs > 0 || state.phase === "found"
    ? { state: backingOff, order: "backoff" }
    : started({ ...after, restarts: state.restarts + 1 });
}

function started(state: State): Step {
  return { state: { ...state, phase: "starting", running: state.wanted, until: 0 }, order: "start" };
}

function ending(state: State): Step {
  return { state: { ...state, phase: "ending" }, order: "end" };
}

function demand({ phase }: State, allowed: readonly Phase[], { type }: Happening): void {
  if (!allowed.includes(phase)) throw new Error(`A resident that is ${phase} can't be ${type}`);
}
