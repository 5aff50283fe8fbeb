/**
 * What files, genes and parameters may be called, and how many there may be.
 *
 * @module
 */

/** Name of a gene or a parameter: an ASCII identifier, so that it can stand in generated code as it is. */
export const geneName = /^[A-Za-z_$][A-Za-z0-9_$]{0,63}$/;

/** Name of an option of a choice. */
export const optionName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** Path of a gene file within a template. */
export const filePath = /^src\/[A-Za-z0-9_][A-Za-z0-9_.-]{0,58}\.ts$/;

/** Name of a phase. */
export const phaseName = /^[a-z][A-Za-z0-9]{0,31}$/;

/** How much a template may offer, and a genome hold. */
export const poolLimits = {
  files: 512,
  /** Functions of a file. */
  functions: 256,
  /** Parameters of a file. */
  parameters: 256,
  /** Numbers that these are made of. */
  numbers: 4096,
  /** Options of a choice. */
  options: 64,
  /** Size of a source file in bytes. */
  source: 256 * 1024,
  /** Tokens of a source file, comments among them: as many as 256 KiB of ordinary code have, and some more. */
  tokens: 100_000,
  /** Nodes of the syntax tree of a source file. */
  nodes: 200_000,
  /** Uses of helpers that are followed from all genes of a file. */
  uses: 1_000_000,
} as const;

/** Names of files in `src/` that are generated, and so can't be genes. */
export const generatedFiles = ["src/mod.ts", "src/main.ts"] as const;

/** The full name of a gene, such as `src/rl.ts#learn`. */
export function fullName(path: string, name: string): string {
  return `${path}#${name}`;
}
