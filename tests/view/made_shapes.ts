/** Shapes and episodes as they may be. */

import fc from "fast-check";
import type { EpisodeFrames, Shape } from "../../lib/runtime/contract.ts";
import { colors } from "../../lib/runtime/shape_colors.ts";

const number = fc.oneof(
  fc.double({ min: -1e12, max: 1e12, noNaN: true }).map((value) => value + 0),
  fc.integer({ min: -9, max: 9 }),
);
const size = number.map(Math.abs);

/** Texts of whatever characters there are, and those that markup is made of. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 }).map((units) => String.fromCharCode(...units)),
  fc.constantFrom(
    "</script><script>alert(1)</script>",
    "<!--",
    "]]>",
    '"><img src=x onerror=alert(1)>',
    "</title></svg><script>",
    "&lt;b&gt;",
    "\u202egnp.exe",
    "\u2028",
  ),
);

const look = {
  color: fc.option(fc.oneof(fc.constantFrom(...colors as "ink"[]), fc.nat()), { nil: undefined }),
  label: fc.option(anyText, { nil: undefined }),
};

/** Any shape. */
export const anyShape: fc.Arbitrary<Shape> = fc.oneof(
  fc.record({ shape: fc.constant("circle" as const), x: number, y: number, radius: size, ...look }),
  fc.record({
    shape: fc.constant("line" as const),
    points: fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 5 }),
    width: fc.option(size, { nil: undefined }),
    ...look,
  }),
  fc.record({ shape: fc.constant("cell" as const), x: number, y: number, width: size, height: size, ...look }),
  fc.record({
    shape: fc.constant("text" as const),
    x: number,
    y: number,
    text: anyText,
    size: fc.option(size, { nil: undefined }),
    ...look,
  }),
);

/** What may have been drawn of an episode, as it comes from another process. */
export const anyEpisode: fc.Arbitrary<EpisodeFrames> = fc.array(anyShape, { minLength: 1, maxLength: 8 }).chain((
  shapes,
) =>
  fc.array(fc.array(fc.nat({ max: shapes.length - 1 }), { maxLength: 10 }), { minLength: 1, maxLength: 4 }).map((
    frames,
  ) => JSON.parse(JSON.stringify({ shapes, frames: frames.map((places, step) => ({ step, shapes: places })) })))
);

/** A drawing of one frame with these shapes. */
export function episodeOf(...shapes: readonly Shape[]): EpisodeFrames {
  return { shapes, frames: [{ step: 0, shapes: shapes.map((_, place) => place) }] };
}
