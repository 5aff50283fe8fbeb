/**
 * Gives dead letters to their hooks again.
 *
 * @module
 */

import type { ConfiguredHook } from "../../hooks/configured_hooks.ts";
import { type DeadLetter, type LetterLine, readDeadLetters, replaceDeadLetters } from "../../hooks/dead_letters.ts";
import { concernOf } from "../../hooks/delivery.ts";
import { withFormerNames } from "../../hooks/former_event.ts";
import type { Attempts } from "./attempts.ts";
import { tell, type Work } from "./report.ts";

/** A hook with the attempts that it is given. */
export interface Served {
  readonly hook: ConfiguredHook;
  readonly attempts: Attempts;
}

/**
 * Gives dead letters to their hooks again, in the order of events; those that are taken leave the file. They keep their ids.
 *
 * Those of hooks that are not configured any more stay.
 */
export async function retryDead(served: readonly Served[], work: Work): Promise<void> {
  const { step } = work;
  const lines = readDeadLetters(step.paths.logs);
  if (lines.length === 0) return step.say("There are no dead letters.");
  const rest = (await Promise.all(served.map((one) => giveAgain(one, lettersOf(lines, one.hook), work)))).flat();
  const names = new Set(served.map(({ hook }) => hook.name));
  const others = lines.filter((line) => typeof line === "string" || !names.has(line.hook));
  if (others.length > 0) {
    const count = others.length === 1 ? "1 dead letter is" : `${others.length} dead letters are`;
    step.say(`${count} of no hook that is configured: see logs/dead-letters.ndjson.`);
  }
  replaceDeadLetters(step.paths.logs, [...others, ...rest]);
}

function lettersOf(lines: readonly LetterLine[], { name }: ConfiguredHook): DeadLetter[] {
  return lines.filter((line) => typeof line !== "string").filter(({ hook }) => hook === name)
    .sort((a, b) => a.event.number - b.event.number);
}

/** Gives a hook its letters; returns those that it has not taken. */
async function giveAgain(
  { hook, attempts }: Served,
  letters: readonly DeadLetter[],
  work: Work,
): Promise<DeadLetter[]> {
  const rest: DeadLetter[] = [];
  let goesOn = attempts.mayGoOn;
  for (const letter of letters) {
    const again = goesOn ? await giveOnce(letter) : letter;
    if (again) rest.push(again);
  }
  return rest;

  async function giveOnce(letter: DeadLetter): Promise<DeadLetter | undefined> {
    const { event, eventId, reason: dead } = letter;
    const failure = await attempts.make({ event: { ...withFormerNames(event), eventId }, seed: work.seed });
    const attempt = letter.attempts + 1;
    if (!failure) {
      tell(hook, event, { attempt }, work);
      return undefined;
    }
    const { retryAfterMs: _, ...issue } = failure;
    tell(hook, event, { attempt, issue, dead }, work);
    goesOn = attempts.mayGoOn && concernOf(issue) !== "hook" && !hook.ordered;
    return concernOf(issue) === "none" ? letter : { ...letter, attempts: attempt, issue };
  }
}
