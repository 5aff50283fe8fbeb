/**
 * The bits that have been told, ten in a row: ones in colour.
 *
 * @module
 */

import type { Shape } from "evolve/contract";
import type { Told } from "./world.ts";

/** What is seen: ten rows of ten, and a line below. */
export const area = { x: -0.2, y: -0.2, width: 10.4, height: 11.4 };

/** What there is to see. */
export function view({ bits, ones }: Told): Shape[] {
  const cells = bits.map((bit, place): Shape => ({
    shape: "cell",
    x: place % 10,
    y: Math.floor(place / 10),
    width: 0.9,
    height: 0.9,
    color: bit === 1 ? "blue" : "faint",
    label: `bit ${place}: ${bit}`,
  }));
  return [...cells, { shape: "text", x: 0, y: 10.7, text: `${ones} ones of ${bits.length}`, size: 0.6 }];
}
