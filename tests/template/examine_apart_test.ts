import { assertEquals } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { examineApart } from "../../lib/template/examine_apart.ts";
import { examineSource } from "../../lib/source/examine.ts";

const files = [
  { path: "src/a.ts", text: "/** @phase act */\nexport function a(): void {}\n" },
  { path: "src/b.ts", text: "let x = eval;\n" },
  { path: "src/c.ts", text: "export {" },
];
const module = new URL("../genome/fixtures/endless_reader.ts", import.meta.url);

Deno.test("examineApart() says the same as the reader in the main thread, in the order of the files", async () => {
  const expected = [];
  for (const { path, text } of files) expected.push(await examineSource(path, text));
  assertEquals(await examineApart(files), expected);
  assertEquals(await examineApart([]), []);
});

/** Reads in a process of its own, as no process can end a thread that never looks up but by its own end. */
async function readWithoutEnd(options: string): Promise<Deno.CommandOutput> {
  const script = `
    const { examineApart } = await import(${
    JSON.stringify(new URL("../../lib/template/examine_apart.ts", import.meta.url))
  });
    const interrupt = new AbortController();
    Deno.addSignalListener("SIGTERM", () => interrupt.abort());
    const module = new URL(${JSON.stringify(module)});
    const reading = examineApart([{ path: "src/a.ts", text: "" }], { module, ${options} });
    await reading.catch((error) => console.log(error.issue?.code ?? error.name));
    Deno.exit(0);`;
  const args = [
    "run",
    "-A",
    "-q",
    "--unstable-worker-options",
    "--no-lock",
    `data:text/javascript,${encodeURIComponent(script)}`,
  ];
  return await new Deno.Command(Deno.execPath(), { args, cwd: projectRoot }).output();
}

const said = ({ stdout }: Deno.CommandOutput) => new TextDecoder().decode(stdout).trim();

Deno.test("examineApart(): a reader without end is ended by the clock, which charges no file", async () => {
  assertEquals(said(await readWithoutEnd("wallMs: 200")), "machine.reader");
});

Deno.test("examineApart(): SIGTERM is heard while a reader finds no end", async () => {
  const signal = "signal: (setTimeout(() => Deno.kill(Deno.pid, 'SIGTERM'), 100), interrupt.signal)";
  assertEquals(said(await readWithoutEnd(signal)), "AbortError");
});
