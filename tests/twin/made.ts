/** What tests of twins are made of. */

import { parseConfig } from "../../lib/run/config_check.ts";
import type { Config } from "../../lib/run/config_schema.ts";
import { projectRoot } from "../../lib/run/paths.ts";
import { type TwinProgram, twinProgram } from "../../lib/twin/twin.ts";
import { copyFolder } from "../begun.ts";

/** A template on whose results all has a part: chance, data, mail, memory, failures, lethal genotypes. */
export const unruly = `${projectRoot}/tests/twin/unruly`;

const programs = new Map<string, Promise<TwinProgram>>();

/** The program of a template, made once for all tests of a file. */
export function programOf(template: string): Promise<TwinProgram> {
  let program = programs.get(template);
  if (!program) programs.set(template, program = twinProgram(template));
  return program;
}

/** A configuration, complete. */
export function configOf(config: Record<string, unknown> = {}): Config {
  return parseConfig(JSON.stringify(config), "config.json");
}

/** The program of a template where a file has other text. */
export async function changedProgram(
  path: string,
  change: (text: string) => string,
  template = unruly,
  world?: (text: string) => string,
): Promise<TwinProgram> {
  const folder = await Deno.makeTempDir({ prefix: "evolve-twin-" });
  try {
    await copyFolder(template, folder);
    await Deno.writeTextFile(`${folder}/${path}`, change(await Deno.readTextFile(`${folder}/${path}`)));
    if (world) await Deno.writeTextFile(`${folder}/world.ts`, world(await Deno.readTextFile(`${folder}/world.ts`)));
    return await twinProgram(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
