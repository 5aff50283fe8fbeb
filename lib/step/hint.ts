/**
 * Commands that messages name, as they have to be typed for the run that the message is about.
 *
 * @module
 */

import { oneLine } from "../util/text.ts";
import type { Issue } from "../util/issue.ts";

/** The tasks that are about one run. */
export const ofRun: ReadonlySet<string> = new Set(
  ("init scan sync-wiring build supervise select hooks report lifecycle start status explain show answers replay draw race controls ablate try compare metrics export logs stop " +
    "backup restore doctor enable").split(" "),
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

/**
 * An issue as it is shown, with what it carries of others: its commands name the run, and each message is one line that no
 * terminal takes for more than text.
 *
 * @param run Name of the run; undefined: the one at the top.
 */
export function shownIssue(issue: Issue, run: string | undefined): Issue {
  const { message, path, issue: of, findings } = issue;
  return {
    ...issue,
    message: oneLine(withRun(message, run)),
    // A path within a run is told from where the person stands.
    ...(run !== undefined && path?.startsWith("workspace/") && { path: `runs/${run}/${path}` }),
    ...(of && { issue: shownIssue(of, run) }),
    ...(findings && { findings: findings.map((one) => shownIssue(one, run)) }),
  };
}
