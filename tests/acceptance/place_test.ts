import { assertEquals } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";

const parts = ["deno.json", "deno.lock", "agent_template", "lib", "node_modules", "pipelines"];

/** What shells, URLs, globs, regular expressions and lists of paths take for more than a letter. */
const odd = "100%20 #1?x=1&y 'of' \"all\" $HOME `id` {a,b} [c]* ~ ; | ünï 🧬\n2nd line";

Deno.test("the project works wherever it lies, whatever its folder is called", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const place = `${folder}/${odd}`;
    await Deno.mkdir(place);
    for (const part of parts) {
      const copy = new Deno.Command("cp", { args: ["-a", `${projectRoot}/${part}`, place] });
      assertEquals((await copy.output()).code, 0);
    }
    const begin = async (cwd: string, step: string, ...flags: string[]) => {
      const { code, stdout, stderr } = await new Deno.Command("deno", {
        args: ["run", "-q", "--no-prompt", `-P=${step}`, `pipelines/${step}.ts`, "--format", "ndjson", ...flags],
        cwd,
        stdin: "null",
      }).output();
      const records = new TextDecoder().decode(stdout).trim().split("\n").map((line) => JSON.parse(line));
      return { code, records, err: new TextDecoder().decode(stderr) };
    };
    const run = async (step: string, ...flags: string[]) => {
      const { code, records, err } = await begin(place, step, ...flags);
      assertEquals([step, code], [step, 0], err);
      return records;
    };
    await run("init", "--count", "3", "--seed", "7");
    await run("lifecycle", "--cycles", "1");
    // A chain goes on without a drawing, so that it stands alone: here runs are at the top, where others' paths differ.
    const [drawn] = await run("draw");
    assertEquals([drawn.type, drawn.ok], ["agent.drawn", true]);
    const agents = (await run("status")).filter(({ type }) => type === "agent.status");
    assertEquals(agents.filter(({ status }) => status === "active").length, 3);
    assertEquals(agents.some(({ score }) => score !== null), true);

    // The compiler can't work there, which is said instead of what comes of it.
    await Deno.rename(place, `${folder}/a\\b`);
    const { code, records } = await begin(`${folder}/a\\b`, "init", "--run", "b", "--count", "1");
    assertEquals([code, records.at(-1).issue.code], [1, "machine.path"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
