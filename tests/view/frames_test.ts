import { assert } from "@std/assert";
import fc from "fast-check";
import { areFrames } from "../../lib/view/frames.ts";
import type { Shape } from "../../lib/runtime/contract.ts";
import { viewSvg } from "../../lib/view/svg.ts";
import { anyEpisode, episodeOf } from "./made_shapes.ts";

Deno.test("areFrames() takes whatever a view may draw", () => {
  fc.assert(fc.property(anyEpisode, (episode) => areFrames(episode)));
});

Deno.test("areFrames() takes no JSON in which any value was put in the place of another one", () => {
  const values = fc.oneof(fc.jsonValue(), fc.constantFrom(null, NaN, Infinity, -1, 0.5, 1e13, "x".repeat(201), [], {}));
  fc.assert(fc.property(anyEpisode, fc.nat(), values, (episode, choice, value) => {
    const given = structuredClone(episode);
    const places = placesIn(given);
    const [holder, key] = places[choice % places.length]!;
    holder[key] = value;
    // Whatever it is: it is said, and what is taken can be drawn.
    if (areFrames(given)) {
      assert(!/NaN|Infinity|undefined|object/.test(viewSvg(episodeOf(...given.shapes.map(plain)), { title: "" })));
    }
  }));
});

/** Without its own words. */
function plain(shape: Shape): Shape {
  return { ...shape, ...(shape.shape === "text" && { text: "" }), label: "" };
}

/** All records and lists of plain data with their keys. */
function placesIn(value: unknown): [Record<string, unknown>, string][] {
  if (typeof value !== "object" || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [[holder, key] as [typeof holder, string], ...placesIn(holder[key])]);
}

const cell = { shape: "cell", x: 0, y: 0, width: 1, height: 1 } as const;
const line = { shape: "line", points: Array.from({ length: 15_000 }, () => [0, 0] as [number, number]) } as const;
const whole = episodeOf(cell);

Deno.test("areFrames() takes nothing that is out of a bound", () => {
  const frame = { step: 0, shapes: [0] };
  const wrong: unknown[] = [
    ...[null, 1, "", [], {}, { shapes: [] }, { ...whole, more: 1 }, { ...whole, frames: [] }, { ...whole, shapes: {} }],
    ...[{ step: 0 }, { ...frame, shapes: [1] }, { ...frame, shapes: [-1] }, { ...frame, shapes: [0.5] }, null].map((
      one,
    ) => ({ ...whole, frames: [one] })),
    { ...whole, frames: [frame, frame] },
    { ...whole, frames: [{ ...frame, step: 2 }, { ...frame, step: 1 }] },
    { ...whole, frames: [{ ...frame, shapes: new Array(2001).fill(0) }] },
    { ...whole, frames: Array.from({ length: 501 }, (_, step) => ({ ...frame, step })) },
    { ...whole, shapes: [{ ...cell, onload: "alert(1)" }] },
    JSON.parse(
      '{"shapes":[{"shape":"cell","x":0,"y":0,"width":1,"height":1,"__proto__":{}}],"frames":[{"step":0,"shapes":[]}]}',
    ),
    episodeOf(line, line),
  ];
  for (const one of wrong) assert(!areFrames(one), JSON.stringify(one).slice(0, 200));
  assert(areFrames(episodeOf(line)));
  assert(!areFrames({ ...whole, frames: [frame, { ...frame, step: 1 }] }, 1), "more than were asked for");
});
