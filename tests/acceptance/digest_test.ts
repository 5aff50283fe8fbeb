import { assertEquals } from "@std/assert";
import { projectRoot } from "../../lib/agents/paths.ts";
import { pipeline } from "../step/_run.ts";
import { demand, Population } from "./_population.ts";

const agents = ["--count", "10", "--seed", "7"];
const cycles = ["--cycles", "3", "--sleep", "0"];

Deno.test("one seed gives one population, with any number of workers, run name and folder", async () => {
  await using run = new Population();
  const elsewhere = await Deno.makeTempDir();
  try {
    await run.step("init", ...agents);
    await run.step("lifecycle", ...cycles, "--workers", "2", "--slots", "4");
    const here = statusLines((await run.step("status")).out);
    assertEquals(here, await livedIn(elsewhere, ["--workers", "1"], ["--slots", "1"]));
  } finally {
    await Deno.remove(elsewhere, { recursive: true });
  }
});

/** What `status` says in a copy of the project, in the run at its top. */
async function livedIn(folder: string, workers: string[], slots: string[]): Promise<string[]> {
  const parts = ["deno.json", "deno.lock", "lib", "pipelines", "agent_template", "node_modules"];
  const copy = new Deno.Command("cp", { args: ["-a", ...parts, `${folder}/`], cwd: projectRoot });
  if (!(await copy.output()).success) throw new Error(`Cannot copy the project to ${folder}`);
  const step = async (name: string, ...flags: string[]) => {
    const child = new Deno.Command(Deno.execPath(), { args: pipeline(name, ...flags), cwd: folder, stdin: "null" });
    const { code, stdout, stderr } = await child.output();
    const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    return demand(0, { code, out: out!, err: err!, records: [] }).out;
  };
  await step("init", ...agents, ...workers);
  await step("lifecycle", ...cycles, ...workers, ...slots);
  return statusLines(await step("status"));
}

/** All but the closing record, which tells how long it took. */
function statusLines(out: string): string[] {
  return out.trimEnd().split("\n").slice(0, -1);
}
