/**
 * The modes of supervising, as `--mode` takes them.
 *
 * @module
 */

import type { IsolationName } from "./names.ts";
import { Misuse } from "../util/issue.ts";

/** All of them; which one it is changes no result. */
export const modes = ["episode", "resident"] as const;

/** A mode of supervising: a process for each evaluation, or for each agent one that lasts. */
export type Mode = (typeof modes)[number];

/** What a command line says of how agents are run; absent is what it leaves out. */
export interface ModeFlags {
  readonly mode?: Mode;
  readonly isolation?: IsolationName;
  readonly once?: boolean;
  readonly concurrency?: number;
  readonly workers?: number;
  readonly evaluators?: readonly string[];
}

/**
 * Refuses flags of which one leaves another without effect.
 *
 * @throws {Misuse} Names both.
 */
export function checkModes(
  { mode = "episode", isolation = "process", once, concurrency, workers, evaluators }: ModeFlags,
): void {
  if (mode === "resident") {
    if (evaluators) throw clash("--mode resident with --evaluators as a resident lasts on the machine of its agent");
    if (isolation === "process") return;
    throw clash(`--mode resident with --isolation ${isolation} as each agent must have a process of its own`);
  }
  if (once) throw clash("--once as it must come with --mode resident");
  if (concurrency !== undefined && workers !== undefined) {
    throw clash("--workers with --concurrency as both say how many processes there are at once; leave one of them out");
  }
}

function clash(what: string): Misuse {
  return new Misuse({ code: "arguments", message: `Cannot use ${what}.` });
}
