/**
 * Methods of texts that engines bound in their own ways, or whose outcome depends on the Unicode that they know.
 *
 * @module
 */

const { call } = Function.prototype;
const native = call.bind(String.prototype.repeat) as (text: string, count?: number) => string;
const lower = call.bind(String.prototype.toLowerCase) as (text: string) => string;
const upper = call.bind(String.prototype.toUpperCase) as (text: string) => string;

/** Most repetitions that all engines count; a text of so many characters is too long for each of them. */
const most = 2_147_483_647;

/** Letters to which Unicode 17 gave another case: not all engines know it, so here they have none. */
const unequal = "\\ua7ce-\\ua7cf\\ua7d2-\\ua7d5\\u{16ea0}-\\u{16eb8}\\u{16ebb}-\\u{16ed3}";
const isUnequal = new RegExp(`[${unequal}]`, "u");
const isOdd = new RegExp(`[\\u03a3${unequal}]`, "u");

/** What replaces methods of `String.prototype`. */
export const textMethods = {
  repeat(this: string, count?: number): string {
    const text = `${this}`, times = +(count as number);
    if (!(times > most) || times === Infinity) return native(text, times);
    return text === "" ? "" : native(text, most);
  },
  /** A sigma is a final one where a letter with cases stands right before it, and none right after it. */
  toLowerCase(this: string): string {
    const text = textOf(this);
    if (!isOdd.test(text)) return lower(text);
    const all = pointsOf(text);
    let out = "";
    for (let i = 0; i < all.length; i++) {
      const one = all[i]!;
      if (one === "\u03a3") out += hasCases(all[i - 1]) && !hasCases(all[i + 1]) ? "\u03c2" : "\u03c3";
      else out += isUnequal.test(one) ? one : lower(one);
    }
    return out;
  },
  toUpperCase(this: string): string {
    const text = textOf(this);
    if (!isUnequal.test(text)) return upper(text);
    let out = "";
    for (const one of pointsOf(text)) out += isUnequal.test(one) ? one : upper(one);
    return out;
  },
};

function textOf(value: unknown): string {
  if (value === undefined || value === null) throw new TypeError("Cannot read the letters of nothing");
  return `${value}`;
}

function pointsOf(text: string): string[] {
  return Array.from(text);
}

function hasCases(one: string | undefined): boolean {
  return one !== undefined && !isUnequal.test(one) && lower(one) !== upper(one);
}
