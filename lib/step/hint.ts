/**
 * Commands that messages name, as they have to be typed for the run that the message is about.
 *
 * @module
 */

import type { Issue } from "../issue.ts";

/** The tasks that are about one run. */
const ofRun: ReadonlySet<string> = new Set(
  ("init scan sync-wiring build supervise select hooks report lifecycle start status explain logs stop backup restore " +
    "doctor enable").split(" "),
);

/**
 * A message with `--run NAME` in each command that it names: without that they would be done to the run at the top.
 *
 * @param run Name of the run; undefined: the one at the top, so that the message stays as it is.
 */
export function withRun(message: string, run: string | undefined): string {
  if (run === undefined) return message;
  return message.replaceAll(/`deno task ([a-z-]+)([^`]*)`/g, (command, task: string, rest: string) => {
    const isWhole = !ofRun.has(task) || / --run\b/.test(rest);
    return isWhole ? command : `\`deno task ${task} --run ${run}${rest}\``;
  });
}

/** The same in an issue, and in what it carries of others. */
export function issueWithRun(issue: Issue, run: string | undefined): Issue {
  const { message, issue: of, findings } = issue;
  return {
    ...issue,
    message: withRun(message, run),
    ...(of && { issue: issueWithRun(of, run) }),
    ...(findings && { findings: findings.map((one) => issueWithRun(one, run)) }),
  };
}
