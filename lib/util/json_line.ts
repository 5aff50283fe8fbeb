/**
 * Values as lines of JSON.
 *
 * @module
 */

/** What a terminal obeys, or doesn't show, and JSON lets stand as it is. */
const sly = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A value as one line of JSON with its line feed, which no terminal takes for more than text: what would move the cursor
 * or turn the direction of writing stands there as an escape, and is read back as it was.
 */
export function jsonLine(value: unknown): string {
  return `${escaped(JSON.stringify(value))}\n`;
}

/** JSON in which no character stands by itself that a terminal would obey. */
export function escaped(json: string): string {
  return json.replace(sly, (sign) => {
    let escapes = "";
    for (let i = 0; i < sign.length; i++) escapes += `\\u${sign.charCodeAt(i).toString(16).padStart(4, "0")}`;
    return escapes;
  });
}
