/**
 * What is said to a tuner and by it, in lines of text, so that one in any language can take part.
 *
 * It is given the space and a budget. It writes `ask WORLD NAME=NUMBER …` and reads a cost, less is better; at its end it writes
 * `best NAME=NUMBER …`, the best one first, and `cpu SECONDS`, what it took itself.
 *
 * @module
 */

import type { Configuration, Space } from "./space.ts";

/** What a tuner writes. */
export type Told =
  /** To be evaluated: in the world of this place, or in all that there are. */
  | { readonly type: "ask"; readonly place: number | undefined; readonly asked: Configuration }
  /** What it holds to be the best, or the next best. */
  | { readonly type: "best"; readonly asked: Configuration }
  /** Seconds of its own CPU. */
  | { readonly type: "cpu"; readonly seconds: number };

/**
 * The lines that a tuner is given.
 *
 * @param budget How often it may ask.
 * @param seed A whole number.
 */
export function introduction(
  { switches, dimensions, needs }: Space,
  budget: number,
  seed: number,
): string {
  const lines = [
    `budget ${budget}`,
    `seed ${seed}`,
    ...switches.map(({ name }) => `switch ${name}`),
    ...dimensions.map(({ name, kind, min, max, scale, given }) => {
      return `parameter ${name} ${kind} ${min} ${max} ${scale} ${given.join(" ")}`;
    }),
    ...needs.map(([gene, needed]) => `needs ${gene} ${needed}`),
    "begin",
  ];
  return `${lines.join("\n")}\n`;
}

/**
 * Reads a line of a tuner.
 *
 * @throws {Error} If it is none.
 */
export function toldIn(line: string): Told {
  const [word, ...rest] = line.trim().split(/\s+/);
  if (word === "cpu" && rest.length === 1) return { type: "cpu", seconds: numberIn(rest[0]!, line) };
  if (word === "best") return { type: "best", asked: configurationIn(rest, line) };
  if (word !== "ask") throw unreadable(line);
  const [place, ...pairs] = rest;
  const number = place === "*" ? undefined : numberIn(place, line);
  return { type: "ask", place: number, asked: configurationIn(pairs, line) };
}

function configurationIn(pairs: readonly string[], line: string): Configuration {
  return Object.fromEntries(pairs.map((pair) => {
    const [name, value] = pair.split("=") as [string, string?];
    return [name, numberIn(value, line)];
  }));
}

function numberIn(text: string | undefined, line: string): number {
  const number = Number(text);
  if (!text || !Number.isFinite(number)) throw unreadable(line);
  return number;
}

function unreadable(line: string): Error {
  return new Error(
    `A tuner must write ask, best or cpu, each with its numbers: it wrote ${JSON.stringify(line.slice(0, 200))}.`,
  );
}
