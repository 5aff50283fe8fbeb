/**
 * The parts of a pool: what an artifact holds of it is what its genes and the world reach.
 *
 * Gene TypeScript has nothing but declarations at the top of a file, none of which does anything when it is evaluated:
 * what nothing refers to can be left out.
 *
 * @module
 */

import type { Pool } from "../genome/pool.ts";
import { parameterName } from "../isolation/artifact.ts";
import { fullName } from "../runtime/names.ts";

/** What an artifact is made for. */
export interface Carrying {
  /** Full names of the genes that the runtime calls, as `gene0`, `gene1` and so on in `body`. */
  readonly called: readonly string[];
  /** JavaScript that returns the wiring, see `wire`. */
  readonly body: string;
}

/** A gene of a pool, as far as its program must know it. */
export interface PoolGene {
  /** Its full name. */
  readonly name: string;
  /** When the runtime calls it; absent: never. */
  readonly phase?: string;
}

/** A declaration at the top of the bundle. */
export interface Part {
  /** JavaScript of this declaration alone. */
  readonly text: string;
  /** What must be evaluated to have it; absent of functions, which are there without doing anything. */
  readonly value?: { readonly name: string; readonly text: string };
  /** The module that it comes from, as the bundler tells. */
  readonly module: string;
  /** Places of the parts that it refers to. */
  readonly needs: readonly number[];
}

/** All genes of a pool, in the order of `GeneChoice`. */
export function allGenes({ files }: Pool): PoolGene[] {
  return files.flatMap(({ path, functions }) =>
    functions.map(({ name, phase }) => ({ name: fullName(path, name), phase }))
  );
}

/** The bundle of a pool, taken apart: plain data. */
export interface PoolData {
  /** The declarations in their order. */
  readonly parts: readonly Part[];
  /** The place of each declaration by its name. */
  readonly places: Readonly<Record<string, number>>;
  /** Names of the genes' declarations by their full names. */
  readonly genes: Readonly<Record<string, string>>;
  /** JavaScript of the world, and the names in it. */
  readonly world: { readonly text: string; readonly names: readonly string[] };
}

/** The parts of a pool, and what artifacts hold of them. */
export class PoolParts {
  readonly #data: PoolData;
  readonly #reached = new Map<string, ReadonlySet<number>>();

  constructor(data: PoolData) {
    this.#data = data;
  }

  /**
   * The genes' side of an artifact: the declarations that genes and world reach, and the call that hands them over.
   *
   * @param without Full names of called genes that are handed over as `undefined`, with what they alone reach left out.
   */
  textFor({ called, body }: Carrying, without: ReadonlySet<string> = new Set()): string {
    const { genes, world, parts } = this.#data;
    const runs = called.map((gene) => without.has(gene) ? "undefined" : genes[gene]!);
    const wanted = new Set<number>();
    const kept = called.filter((gene) => !without.has(gene)).map((gene) => genes[gene]!);
    for (const name of [...kept, ...world.names]) for (const place of this.#reach(name)) wanted.add(place);
    let module = "";
    let text = "";
    for (const place of [...wanted].sort((a, b) => a - b)) {
      const part = parts[place]!;
      if (part.module !== module) text += `\n// ${module = part.module}\n`;
      text += part.text;
    }
    const parameters = called.map((_, place) => `gene${place}`);
    return `${text}
${parameterName}({ wiring: ((${parameters.join(", ")}) => {
${body}})(${runs.join(", ")}), world: ${world.text} });
`;
  }

  /**
   * The genes' side of a program that holds all genes of a pool. What is to be evaluated is evaluated only where the
   * world or an active gene needs it, as in the artifact of the agent that has it.
   *
   * @param genes All genes of the pool, in the order of `GeneChoice`; what the bundle lacks is there without a function.
   */
  textForAll(genes: readonly PoolGene[]): string {
    const needed = this.#neededBy(genes);
    const sets = new Map<string, string>();
    const prefix = unusedPrefix("__chosen", this.#data.places);
    const text = this.#data.parts.map((part, place) => {
      const by = needed.get(place);
      if (!part.value || by === "world") return part.text;
      const key = JSON.stringify(by ?? []);
      if (!sets.has(key)) sets.set(key, `${prefix}${sets.size}`);
      return `var ${part.value.name} = ${sets.get(key)} ? ${part.value.text} : void 0;\n`;
    });
    const entries = genes.map(({ name, phase }) => {
      return `  { name: ${JSON.stringify(name)}, phase: ${JSON.stringify(phase)}, run: ${this.#data.genes[name]} },\n`;
    });
    return `${[...sets].map(([key, name]) => `const ${name} = ${parameterName}.chosen(${key});\n`).join("")}${
      text.join("")
    }
${parameterName}({ genes: [
${entries.join("")}], world: ${this.#data.world.text} });
`;
  }

  /** By the places of parts: the places of the genes that need them and that the runtime calls, or that the world does. */
  #neededBy(genes: readonly PoolGene[]): Map<number, number[] | "world"> {
    const needed = new Map<number, number[] | "world">();
    for (const name of this.#data.world.names) for (const place of this.#reach(name)) needed.set(place, "world");
    genes.forEach(({ name, phase }, gene) => {
      const run = this.#data.genes[name];
      if (phase === undefined || run === undefined) return;
      for (const place of this.#reach(run)) {
        const by = needed.get(place);
        if (by === undefined) needed.set(place, [gene]);
        else if (by !== "world") by.push(gene);
      }
    });
    return needed;
  }

  /** Places of what a declaration needs, its own among them. */
  #reach(name: string): ReadonlySet<number> {
    const known = this.#reached.get(name);
    if (known) return known;
    const reached = new Set([this.#data.places[name]!]);
    for (const place of reached) for (const need of this.#data.parts[place]!.needs) reached.add(need);
    this.#reached.set(name, reached);
    return reached;
  }
}

/** A beginning of names that no declaration has. */
function unusedPrefix(prefix: string, names: Readonly<Record<string, unknown>>): string {
  return Object.keys(names).some((name) => name.startsWith(prefix)) ? unusedPrefix(`_${prefix}`, names) : prefix;
}
