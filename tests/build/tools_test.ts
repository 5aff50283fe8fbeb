import { assert, assertEquals, assertMatch } from "@std/assert";
import { projectRoot } from "../../lib/agents/paths.ts";
import { carriers } from "../../lib/build/artifact.ts";
import { carriedModules } from "../../lib/build/runtime_hash.ts";
import { runTool, type Tool, toolPath, toolVersions } from "../../lib/build/tools.ts";

interface Manifest {
  readonly imports: Record<string, string>;
  readonly permissions: { readonly build: { readonly run: readonly string[] } };
}

const manifest: Manifest = JSON.parse(await Deno.readTextFile(`${projectRoot}/deno.json`));
const tools = Object.keys(toolVersions) as Tool[];

for (const tool of tools) {
  Deno.test(`toolPath() and the permission set name the installed version of ${tool}`, async () => {
    const version = toolVersions[tool];
    assertEquals(manifest.imports[tool], `npm:${tool}@${version}`);
    assert(manifest.permissions.build.run.includes(`./${toolPath(tool)}`));
    const { code, stdout } = await runTool(tool, ["--version"], projectRoot);
    assertEquals(code, 0);
    assertMatch(stdout, new RegExp(`(^|\\s)${version.replaceAll(".", "\\.")}\\s*$`));
  });
}

Deno.test("the permission set of build lets nothing run but the two tools of this version", () => {
  for (const path of manifest.permissions.build.run) {
    const tool = path.includes("esbuild") ? "esbuild" : "typescript";
    assertMatch(
      path,
      new RegExp(`^\\./node_modules/\\.deno/@[a-z+0-9-]+@${toolVersions[tool]}/.*/(esbuild|tsc)(\\.exe)?$`),
    );
  }
});

for (const { path } of Object.values(carriers)) {
  Deno.test(`${path} carries nothing but what the hash of the runtime covers`, async () => {
    const folder = await Deno.makeTempDir();
    const args = [path, "--bundle", "--format=esm", `--metafile=${folder}/meta.json`, `--outfile=${folder}/out.js`];
    const { code, stderr } = await runTool("esbuild", args, projectRoot);
    assertEquals(code, 0, stderr);
    const inputs = Object.keys(JSON.parse(await Deno.readTextFile(`${folder}/meta.json`)).inputs);
    assert(inputs.length > 5);
    const strangers = inputs.filter((input) =>
      !/^lib\/runtime\/\w+\.ts$/.test(input) && !carriedModules.includes(input)
    );
    assertEquals(strangers, []);
  });
}
