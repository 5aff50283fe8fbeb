/**
 * Joins a carrier and a bundle of genes, or of a world alone, to one program, and takes it apart again.
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
  view: { path: "lib/runtime/view_main.ts", start: "viewing" },
  pool: { path: "lib/runtime/shared_main.ts", start: "hosting" },
  module: { path: "lib/runtime/standalone.ts", start: "run" },
} as const;

/**
 * What is carried: an agent's genes with their world, the world to judge by, the world and its view to draw, all genes of a pool with their world, or
 * genes and world in a module for the user's own program.
 */
export type Carried = keyof typeof carriers;

/** What stands before a carrier, and after the genes. */
const [head, tail] = [`"use strict";\n((genes) => {\n`, "});\n"];

/** What stands between a carrier and the genes. */
function startOf(start: string): string {
  return `\n${carrierName}.${start}(genes);\n})((${parameterName}) => {\n`;
}

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
  return joinProgram(carriers[carried].start, carrier, genes);
}

/**
 * The same with a carrier that is none of {@linkcode carriers}.
 *
 * @param start The function of the carrier that starts what it is called with.
 */
export function joinProgram(start: string, carrier: string, genes: string): string {
  return `${head}${carrier}${startOf(start)}${genes}${tail}`;
}

/** The parts of an agent's artifact, as programs that are to be evaluated one after the other. */
export interface ArtifactParts {
  /** Comes to the function that starts what it is called with: the same in all artifacts of a runtime. */
  readonly carrier: string;
  /** Comes to what that function is to be called with. */
  readonly genes: string;
}

/**
 * Takes an agent's artifact apart, so that what all of them carry can be evaluated once.
 *
 * @param artifact What {@linkcode joinArtifact} made, proved by its signature.
 * @returns Undefined if it is anything else.
 */
export function splitArtifact(artifact: string): ArtifactParts | undefined {
  const start = startOf(carriers.agent.start);
  // The carrier comes first, and it is the project's own: what genes hold of the same words comes after it.
  const at = artifact.indexOf(start);
  if (!artifact.startsWith(head) || at < 0 || !artifact.endsWith(tail)) return undefined;
  const [carrier, genes] = [artifact.slice(head.length, at), artifact.slice(at + start.length, -tail.length)];
  return {
    carrier: `"use strict";\n(() => {\n${carrier}\nreturn ${carrierName}.${carriers.agent.start};\n})();\n`,
    genes: `"use strict";\n((${parameterName}) => {\n${genes}});\n`,
  };
}
