/**
 * Does what a page of the documentation says, block by block, as a user does.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { projectRoot } from "../lib/run/paths.ts";
import { read } from "./docs_pages.ts";

/** A block of the page: a file that it says to save, or commands to run. */
export interface Block {
  readonly file?: string;
  readonly text: string;
}

/** All blocks in their order. Each must be a file or commands, so that none is left out. */
export async function blocksOf(page: string): Promise<Block[]> {
  const found = (await read(page)).matchAll(
    /(?:[sS]ave (?:it )?as\s+`([^`]+)`:\n\n)?^```([a-z]+)[^\n]*\n(.*?)^```$/gms,
  );
  return [...found].map(([all, file, language, text]) => {
    assert((file === undefined) === (language === "sh"), all);
    return { ...(file !== undefined && { file }), text: text! };
  });
}

/** A folder that is empty but for a `deno` that finds the project's tasks, as the page says for folders elsewhere. */
export async function emptyFolder(): Promise<{ readonly folder: string; readonly bin: string }> {
  const root = await Deno.makeTempDir({ prefix: "evolve-tutorial-" });
  const [folder, bin] = [`${root}/empty`, `${root}/bin`];
  await Deno.mkdir(folder);
  await Deno.mkdir(bin);
  const deno = `#!/bin/sh
[ "$1" = task ] || exec '${Deno.execPath()}' "$@"
shift
exec '${Deno.execPath()}' task -q --config '${projectRoot}/deno.json' "$@"
`;
  await Deno.writeTextFile(`${bin}/deno`, deno, { mode: 0o755 });
  return { folder, bin };
}

/** Runs commands as a user does, who is in no task of another folder. */
export async function shell(text: string, cwd: string, bin: string): Promise<string> {
  const env = { PATH: `${bin}:${Deno.env.get("PATH")}`, NO_COLOR: "1", PROJECT: projectRoot };
  const { code, stdout, stderr } = await new Deno.Command("sh", {
    args: ["-e", "-c", `unset INIT_CWD\n${text}`],
    cwd,
    env,
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  assertEquals(code, 0, `${text}\n${out}${err}`);
  return out!;
}
