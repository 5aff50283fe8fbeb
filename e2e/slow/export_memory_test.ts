import { assert, assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { Run } from "../evolve.ts";
import { missing } from "../tools.ts";

/** Adds evaluations and events of one cycle, so many of each. */
function lengthen(run: Run, cycle: number, count: number): void {
  using db = new DatabaseSync(`${run.folder}/workspace/listing.db`);
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`;
  db.exec(`BEGIN;
    INSERT INTO evaluations (cycle, agent, kind, genome_hash, code_hash, build_hash, inputs, outcome, score, scores, measures)
      ${numbers} SELECT ${cycle}, printf('%036d', i), 'judged', printf('%064d', i), 'c', printf('%064d', i), '{}',
      'finished', i / 7.0, '[1.5,2.5]', '{"length":' || i || '}' FROM n;
    INSERT INTO events (cycle, type, agent, data, at) ${numbers} SELECT ${cycle}, 'agent.stray', printf('%036d', i),
      '{"files":["a"],"count":' || i || '}', '2026-01-01T00:00:00.000Z' FROM n;
    COMMIT;`);
}

const measure =
  "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); " +
  "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)";

/** Peak memory of an export in KiB. */
async function peak(run: Run, format: string): Promise<number> {
  const out = await Deno.makeTempDir();
  try {
    const { code, stdout, stderr } = await new Deno.Command("python3", {
      args: ["-I", "-c", measure, ...run.command("export", "--format", format, "--out", out)],
    }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    return Number(new TextDecoder().decode(stdout));
  } finally {
    await Deno.remove(out, { recursive: true });
  }
}

Deno.test(
  "export takes no more memory for twenty times as many rows",
  { ignore: await missing("python3") },
  async () => {
    await using run = new Run();
    await run.step("init", "--count", "4", "--seed", "7");
    lengthen(run, 1000, 20_000);
    const formats = ["parquet", "csv", "ndjson"] as const;
    const few: Record<string, number> = {};
    for (const format of formats) few[format] = await peak(run, format);
    lengthen(run, 1001, 380_000);
    for (const format of formats) {
      const many = await peak(run, format);
      console.error(`${format}: ${few[format]} KiB for 100,000 rows, ${many} KiB for 2,000,000`);
      assert(many < 1.3 * few[format]!, `${format}: ${few[format]} KiB, then ${many} KiB`);
    }
  },
);
