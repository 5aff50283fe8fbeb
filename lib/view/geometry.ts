/**
 * What part of a world's plane is seen.
 *
 * @module
 */

import type { EpisodeFrames, Shape, ViewArea } from "../runtime/contract.ts";

/** Left, top, right and bottom. */
type Box = readonly [left: number, top: number, right: number, bottom: number];

/** Around what is fitted, as a share of its longer side. */
const margin = 0.04;

/** An extent below it counts as none: to show that in pixels would take numbers that there are not. */
const leastExtent = 1e-9;

/**
 * The area that all shapes of episodes lie in, with a margin around them; a text counts with its size, about as wide as it
 * is long. Never without width and height.
 */
export function fittedArea(episodes: readonly EpisodeFrames[]): ViewArea {
  const shapes = episodes.flatMap((one) => one.shapes);
  // The size of texts without one depends on the area, so that these count by their places first.
  const bare = grown(unionOf(shapes, 0));
  return grown(unionOf(shapes, textSize(bare)));
}

/** How large a text is that says nothing of it. */
export function textSize({ width, height }: Pick<ViewArea, "width" | "height">): number {
  return Math.max(width, height) / 30;
}

function unionOf(shapes: readonly Shape[], size: number): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const shape of shapes) {
    const box = boxOf(shape, size);
    left = Math.min(left, box[0]);
    top = Math.min(top, box[1]);
    right = Math.max(right, box[2]);
    bottom = Math.max(bottom, box[3]);
  }
  return left <= right ? [left, top, right, bottom] : [0, 0, 1, 1];
}

function boxOf(shape: Shape, size: number): Box {
  const { shape: kind } = shape;
  if (kind === "circle") {
    const { x, y, radius } = shape;
    return [x - radius, y - radius, x + radius, y + radius];
  }
  if (kind === "cell") return [shape.x, shape.y, shape.x + shape.width, shape.y + shape.height];
  if (kind === "text") {
    const { x, y, text, size: own = size } = shape;
    return [x, y - own, x + 0.6 * own * text.length, y + 0.25 * own];
  }
  const half = (shape.width ?? 0) / 2;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of shape.points) {
    left = Math.min(left, x - half);
    top = Math.min(top, y - half);
    right = Math.max(right, x + half);
    bottom = Math.max(bottom, y + half);
  }
  return [left, top, right, bottom];
}

function grown([left, top, right, bottom]: Box): ViewArea {
  const extent = Math.max(right - left, bottom - top);
  const longer = extent < leastExtent ? 1 : extent;
  // What has no extent in one direction is still to be seen in it.
  const [width, height] = [Math.max(right - left, longer / 20), Math.max(bottom - top, longer / 20)];
  const edge = longer * margin;
  return {
    x: (left + right - width) / 2 - edge,
    y: (top + bottom - height) / 2 - edge,
    width: width + 2 * edge,
    height: height + 2 * edge,
  };
}
