/**
 * The field as it is seen from above: walls, thorns (hidden ones in grey), ripe berries in their colours, poisonous ones
 * with a spot, and the agent. A line below says how it is.
 *
 * @module
 */

import type { Shape } from "evolve/contract";
import type { Field } from "./world.ts";

const BLOCKED = 1;
const COLOURS = Object.freeze(["ink", "red", "green", "blue"] as const);

/** What there is to see. */
export function view(field: Field): Shape[] {
  const { size, storm, energy, gathered, harm, hurt } = field;
  const shapes: Shape[] = [{
    shape: "line",
    points: [[0, 0], [size, 0], [size, size], [0, size], [0, 0]],
    color: storm ? "orange" : "grey",
    width: 0.1,
  }];
  for (let cell = 0; cell < size * size; cell++) {
    const x = cell % size, y = Math.floor(cell / size);
    if (field.ground[cell] !== 0) shapes.push(...ground(field, cell, x, y));
    if (field.food[cell] !== 0) shapes.push(...berry(field, field.food[cell]!, x, y));
  }
  shapes.push({
    shape: "circle",
    x: field.column + 0.5,
    y: field.row + 0.5,
    radius: 0.42,
    color: hurt > 0 ? "orange" : "ink",
    label: hurt > 0 ? "the agent, hurt" : "the agent",
  });
  const words = `${gathered} gathered, ${Math.round(10 * harm) / 10} harm, energy ${Math.max(0, Math.round(energy))}${
    storm ? ", storm" : ""
  }`;
  shapes.push({ shape: "text", x: 0, y: size + size / 20, text: words, size: size / 28 });
  return shapes;
}

function ground(field: Field, cell: number, x: number, y: number): Shape[] {
  if (field.ground[cell] === BLOCKED) {
    return [{ shape: "cell", x, y, width: 1, height: 1, color: "grey", label: "wall" }];
  }
  const hidden = field.hidden[cell]!;
  const look = { color: hidden ? "faint" : "brown", label: hidden ? "hidden thorns" : "thorns", width: 0.14 } as const;
  return [
    { shape: "line", points: [[x + 0.2, y + 0.2], [x + 0.8, y + 0.8]], ...look },
    { shape: "line", points: [[x + 0.8, y + 0.2], [x + 0.2, y + 0.8]], ...look },
  ];
}

function berry(field: Field, colour: number, x: number, y: number): Shape[] {
  const color = COLOURS[colour]!;
  const [at, poisonous] = [{ x: x + 0.5, y: y + 0.5 }, field.poisonous[colour]!];
  const label = poisonous ? `${color} berry, poisonous` : `${color} berry`;
  const whole: Shape = { shape: "circle", ...at, radius: 0.28, color, label };
  return poisonous ? [whole, { shape: "circle", ...at, radius: 0.1, color: "faint", label }] : [whole];
}
