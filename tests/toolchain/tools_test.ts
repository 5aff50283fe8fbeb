import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { carriers } from "../../lib/isolation/artifact.ts";
import { runTool, type Tool, toolPath, toolVersions } from "../../lib/toolchain/tools.ts";

interface Manifest {
  readonly imports: Record<string, string>;
  readonly permissions: { readonly build: { readonly run: readonly string[] } };
}

const manifest: Manifest = JSON.parse(await Deno.readTextFile(`${projectRoot}/deno.json`));
const tools = Object.keys(toolVersions) as Tool[];

for (const tool of tools) {
  Deno.test(`toolPath() names the installed version of ${tool}`, async () => {
    const version = toolVersions[tool];
    assertEquals(manifest.imports[tool], `npm:${tool}@${version}`);
    assert((await Deno.stat(`${projectRoot}/${toolPath(tool)}`)).isFile);
    const { code, stdout } = await runTool(tool, ["--version"], projectRoot);
    assertEquals(code, 0);
    assertMatch(stdout, new RegExp(`(^|\\s)${version.replaceAll(".", "\\.")}\\s*$`));
  });
}

Deno.test("the permission set of build lets nothing run but the shell that sets limits", () => {
  assertEquals(manifest.permissions.build.run, ["/bin/sh"]);
});

Deno.test("runTool() ends a tool that waits for nothing, with all that it started, when it is interrupted", async () => {
  const folder = await Deno.makeTempDir();
  const pipe = `${folder}/pipe.ts`;
  assertEquals((await new Deno.Command("mkfifo", { args: [pipe] }).output()).code, 0);
  const interrupt = new AbortController();
  const waits = runTool("esbuild", [pipe], folder, interrupt.signal);
  // Opened for writing, the pipe tells that the tool has opened it for reading.
  const held = await Deno.open(pipe, { write: true });
  interrupt.abort();
  await assertRejects(() => waits, DOMException);
  held.close();
  await Deno.remove(folder, { recursive: true });
});

for (const { path } of Object.values(carriers)) {
  Deno.test(`${path} carries nothing but what the hash of the runtime covers`, async () => {
    const folder = await Deno.makeTempDir();
    const args = [path, "--bundle", "--format=esm", `--metafile=${folder}/meta.json`, `--outfile=${folder}/out.js`];
    const { code, stderr } = await runTool("esbuild", args, projectRoot);
    assertEquals(code, 0, stderr);
    const inputs = Object.keys(JSON.parse(await Deno.readTextFile(`${folder}/meta.json`)).inputs);
    assert(inputs.length > 5);
    const strangers = inputs.filter((input) => !/^lib\/runtime\/\w+\.ts$/.test(input));
    assertEquals(strangers, []);
  });
}
