/**
 * The space that a tuner of algorithms searches: the genes and parameters of a template that have a part in its episodes.
 *
 * Each gene is a switch; the parameters of a file are there where one of its genes is on; and what does not link is forbidden.
 * Genes of phase `birth`, and what these call, are always on, as `init` has them: tuners make no births.
 *
 * @module
 */

import { link } from "../../lib/genome/link.ts";
import type { Pool, PoolFile } from "../../lib/genome/pool.ts";
import { numbersIn } from "../../lib/genome/ranges.ts";
import { fullName } from "../../lib/runtime/names.ts";
import { grouped, isWhole } from "../../lib/runtime/parameters.ts";
import type { Genome } from "../../lib/runtime/genome_schema.ts";

/** A gene that may be on or off. */
export interface Switch {
  /** Its name in the space, `g1`, `g2`, …: tuners take no others than letters and digits. */
  readonly name: string;
  /** Its name in the template: `src/a.ts#gene`. */
  readonly gene: string;
}

/** A number that is to be chosen. */
export interface Dimension {
  /** Its name in the space: `p1`, `p2`, … */
  readonly name: string;
  /** Its name in the template: `src/a.ts:parameter`, an element of a list as `src/a.ts:list[0]`. */
  readonly parameter: string;
  /** A choice is of the whole numbers of its range, which have no order. */
  readonly kind: "real" | "integer" | "choice";
  readonly min: number;
  readonly max: number;
  readonly scale: "linear" | "log";
  /** Names of the switches of which at least one must be on. */
  readonly given: readonly string[];
}

/** A space. */
export interface Space {
  readonly switches: readonly Switch[];
  readonly dimensions: readonly Dimension[];
  /** Names of switches: where the first is on the second must be. */
  readonly needs: readonly (readonly [gene: string, needed: string])[];
}

/** What a tuner asks for: numbers by their names in the space; a switch is 0 or 1, and absent is off. */
export type Configuration = Readonly<Record<string, number>>;

/** The space of a template. */
export function spaceOf(pool: Pool): Space {
  const fixed = alwaysOn(pool);
  const genes = pool.files.flatMap((file) => namesIn(file).filter((gene) => !fixed.has(gene)));
  const switches = genes.map((gene, i) => ({ name: `g${i + 1}`, gene }));
  const names = new Map(switches.map(({ name, gene }) => [gene, name]));
  const dimensions = pool.files.flatMap((file) => dimensionsOf(file, names));
  return {
    switches,
    dimensions: dimensions.map((one, i) => ({ ...one, name: `p${i + 1}` })),
    needs: callsOf(pool).flatMap(([gene, called]) => {
      const [from, to] = [names.get(gene), names.get(called)];
      return from === undefined || to === undefined ? [] : [[from, to] as const];
    }),
  };
}

/**
 * The genome that a configuration means.
 *
 * @throws {Error} If the configuration is none of the space, or means a genome that does not link.
 */
export function genomeIn(space: Space, pool: Pool, asked: Configuration): Genome {
  const own = new Map<string, number>(space.switches.map(({ name, gene }) => [gene, asked[name] ?? 0]));
  for (const { name, parameter, min, max } of space.dimensions) {
    const value = asked[name];
    if (value === undefined) continue;
    if (!(value >= min && value <= max)) throw new Error(`${name} must be from ${min} to ${max}: it is ${value}.`);
    own.set(parameter, value);
  }
  const known = new Set([...space.switches, ...space.dimensions].map(({ name }) => name));
  const unknown = Object.keys(asked).find((name) => !known.has(name));
  if (unknown !== undefined) throw new Error(`${unknown} is no name of the space.`);
  const genome: Genome = { version: 1, files: pool.files.map((file) => fileOf(file, own)) };
  const lethal = link(genome, pool);
  if (lethal) throw new Error(`A tuner must not ask for what is forbidden: ${lethal.message}`);
  return genome;
}

function fileOf(file: PoolFile, own: ReadonlyMap<string, number>): Genome["files"][number] {
  const functions = Object.fromEntries(
    file.functions.map(({ name }) => [name, own.get(fullName(file.path, name)) !== 0]),
  );
  const numbers = [...numbersIn(file)].map(([name, { range }]) => {
    const value = own.get(`${file.path}:${name}`) ?? range.default;
    return isWhole(range.kind) ? Math.round(value) : value;
  });
  const active = Object.values(functions).includes(true);
  return { path: file.path, active, functions, parameters: grouped(file.parameters, numbers) };
}

function dimensionsOf(file: PoolFile, names: ReadonlyMap<string, string>): Omit<Dimension, "name">[] {
  const given = namesIn(file).map((gene) => names.get(gene)).filter((name) => name !== undefined);
  if (given.length === 0) return [];
  return [...numbersIn(file)].map(([name, { range: { kind, min, max, scale } }]) => ({
    parameter: `${file.path}:${name}`,
    kind: kind === "boolean" || kind === "choice" ? "choice" : isWhole(kind) ? "integer" : "real",
    min,
    max,
    scale,
    given,
  }));
}

/** Genes of phase `birth`, and all that these call. */
function alwaysOn(pool: Pool): ReadonlySet<string> {
  const births = pool.files.flatMap(({ path, functions }) =>
    functions.filter(({ phase }) => phase === "birth").map(({ name }) => fullName(path, name))
  );
  const on = new Set(births);
  const calls = Map.groupBy(callsOf(pool), ([gene]) => gene);
  // A set that grows is gone through to its end.
  for (const gene of on) for (const [, called] of calls.get(gene) ?? []) on.add(called);
  return on;
}

function callsOf(pool: Pool): [gene: string, called: string][] {
  return pool.files.flatMap(({ path, functions }) =>
    functions.flatMap(({ name, calls }) => calls.map((called): [string, string] => [fullName(path, name), called]))
  );
}

function namesIn({ path, functions }: PoolFile): string[] {
  return functions.map(({ name }) => fullName(path, name));
}
