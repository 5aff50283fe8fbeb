/**
 * The shipped configuration: attacks that pass the audit live as agents of one population, next to honest ones, each
 * step a process of its own under its own permission set.
 *
 * @module
 */

import { toBytes } from "../../lib/runtime/genome_bytes.ts";
import type { Genome } from "../../lib/runtime/genome_schema.ts";
import { NamedRun } from "../pipelines/named_run.ts";
import type { Observed } from "./attack.ts";
import { limits } from "./sandbox.ts";

const genes = new Map<string, string>();

/** How the evaluation of one agent ended. */
interface PreparedRequest {
  readonly id: string;
  readonly outcome: string | null;
  readonly message: string | null;
  readonly score: number | null;
  readonly reason: string | null;
}

const honest = `export const parameters = { eagerness: { min: 0, max: 1, default: 0.5, scale: "linear" } };
/** @phase act */
export function stride(): number { return 1; }
/** Nobody calls it. */
export function urge(): number { return 0; }
`;

/**
 * Adds an attack to the population; to be called before the first evaluation is awaited.
 *
 * @param body Body of a typed function; what returns true has succeeded.
 * @param head What stands beside it at the top.
 * @returns Awaits the end of its evaluation.
 */
export function inPopulation(body: string, head = ""): () => Promise<Observed> {
  const name = `attack${genes.size}`;
  genes.set(
    name,
    `/** @phase act */
export function ${name}(context: any): number { const got = attempt(context, ""); return got === true ? 1 : got; }
${head}
function succeed(): void {}
function attempt(context: any, secret: string): any { ${body} }
`,
  );
  return async () => {
    const evaluations = await (population ??= evaluate());
    const { outcome, message, score, reason } = evaluations.get(name)!;
    const neighbour = evaluations.get("honest")!;
    if (neighbour.score !== 5) throw new Error(`The honest neighbour was harmed: ${JSON.stringify(neighbour)}`);
    return { succeeded: outcome === "finished" && score !== 0, how: `${outcome}: ${message ?? ""} ${reason ?? ""}` };
  };
}

let population: Promise<ReadonlyMap<string, PreparedRequest>> | undefined;

/** Takes a population through a cycle up to its judgement, by the steps that a user starts. */
async function evaluate(): Promise<ReadonlyMap<string, PreparedRequest>> {
  const files = [...genes].map(([name, text]) => [`src/${name}.ts`, text]);
  await using run = await NamedRun.make({ "src/walker.ts": honest, ...Object.fromEntries(files) });
  const names = ["honest", ...genes.keys()];
  await Deno.mkdir(run.paths.workspace, { recursive: true });
  await Deno.writeTextFile(run.paths.config, JSON.stringify({ limits }));
  await succeed(run.init("--count", String(names.length)));
  const agents = run.rows("SELECT id FROM agents ORDER BY ordinal").map(({ id }, i) =>
    [names[i]!, String(id)] as const
  );
  for (const [name, id] of agents) await Deno.writeFile(`${run.paths.agents}/${id}/genome.bin`, genomeOf(name));
  for (const step of ["scan", "sync-wiring", "build", "supervise"]) await succeed(run.step(step));
  const evaluated = run.rows(
    `SELECT a.id, e.outcome, e.message, e.score, a.reason FROM agents a
      LEFT JOIN evaluations e ON e.agent = a.id ORDER BY a.ordinal`,
  ) as unknown as PreparedRequest[];
  return new Map(evaluated.map((one, i) => [names[i]!, one]));
}

async function succeed(ended: ReturnType<NamedRun["step"]>): Promise<void> {
  const { code, stderr } = await ended;
  if (code !== 0) throw new Error(stderr);
}

/** A genome in which nothing is on but one gene. */
function genomeOf(name: string): Uint8Array {
  const [file, gene] = name === "honest" ? ["src/walker.ts", "stride"] : [`src/${name}.ts`, name];
  const genome: Genome = {
    version: 1,
    files: [{ path: file, active: true, functions: { [gene]: true }, parameters: {} }],
  };
  return toBytes(genome);
}
