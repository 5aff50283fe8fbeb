/**
 * Bad data is a value: what went wrong with one agent, one file or one line.
 *
 * @module
 */

/** What is wrong with something, as it is recorded and shown. */
export interface Issue {
  /** A stable name such as `genome.truncated`, for scripts. */
  readonly code: string;
  /** One sentence for a person, with the likely fix. */
  readonly message: string;
  /** Where it is: a file (with `:line` where known) or a place in a record. */
  readonly path?: string;
  /** Of a chain whose step failed: what that step said. */
  readonly issue?: Issue;
  /** Where it is the first of several: all of them, this one included, at most {@linkcode mostFindings}. */
  readonly findings?: readonly Issue[];
}

/** How many findings an issue carries at most; its message counts those beyond as well. */
export const mostFindings = 1000;

/**
 * Several issues as one: the first, which says how many more there are and carries all.
 *
 * @param issues At least one.
 */
export function together(issues: readonly Issue[]): Issue {
  const first = issues[0]!;
  if (issues.length === 1) return first;
  const message = `${first.message} (and ${issues.length - 1} more)`;
  return { ...first, message, findings: issues.slice(0, mostFindings) };
}

/** A value, or what is wrong. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly issue: Issue };

/** A result that holds a value. */
export function good<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** A result that says what is wrong. */
export function bad(code: string, message: string, path?: string): { readonly ok: false; readonly issue: Issue } {
  return { ok: false, issue: path === undefined ? { code, message } : { code, message, path } };
}

/** The user asked for something that can't be: the step ends with exit code 2. */
export class Misuse extends Error {
  /** Of the class. */
  override name = "Misuse";
  /** What can't be. */
  readonly issue: Issue;
  /** Of an issue, whose message becomes the error's. */
  constructor(issue: Issue, options?: ErrorOptions) {
    super(issue.message, options);
    this.issue = issue;
  }
}

/** The step could not do its work: it ends with exit code 1, or one of its own. */
export class StepFailed extends Error {
  /** Of the class. */
  override name = "StepFailed";
  /** Why it could not. */
  readonly issue: Issue;
  /** Exit code of the step. */
  readonly exitCode: number;
  /** Of an issue, whose message becomes the error's. */
  constructor(issue: Issue, { exitCode = 1, ...options }: ErrorOptions & { readonly exitCode?: number } = {}) {
    super(issue.message, options);
    this.issue = issue;
    this.exitCode = exitCode;
  }
}
