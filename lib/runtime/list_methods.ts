/**
 * Methods of lists that not every engine brings to an end.
 *
 * @module
 */

const native = Function.prototype.call.bind(Array.prototype.join) as (list: unknown[], separator?: string) => string;

/** Lists that are just being joined, the inner ones last. Nothing stays in it: it is as it was after each call. */
const joined: unknown[] = [];

/** What replaces methods of `Array.prototype`. */
export const listMethods = {
  /** A list within itself is an empty text. */
  join(this: unknown[], separator?: string): string {
    const depth = joined.length;
    for (let i = 0; i < depth; i++) if (joined[i] === this) return "";
    joined[depth] = this;
    try {
      return native(this, separator);
    } finally {
      // No call: the stack may be at its end.
      joined.length = depth;
    }
  },
};
