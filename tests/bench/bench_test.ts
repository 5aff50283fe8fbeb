import { assert, assertEquals } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";

Deno.test("bench --quick measures what it is asked for, and leaves nothing behind", async () => {
  const args = ["run", "-q", "--no-prompt", "-P=bench", "bench/bench.ts"];
  const flags = ["--quick", "--only", "init,supervise", "--sizes", "10", "--format", "ndjson"];
  const { code, stdout, stderr } = await new Deno.Command("deno", { args: [...args, ...flags], cwd: projectRoot })
    .output();
  const text = new TextDecoder();
  assertEquals(code, 0, text.decode(stderr));
  const records = text.decode(stdout).trimEnd().split("\n").map((line) => JSON.parse(line));
  const figures = records.filter(({ type }) => type === "bench.figure");
  assertEquals(new Set(figures.map(({ part }) => part)), new Set(["init", "supervise"]));
  for (const { ours, against, value } of figures) assert(ours.wallMs > 0 && against.cpuMs >= 0 && value > 0);
  const [first] = figures;
  const session = records.at(-1).counts;
  assertEquals([first.agents, session.figures], [10, figures.length]);
  assertEquals(
    [...Deno.readDirSync(`${projectRoot}/runs`)].filter(({ name }) =>
      name.startsWith("bench-") && name.includes("-init-10-")
    ),
    [],
  );
});
