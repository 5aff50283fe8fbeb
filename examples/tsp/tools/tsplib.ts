/**
 * Reads files of TSPLIB: instances and tours.
 *
 * @module
 */

import type { Instance } from "../world.ts";

/** An instance from a file `.tsp` with coordinates, without the best known length. */
export function parseInstance(text: string): Omit<Instance, "best"> {
  const metric = field(text, "EDGE_WEIGHT_TYPE");
  if (metric !== "EUC_2D" && metric !== "ATT") {
    throw new Error(`Cannot read distances of type ${metric}: only EUC_2D and ATT are known.`);
  }
  const rows = section(text, "NODE_COORD_SECTION").map((line) => line.split(/\s+/).map(Number));
  return {
    name: field(text, "NAME"),
    ...(metric === "ATT" && { metric }),
    x: rows.map(([, x]) => x!),
    y: rows.map(([, , y]) => y!),
  };
}

/** A tour from a file `.opt.tour`: the cities' numbers, from 0. */
export function parseTour(text: string): number[] {
  const numbers = section(text, "TOUR_SECTION").flatMap((line) => line.split(/\s+/).map(Number));
  const end = numbers.indexOf(-1);
  return (end < 0 ? numbers : numbers.slice(0, end)).map((city) => city - 1);
}

function field(text: string, name: string): string {
  const found = new RegExp(`^${name}\\s*:\\s*(\\S+)`, "m").exec(text)?.[1];
  if (found === undefined) throw new Error(`Cannot read the file as it must have the field ${name}.`);
  return found;
}

function section(text: string, name: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const from = lines.indexOf(name);
  if (from < 0) throw new Error(`Cannot read the file as it must have the section ${name}.`);
  const rest = lines.slice(from + 1);
  const end = rest.findIndex((line) => line === "" || /^[A-Z]/.test(line));
  return end < 0 ? rest : rest.slice(0, end);
}
