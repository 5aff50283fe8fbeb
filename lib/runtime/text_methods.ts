/**
 * Methods of texts that engines bound in their own ways.
 *
 * @module
 */

const native = Function.prototype.call.bind(String.prototype.repeat) as (text: string, count?: number) => string;

/** Most repetitions that all engines count; a text of so many characters is too long for each of them. */
const most = 2_147_483_647;

/** What replaces methods of `String.prototype`. */
export const textMethods = {
  repeat(this: string, count?: number): string {
    const text = `${this}`, times = +(count as number);
    if (!(times > most) || times === Infinity) return native(text, times);
    return text === "" ? "" : native(text, most);
  },
};
