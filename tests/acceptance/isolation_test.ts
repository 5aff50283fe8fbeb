import { assertEquals } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { type IsolationName, isolationNames } from "../../lib/isolation/names.ts";
import { bubblewrap } from "../isolation/installed.ts";
import { pairs } from "../matrix.ts";
import { Population } from "./_population.ts";

const tables = [
  `SELECT cycle, agent, kind, genome_hash, build_hash, inputs, outcome, message, score, scores, measures, episodes,
    violation, invalid, drew, evidence_hash,
    genome_after, reproducible FROM evaluations ORDER BY cycle, agent, kind`,
  "SELECT id, status, genome_hash, score, energy, generation FROM agents ORDER BY ordinal",
  "SELECT hash, kind FROM blobs ORDER BY hash",
  "SELECT agent, position, sender, body FROM inboxes ORDER BY agent, position",
];

/** What is configured for templates, so that their evaluations are not long. */
const shortened: Readonly<Record<string, Record<string, unknown>>> = {
  // Of which the best of a cycle are raced as well.
  "agent_template": { world: { episodes: 2 }, selection: { race: { first: 3, keep: 2, episodes: 3 } } },
  "examples/tsp": { world: { episodes: 1 } },
  "examples/job-shop": { world: { steps: 6 } },
};

async function built(run: Population): Promise<void> {
  for (const step of ["scan", "sync-wiring", "build"]) await run.step(step);
}

/** The evaluations of a cycle: judged ones, and those of births. */
async function evaluated(run: Population, ...flags: string[]): Promise<void> {
  await run.step("supervise", ...flags);
  await run.step("select");
  await run.step("supervise", ...flags);
}

/** What the evaluations of a second cycle come to, births among them: agents have mail, memory and a past by then. */
async function evaluatedIn(isolation: IsolationName, template: string): Promise<readonly unknown[]> {
  await using run = await new Population().like(`5 of ${template} before their second cycle`, async (first) => {
    await first.step("init", "--count", "5", "--seed", "7", "--template", `${projectRoot}/${template}`);
    if (Object.hasOwn(shortened, template)) await first.configure(shortened[template]!);
    await built(first);
    await evaluated(first);
    await built(first);
  });
  await evaluated(run, "--isolation", isolation);
  const kinds = run.rows<{ kind: string }>(
    "SELECT DISTINCT kind FROM evaluations WHERE outcome = 'finished' AND cycle = 2 ORDER BY kind",
  );
  const isRaced = template === "agent_template";
  assertEquals(kinds.map(({ kind }) => kind), ["gestation", "judged", ...(isRaced ? ["race"] : [])]);
  return tables.flatMap((table) => run.rows(table));
}

/** The templates that the project ships, and those of the tests, which have what these lack. */
function templates(): string[] {
  const examples = [...Deno.readDirSync(projectRoot)].some(({ name }) => name === "examples")
    ? [...Deno.readDirSync(`${projectRoot}/examples`)].filter((entry) => entry.isDirectory)
    : [];
  return [
    "agent_template",
    ...["contract", "instances", "kinds"].map((name) => `tests/acceptance/${name}`),
    ...examples.map(({ name }) => `examples/${name}`).sort(),
  ];
}

const others = isolationNames.filter((name) => name !== "process" && (name !== "bwrap" || bubblewrap !== undefined));

for (const [template, tried] of Map.groupBy(pairs(templates(), others), ([template]) => template)) {
  const isolations = tried.map(([, isolation]) => isolation);
  Deno.test(`a cycle of ${template} comes to the same in processes and by ${isolations.join(", ")}`, async () => {
    const expected = await evaluatedIn("process", template);
    for (const isolation of isolations) assertEquals(await evaluatedIn(isolation, template), expected, isolation);
  });
}
