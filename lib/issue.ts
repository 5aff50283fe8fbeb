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
  override name = "Misuse";
  readonly issue: Issue;
  constructor(issue: Issue, options?: ErrorOptions) {
    super(issue.message, options);
    this.issue = issue;
  }
}

/** The step could not do its work: it ends with exit code 1. */
export class StepFailed extends Error {
  override name = "StepFailed";
  readonly issue: Issue;
  constructor(issue: Issue, options?: ErrorOptions) {
    super(issue.message, options);
    this.issue = issue;
  }
}
