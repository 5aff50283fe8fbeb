/**
 * The processes of evaluations without an orchestrator: the same command lines and inputs, started by `xargs`.
 *
 * @module
 */

import type { Sample } from "../../lib/records/bench.ts";
import { Listing } from "../../lib/db/listing.ts";
import { projectRoot, runPaths } from "../../lib/run/paths.ts";
import { loadVerifier } from "../../lib/signing/sign.ts";
import { Artifacts } from "../../lib/toolchain/artifacts.ts";
import { Launcher } from "../../lib/isolation/launcher.ts";
import { sandboxEnvironment } from "../../lib/util/shell.ts";
import { agentLimits } from "../../lib/isolation/limits.ts";
import { dueJudged } from "../../lib/steps/supervise/due.ts";
import { ownLine } from "../../lib/isolation/request.ts";
import { prepareEvaluation } from "../../lib/steps/supervise/evaluation.ts";
import { readFacts } from "../../lib/steps/supervise/run_facts.ts";
import { measure } from "./measure.ts";

/** Evaluations that are due, ready to be started by `xargs`. */
export interface BareEvaluations {
  readonly count: number;
  /** Runs all of them two at a time. */
  run(): Promise<Sample>;
}

/**
 * Writes the inputs of the judged evaluations that are due in a run.
 *
 * @param folder Where to put them, within `runs`.
 * @param most How many evaluations at most.
 */
export async function bareEvaluations(run: string, folder: string, most = Infinity): Promise<BareEvaluations> {
  const paths = runPaths(run);
  using listing = Listing.open(paths.listing);
  const facts = await readFacts(listing, paths);
  const due = dueJudged(listing, facts.due).slice(0, most);
  const place = `${projectRoot}/runs/${folder}`;
  Deno.mkdirSync(place, { recursive: true });
  const lines: string[] = [];
  using artifacts = new Artifacts(listing, paths, await loadVerifier(paths.publicKey), facts);
  for (const one of due) {
    const { request } = prepareEvaluation(listing, facts, undefined, one);
    if (!request.ok) throw new Error(request.issue.message);
    Deno.writeFileSync(`${place}/${one.ordinal}.json`, ownLine(request.value));
    const program = await artifacts.prove(request.value.artifact);
    if (!program.ok) throw new Error(program.issue.message);
    Deno.copyFileSync(program.value, `${place}/${one.ordinal}.js`);
    lines.push(`${place}/${one.ordinal}.js ${place}/${one.ordinal}.json\n`);
  }
  Deno.writeTextFileSync(`${place}/lines`, lines.join(""));
  const limits = agentLimits(facts.config);
  const steps = facts.worlds.reduce((sum, world) => sum + world.steps, 0);
  const { args } = (await Launcher.find(limits)).sandboxed("ARTIFACT", limits, steps);
  // `sh -c 'limits && exec "$@"' sh … ARTIFACT`, but for where artifact and input come from.
  const [, script, , ...command] = args;
  const line = script!.replace('exec "$@"', `exec ${command.map(quoted).join(" ")} <"$2" >/dev/null`)
    .replace("'ARTIFACT'", '"$1"');
  const xargs = ["-P2", "-n2", "-a", `${place}/lines`, "/bin/sh", "-c", line, "sh"];
  const environment = Object.entries(sandboxEnvironment).map(([name, value]) => `${name}=${value}`);
  return {
    count: due.length,
    run: () => measure({ program: "env", args: ["-i", ...environment, "xargs", ...xargs] }),
  };
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
