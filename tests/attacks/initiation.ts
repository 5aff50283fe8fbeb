/**
 * The first step of the shipped configuration: `init` with a template that holds an attack.
 *
 * @module
 */

import { MadeRun, writeTemplate } from "../agents/made_run.ts";
import type { Observed } from "./attack.ts";
import { refusal } from "./code.ts";

let run: MadeRun | undefined;

globalThis.addEventListener("unload", () => run && Deno.removeSync(run.folder, { recursive: true }));

/** Has `init` make agents of a template with this gene file; it must refuse before it writes anything. */
export async function initiated(gene: string): Promise<Observed> {
  return await initiatedWith({ "src/attack.ts": gene });
}

/** The same as {@linkcode initiated} for any files of a template. */
export async function initiatedWith(files: Readonly<Record<string, string>>): Promise<Observed> {
  const made = run ??= await MadeRun.make(0);
  await Deno.remove(`${made.template}/src/attack.ts`).catch(() => {});
  await writeTemplate(made.template, files);
  try {
    await made.init({ count: 1, seed: "7", active: 1 });
    return { succeeded: true, how: "an agent was made" };
  } catch (error) {
    const refused = refusal(error);
    return await exists(made.paths.root) ? { succeeded: true, how: "something was written" } : refused;
  }
}

async function exists(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}
