/**
 * What records say that has failed, each thing once.
 *
 * @module
 */

import type { Issue } from "../../util/issue.ts";
import { plain } from "../../tables/show.ts";

/** What failed, made harmless: on one line, without signs that can't be seen. */
export interface Finding {
  /** A failed step is an error; an agent that was disabled or refused is none of the step's. */
  readonly level: "error" | "warning";
  readonly code: string;
  readonly message: string;
  /** As the record has it, such as `/home/me/template/src/rl.ts:65`. */
  readonly path?: string;
  /** In how many records it stands. */
  times: number;
}

const longest = { code: 100, message: 2000, path: 1000 } as const;
/** Distinct ones of a level that are kept. */
const mostKept = 100;

/** Gathers what failed, in bounded memory. */
export class Findings {
  readonly #found = new Map<string, Finding>();
  #dropped = 0;

  /** Takes a record; what is no record, or tells of no failure, is passed over. */
  add(record: unknown): void {
    const issue = innermost(record);
    if (issue === undefined) return;
    const level = (record as { readonly id?: unknown }).id == null ? "error" : "warning";
    const finding: Finding = {
      level,
      code: cut(issue.code, longest.code),
      message: cut(issue.message, longest.message),
      ...(typeof issue.path === "string" && { path: cut(issue.path, longest.path) }),
      times: 1,
    };
    const key = JSON.stringify([finding.code, finding.message, finding.path]);
    const known = this.#found.get(key);
    if (known) known.times++;
    else if (this.#of(level).length < mostKept) this.#found.set(key, finding);
    else this.#dropped++;
  }

  /** The first of them, errors before warnings, and how many more there are. */
  first(most: number): { readonly shown: readonly Finding[]; readonly more: number } {
    const all = [...this.#of("error"), ...this.#of("warning")];
    return { shown: all.slice(0, most), more: Math.max(0, all.length - most) + this.#dropped };
  }

  #of(level: Finding["level"]): Finding[] {
    return [...this.#found.values()].filter((finding) => finding.level === level);
  }
}

/** The issue of a record; of a chain's, that of the step that failed. */
function innermost(record: unknown): Issue | undefined {
  let issue = fields(record).ok === false ? fields(record).issue : undefined;
  while (isIssue(fields(issue).issue)) issue = fields(issue).issue;
  return isIssue(issue) ? issue : undefined;
}

function isIssue(value: unknown): value is Issue {
  const { code, message } = fields(value);
  return typeof code === "string" && typeof message === "string";
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? value as Record<string, unknown> : {};
}

function cut(text: string, most: number): string {
  const characters = [...plain(text).trim()];
  return characters.length <= most ? characters.join("") : `${characters.slice(0, most - 1).join("")}…`;
}
