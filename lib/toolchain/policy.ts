/**
 * The policy that artifacts are built under, as signed statements name it.
 *
 * @module
 */

import { toolVersions } from "./tools.ts";

/** What a statement's policy must be today: another one means that everything is built again. */
export const buildPolicy: string = [
  "gene-typescript/1",
  "artifact/3",
  `esbuild/${toolVersions.esbuild}`,
  `typescript/${toolVersions.typescript}`,
].join(" ");
