/**
 * JSON within a page.
 *
 * @module
 */

/** JSON that can stand in a script element: no sign in it can end or open anything (OWASP, rule for JSON in HTML). */
export function embeddedJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
