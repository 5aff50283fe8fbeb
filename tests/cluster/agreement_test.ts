import { assert, assertEquals } from "@std/assert";
import { toBytes } from "../../lib/runtime/genome_bytes.ts";
import type { Genome } from "../../lib/runtime/genome_schema.ts";
import { natsServer } from "../evaluators/nats.ts";
import { NamedRun } from "../pipelines/named_run.ts";
import { Cluster } from "./_cluster.ts";
import { succeeds } from "./_installed.ts";

/** Genes, by the name of their file, of which each agent has one. */
const genes: Readonly<Record<string, string>> = {
  walks: "return 1;",
  loops: "for (;;);",
  throws: 'throw new Error("no luck");',
  recurses: "const f = (n: number): number => f(n + 1) + 1; return f(0);",
};

const isRoot = Deno.uid() === 0 && succeeds("unshare", "--uts", "true");
const ignore = natsServer === undefined || !isRoot;
if (!isRoot) {
  console.warn("left out: evaluators of two machines, as this user can't give a process a host name of its own");
}

/** A run whose agents are built and due, each of them with one gene. */
async function dueRun(): Promise<NamedRun> {
  const files = Object.entries(genes).map(([name, body]) => [
    `src/${name}.ts`,
    `/** @phase act */\nexport function ${name}(): number { ${body} }\n`,
  ]);
  const run = await NamedRun.make(Object.fromEntries(files));
  await Deno.mkdir(run.paths.workspace, { recursive: true });
  await Deno.writeTextFile(
    run.paths.config,
    JSON.stringify({ limits: { cpuSeconds: 1 }, evaluators: { verifyFraction: 0 } }),
  );
  await succeed(run.init("--count", String(Object.keys(genes).length)));
  for (const [i, { id }] of run.rows("SELECT id FROM agents ORDER BY ordinal").entries()) {
    const name = Object.keys(genes)[i]!;
    const genome: Genome = {
      version: 1,
      files: [{ path: `src/${name}.ts`, active: true, functions: { [name]: true }, parameters: {} }],
    };
    await Deno.writeFile(`${run.paths.agents}/${id}/genome.bin`, toBytes(genome));
  }
  for (const step of ["scan", "sync-wiring", "build"]) await succeed(run.step(step));
  return run;
}

/** Evaluates, and tells by the gene of each agent how that ended. */
async function outcomes(run: NamedRun, ...flags: string[]) {
  const { records } = await succeed(run.step("supervise", ["--isolation", "shared", "--concurrency", "1", ...flags]));
  const ended = run.rows(`SELECT e.outcome, e.message, e.reproducible, e.limit_reached, e.score FROM agents a
    JOIN evaluations e ON e.agent = a.id ORDER BY a.ordinal`);
  return { ended, counts: (records.at(-1) as { counts: Record<string, number> }).counts };
}

async function succeed(ended: ReturnType<NamedRun["step"]>) {
  const all = await ended;
  assertEquals(all.code, 0, all.stderr);
  return all;
}

Deno.test(
  "what fails alike on two machines counts; what one alone has seen is evaluated at home",
  { ignore },
  async () => {
    await using home = await dueRun();
    const expected = await outcomes(home);
    assertEquals(expected.ended.map(({ outcome }) => outcome), ["finished", "cpu", "crash", "stack"]);
    await using cluster = await Cluster.start();
    await cluster.joinOn("here");
    await using one = await dueRun();
    const byOne = await outcomes(one, "--evaluators", cluster.server.url);
    assertEquals([byOne.ended, byOne.counts.elsewhere, byOne.counts.atHome], [expected.ended, 1, 3]);
    await cluster.joinOn("there");
    await using two = await dueRun();
    const byTwo = await outcomes(two, "--evaluators", cluster.server.url);
    assertEquals(byTwo.ended, expected.ended);
    const { elsewhere, atHome } = byTwo.counts;
    // One may by chance be handed to the same machine again and again.
    assert(elsewhere! > 1 && elsewhere! + atHome! === 4, JSON.stringify(byTwo.counts));
  },
);
