import { assertEquals } from "@std/assert";
import { projectRoot } from "../../lib/agents/paths.ts";

const parts = ["deno.json", "deno.lock", "agent_template", "lib", "node_modules", "pipelines"];

Deno.test("the project works wherever it lies, whatever its folder is called", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const place = `${folder}/100% #1? 'of' them`;
    await Deno.mkdir(place);
    for (const part of parts) {
      const copy = new Deno.Command("cp", { args: ["-a", `${projectRoot}/${part}`, place] });
      assertEquals((await copy.output()).code, 0);
    }
    const run = async (step: string, ...flags: string[]) => {
      const { code, stdout, stderr } = await new Deno.Command("deno", {
        args: ["run", "-q", "--no-prompt", `-P=${step}`, `pipelines/${step}.ts`, "--format", "ndjson", ...flags],
        cwd: place,
        stdin: "null",
      }).output();
      assertEquals([step, code], [step, 0], new TextDecoder().decode(stderr));
      return new TextDecoder().decode(stdout).trim().split("\n").map((line) => JSON.parse(line));
    };
    await run("init", "--count", "3", "--seed", "7");
    await run("lifecycle", "--cycles", "1");
    const agents = (await run("status")).filter(({ type }) => type === "agent.status");
    assertEquals(agents.filter(({ status }) => status === "active").length, 3);
    assertEquals(agents.some(({ score }) => score !== null), true);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
