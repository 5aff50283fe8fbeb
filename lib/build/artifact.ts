/**
 * Joins a carrier and a bundle of genes, or of a world alone, to one program.
 *
 * @module
 */

/** The variable that holds what a carrier exports. */
export const carrierName = "carrier";

/** The name under which a bundle of genes calls the one function of the carrier that it is given. */
export const parameterName = "__evolve";

/** The programs of the project that carry genes and worlds: their modules, and the functions that start them. */
export const carriers = {
  agent: { path: "lib/runtime/runtime.ts", start: "start" },
  judge: { path: "lib/runtime/judge_main.ts", start: "judging" },
} as const;

/** What is carried: an agent's genes with their world, or the world to judge by. */
export type Carried = keyof typeof carriers;

/**
 * The text of a program that starts itself.
 *
 * The carrier is evaluated first, so that it has hardened the realm before the first gene's module is; and neither sees
 * the other's names: the genes get one function. The carrier is given the genes as a function, too, and evaluates them
 * for each episode anew: what they left in their functions and classes is gone.
 *
 * @param carrier A statement `var carrier = …`, from `bundleCarrier`.
 * @param genes The bundle of genes, or of the world.
 */
export function joinArtifact(carried: Carried, carrier: string, genes: string): string {
  const { start } = carriers[carried];
  return `"use strict";\n((genes) => {\n${carrier}\n${carrierName}.${start}(genes);\n})((${parameterName}) => {\n${genes}});\n`;
}
