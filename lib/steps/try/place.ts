/**
 * Where in a template something has failed.
 *
 * @module
 */

import type { Pool } from "../../genome/pool.ts";
import { type CodeFile, worldFile } from "../../run/layout.ts";
import type { Issue } from "../../util/issue.ts";

/** File and line of a gene, by its full name. */
export function placeOfGene(gene: string, { files }: Pick<Pool, "files">, folder: string): string {
  const [path, name] = gene.split("#") as [string, string?];
  const line = files.find((file) => file.path === path)?.functions.find((one) => one.name === name)?.line;
  return `${folder}/${path}${line === undefined ? "" : `:${line}`}`;
}

/** An issue with the place of the gene, or of the world's function, that its message names first. */
export function placed(issue: Issue, pool: Pool, code: readonly CodeFile[], folder: string): Issue {
  const [named, path, name] = /\b(src\/[\w.-]+\.ts|world\.ts)#([\w$]+)/.exec(issue.message) ?? [];
  if (named !== undefined) {
    const place = path === worldFile ? placeInWorld(name!, code, folder) : placeOfGene(named, pool, folder);
    return { ...issue, path: place };
  }
  return issue.code === "evaluation.world" ? { ...issue, path: `${folder}/${worldFile}` } : issue;
}

function placeInWorld(name: string, code: readonly CodeFile[], folder: string): string {
  const world = code.find(({ path }) => path === worldFile);
  const lines = world === undefined ? [] : new TextDecoder().decode(world.bytes).split("\n");
  const at = lines.findIndex((line) => line.replace(/\s+/g, " ").startsWith(`export function ${name}(`));
  return `${folder}/${worldFile}${at < 0 ? "" : `:${at + 1}`}`;
}
