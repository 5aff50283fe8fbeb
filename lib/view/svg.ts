/**
 * One frame of an episode as an SVG file that needs nothing else.
 *
 * @module
 */

import type { EpisodeFrames, Shape, ViewArea } from "../runtime/contract.ts";
import { xmlText } from "../util/xml.ts";
import { fittedArea, textSize } from "./geometry.ts";
import { colorName, paletteCss } from "./palette.ts";

/** The longer side of a file, in pixels. */
const longer = 800;

/** What an SVG file is made of. */
export interface ViewSvgOptions {
  /** What it shows: its title, for whoever can't see it. */
  readonly title: string;
  /** The part that is seen, from the pool's `view`. @default what all frames have in them */
  readonly area?: ViewArea;
}

/**
 * The last frame of an episode as an SVG file: light or dark as the system is, and without scripts, links or foreign content.
 *
 * @param drawn What was held to its bounds.
 */
export function viewSvg(drawn: EpisodeFrames, { title, area = fittedArea([drawn]) }: ViewSvgOptions): string {
  const { x, y, width, height } = area;
  const scale = longer / Math.max(width, height);
  const place: Place = {
    x: (at) => round((at - x) * scale),
    y: (at) => round((at - y) * scale),
    scale,
    size: textSize(area),
  };
  const [w, h] = [round(width * scale), round(height * scale)];
  const last = drawn.frames.at(-1)!;
  const shapes = last.shapes.map((index) => `${shapeText(drawn.shapes[index]!, place)}\n`).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" width="${w}" height="${h}" role="img" \
font-family="system-ui, sans-serif">
<title>${xmlText(title)}</title>
<style>${paletteCss()}rect{shape-rendering:crispEdges}.l{fill:none;stroke-linejoin:round;stroke-linecap:round}</style>
<rect class="c-paper" width="${w}" height="${h}"/>
${shapes}</svg>
`;
}

/** From the world's units to pixels. */
interface Place {
  x(at: number): number;
  y(at: number): number;
  readonly scale: number;
  /** Of texts, in the world's units. */
  readonly size: number;
}

function shapeText(shape: Shape, place: Place): string {
  const color = colorName(shape.color);
  const label = shape.label === undefined ? "" : `<title>${xmlText(shape.label)}</title>`;
  switch (shape.shape) {
    case "circle": {
      const { x, y, radius } = shape;
      const at = `cx="${place.x(x)}" cy="${place.y(y)}" r="${round(radius * place.scale)}"`;
      return `<circle class="c-${color}" ${at}>${label}</circle>`;
    }
    case "cell": {
      const { x, y, width, height } = shape;
      const size = `width="${round(width * place.scale)}" height="${round(height * place.scale)}"`;
      return `<rect class="c-${color}" x="${place.x(x)}" y="${place.y(y)}" ${size}>${label}</rect>`;
    }
    case "line": {
      const points = shape.points.map(([x, y]) => `${place.x(x)},${place.y(y)}`).join(" ");
      const width = shape.width === undefined ? 1.5 : round(shape.width * place.scale);
      return `<polyline class="l l-${color}" stroke-width="${width}" points="${points}">${label}</polyline>`;
    }
    case "text": {
      const { x, y, text, size = place.size } = shape;
      const font = `font-size="${round(size * place.scale)}"`;
      return `<text class="c-${color}" x="${place.x(x)}" y="${place.y(y)}" ${font}>${xmlText(text)}${label}</text>`;
    }
  }
}

/** To hundredths of a pixel. */
function round(value: number): number {
  return Math.round(value * 100) / 100 + 0;
}
