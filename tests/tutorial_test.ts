import { assert, assertEquals } from "@std/assert";
import { projectRoot, runPaths } from "../lib/run/paths.ts";
import { read } from "./docs_pages.ts";

/** A block of the page: a file that it says to save, or commands to run. */
interface Block {
  readonly file?: string;
  readonly text: string;
}

/** All blocks in their order. Each must be a file or commands, so that none is left out. */
async function blocksOf(page: string): Promise<Block[]> {
  const found = (await read(page)).matchAll(
    /(?:[sS]ave (?:it )?as\s+`([^`]+)`:\n\n)?^```([a-z]+)[^\n]*\n(.*?)^```$/gms,
  );
  return [...found].map(([all, file, language, text]) => {
    assert((file === undefined) === (language === "sh"), all);
    return { ...(file !== undefined && { file }), text: text! };
  });
}

/** A folder that is empty but for a `deno` that finds the project's tasks, as the page says for folders elsewhere. */
async function emptyFolder(): Promise<{ readonly folder: string; readonly bin: string }> {
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
async function shell(text: string, cwd: string, bin: string): Promise<string> {
  const env = { PATH: `${bin}:${Deno.env.get("PATH")}`, NO_COLOR: "1" };
  const { code, stdout, stderr } = await new Deno.Command("sh", {
    args: ["-e", "-c", `unset INIT_CWD\n${text}`],
    cwd,
    env,
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  assertEquals(code, 0, `${text}\n${out}${err}`);
  return out!;
}

Deno.test("docs/tutorial.md: from an empty folder to a program that uses what was found, block by block", async () => {
  const name = `test-tutorial-${crypto.randomUUID().slice(0, 13)}`;
  const { folder, bin } = await emptyFolder();
  const outputs: string[] = [];
  try {
    for (const { file, text } of await blocksOf("docs/tutorial.md")) {
      if (file !== undefined) {
        await Deno.writeTextFile(`${folder}/${file}`, text);
        continue;
      }
      // A run of its own, and fewer cycles.
      const commands = text.replaceAll("--run shop", `--run ${name}`).replaceAll(/--cycles \d+/g, "--cycles 2");
      outputs.push(await shell(commands, folder, bin));
    }
    const told = outputs.join("\n");
    for (const word of ["goOnSoon", "trace.step", '"makespan"', "schedule"]) {
      assert(told.includes(word), `${word} of ${told}`);
    }
    assertUseful(outputs.at(-1)!);
    assert((await Deno.readTextFile(`${folder}/shop.html`)).includes("job 7, "), "a bar's label is in the page");
  } finally {
    await Deno.remove(`${folder}/..`, { recursive: true });
    await Deno.remove(runPaths(name).root, { recursive: true }).catch(() => {});
  }
});

/** The last program prints a makespan and a schedule: of three jobs with two operations, at least 11 minutes on a machine. */
function assertUseful(out: string): void {
  const [makespan] = out.match(/^\d+/)!;
  assert(Number(makespan) >= 11 && Number(makespan) <= 19, out);
  assertEquals(out.match(/job: \d/g)?.length, 6, out);
}
