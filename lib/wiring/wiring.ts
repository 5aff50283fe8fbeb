/**
 * Wiring: the generated files that make an agent's source follow its genome.
 *
 * @module
 */

import { activeGenes } from "../genome/active.ts";
import { filePath, fullName, geneName, phaseName } from "../runtime/names.ts";
import type { ParameterValue } from "../runtime/contract.ts";
import { valueOf } from "../runtime/parameters.ts";
import type { Pool } from "../genome/pool.ts";
import type { Genome } from "../runtime/genome_schema.ts";

export { manifest } from "./manifest.ts";

/** The generated files of an agent, by their text, and what its artifact holds of them. */
export interface WiringText {
  /** `src/mod.ts`: the active genes by phase, with their parameters. */
  readonly mod: string;
  /** `src/main.ts`: hands them to the runtime. */
  readonly main: string;
  /** Full names of the genes that the runtime calls: `gene0`, `gene1` and so on in `mod` and `body`. */
  readonly called: readonly string[];
  /** JavaScript that returns what `mod` exports, to stand in a function with the called genes as its parameters. */
  readonly body: string;
}

/** An active gene that the runtime calls. */
interface Called {
  readonly name: string;
  readonly file: string;
  readonly function: string;
  readonly phase: string;
}

const mark = "// Generated from genome.bin by `deno task sync-wiring`, which overwrites what is edited here.\n";

function mainText(pool: Pick<Pool, "worldFunctions">): string {
  const names = worldNames(pool);
  return `${mark}
import { evaluate } from "evolve/runtime";
import { ${names} } from "../world.ts";
import { wiring } from "./mod.ts";

evaluate({ wiring, world: { ${names} } });
`;
}

/** What a world exports for others, to stand within braces. */
export function worldNames({ worldFunctions = [] }: Pick<Pool, "worldFunctions">): string {
  return [...["act", "begin", "finished", "judge", "perceive", "world"], ...worldFunctions].sort().join(", ");
}

/**
 * The wiring of a genome: the same text for the same genome and pool.
 *
 * Genes are imported under numbers, so that the name of none can be one that the generated code uses itself.
 *
 * @param genome Fitted to the pool, see `fitToPool`.
 * @throws {TypeError} If the pool holds a name that can't stand in code; `readPool` makes none.
 */
export function wire(genome: Genome, pool: Pick<Pool, "files" | "worldFunctions">): WiringText {
  const genes = activeGenes(genome, pool);
  for (const gene of genes) checkNames(gene.file, gene.function, gene.phase);
  const called = genes.filter((gene) => gene.phase !== undefined)
    .map((gene) => ({ name: fullName(gene.file, gene.function), ...gene, phase: gene.phase! }))
    .sort((a, b) => order(a.name, b.name));
  const files = [...new Set(called.map((gene) => gene.file))].sort();
  const active = genes.map((gene) => fullName(gene.file, gene.function)).sort();
  const imports = files.map((file) => importOf(file, called)).join("");
  const constants = files.map((file, index) => `const parameters${index} = ${parametersOf(file, genome, pool)};\n`)
    .join("");
  const value = `{\n  phases: {${phasesOf(called, files)}},\n  active: ${list(active.map(text), "  ")},\n}`;
  const sections = [
    `${mark}\nimport type { Wiring } from "evolve/contract";\n${imports}`,
    constants,
    `export const wiring = ${value} satisfies Wiring;\n`,
  ];
  return {
    mod: sections.filter((section) => section !== "").join("\n"),
    main: mainText(pool),
    called: called.map(({ name }) => name),
    body: `${constants}return ${value};\n`,
  };
}

function importOf(file: string, called: readonly Called[]): string {
  const names = called.flatMap((gene, index) => gene.file === file ? [`${gene.function} as gene${index}`] : []);
  return `import { ${names.join(", ")} } from ${text(`./${file.slice("src/".length)}`)};\n`;
}

function parametersOf(path: string, genome: Genome, pool: Pick<Pool, "files">): string {
  const held = genome.files.find((file) => file.path === path)?.parameters ?? {};
  for (const [name, numbers] of Object.entries(held)) {
    checkNames(path, name);
    if (typeof numbers === "number") checkNumber(numbers);
    else numbers.forEach(checkNumber);
  }
  const fields: string[] = [];
  for (const parameter of pool.files.find((file) => file.path === path)!.parameters) {
    const value = held[parameter.name];
    if (value !== undefined) fields.push(`${text(parameter.name)}: ${literal(valueOf(value, parameter))}`);
  }
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

/** Lists are frozen, as genes keep nothing. */
function literal(value: ParameterValue): string {
  return typeof value === "object" ? `Object.freeze(${JSON.stringify(value)})` : JSON.stringify(value);
}

function phasesOf(called: readonly Called[], files: readonly string[]): string {
  const phases = [...new Set(called.map((gene) => gene.phase))].sort();
  const entries = phases.map((phase) => {
    const genes = called.flatMap((gene, index) => gene.phase === phase ? [entryOf(gene, index, files)] : []);
    return `\n    ${text(phase)}: ${list(genes, "    ")},`;
  });
  return entries.length === 0 ? "" : `${entries.join("")}\n  `;
}

function entryOf(gene: Called, index: number, files: readonly string[]): string {
  return `{ name: ${text(gene.name)}, run: gene${index}, parameters: parameters${files.indexOf(gene.file)} }`;
}

function list(items: readonly string[], indent: string): string {
  return items.length === 0 ? "[]" : `[\n${items.map((item) => `${indent}  ${item},\n`).join("")}${indent}]`;
}

function text(value: string): string {
  return JSON.stringify(value);
}

function checkNumber(value: number): void {
  if (!Number.isFinite(value)) throw new TypeError(`Cannot wire a parameter as it must be finite: it is ${value}`);
}

function checkNames(file: string, name: string, phase?: string): void {
  if (!filePath.test(file) || !geneName.test(name) || (phase !== undefined && !phaseName.test(phase))) {
    throw new TypeError(`Cannot wire ${JSON.stringify([file, name, phase])} as these names can't stand in code`);
  }
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
