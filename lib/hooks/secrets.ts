/**
 * Secrets of hooks: the configuration has the names of variables that hold them, and nothing that is written has more.
 *
 * @module
 */

import type { Issue } from "../util/issue.ts";

/** What a hook lacks. */
export function lacksSecret(label: string, name: string, what: string): Issue {
  return {
    code: "hook.secret",
    message: `The hook ${label} needs the variable ${name} ${what}: set it where the steps are started.`,
  };
}

/** The value of a variable; `undefined` where it is not set, or empty. Needs env permission for it. */
export function secretOf(name: string): string | undefined {
  return Deno.env.get(name) || undefined;
}

/** A text with the names of variables in place of what they hold. Needs env permission for them. */
export function redacted(text: string, names: readonly string[]): string {
  for (const name of names) {
    const value = secretOf(name);
    if (value === undefined) continue;
    for (const form of [value, URL.parse(value)?.href, value.trim()]) {
      if (form) text = text.replaceAll(form, `[${name}]`);
    }
  }
  return text;
}
