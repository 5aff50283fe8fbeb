/**
 * Genomes without some of their genes, and what goes with a gene.
 *
 * @module
 */

import { fullName } from "../runtime/names.ts";
import type { Genome } from "../runtime/genome_schema.ts";
import type { ActiveGene } from "./active.ts";

/**
 * A genome in which some genes are off, and files of which no gene is left on. All else is as it was, parameters too.
 *
 * @param names Full names, such as `src/rl.ts#learn`.
 */
export function withoutGenes({ version, files }: Genome, names: ReadonlySet<string>): Genome {
  return {
    version,
    files: files.map((file) => {
      const functions = Object.fromEntries(
        Object.entries(file.functions).map(([name, on]) => [name, on && !names.has(fullName(file.path, name))]),
      );
      return { ...file, functions, active: file.active && Object.values(functions).includes(true) };
    }),
  };
}

/** Some genes and all that can't link without them: those that call them, themselves or through others. */
export function withCallers(genes: readonly ActiveGene[], names: Iterable<string>): Set<string> {
  const found = new Set(names);
  // A set is walked on over what is added meanwhile.
  for (const name of found) {
    for (const gene of genes) if (gene.facts.calls.includes(name)) found.add(nameOf(gene));
  }
  return found;
}

/** Of active genes those that no episode calls: of phase `birth`, or called by none that an episode calls. */
export function uncalledGenes(genes: readonly ActiveGene[]): Set<string> {
  const known = new Map(genes.map((gene) => [nameOf(gene), gene]));
  const called = new Set(genes.filter(({ phase = "birth" }) => phase !== "birth").map(nameOf));
  for (const name of called) for (const other of known.get(name)?.facts.calls ?? []) called.add(other);
  return new Set([...known.keys()].filter((name) => !called.has(name)));
}

/** The full name of an active gene. */
export function nameOf(gene: ActiveGene): string {
  return fullName(gene.file, gene.function);
}
