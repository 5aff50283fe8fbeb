/**
 * The evaluation of a small run, step by step: where kills are tried.
 *
 * @module
 */

import type { RunPaths } from "../../lib/run/paths.ts";

/** A step at one place of a run's evaluation. */
export interface Stage {
  /** What it is called: the step, and what it has to do there. */
  readonly name: string;
  readonly step: string;
  /** Its flags; `TEMPLATE`, `BACKUP` and `SAVED` stand for paths. */
  readonly args: readonly string[];
  /** The cycle in which the template is renewed is still to come. */
  readonly early?: boolean;
  /** Done again it does more: a kill after its last write to the listing comes after its end. */
  readonly more?: boolean;
}

/** A step that is tried on a run of its own. */
export interface SideStage extends Stage {
  /** Makes the run what it is before the step, out of one that has been through a cycle; absent: there is none yet. */
  readonly prepare?: (paths: RunPaths) => void;
}

/** So few steps that evaluations are short, so many births that every kind of state occurs in few cycles. */
export const config = {
  world: { steps: 20, episodes: 1 },
  selection: { replacementFraction: 0.5, elites: 0.2 },
  backoff: { crashes: 1 },
  retention: { cycles: 2 },
};

const one = ["--workers", "1"];

/** The first cycle. */
export const firstCycle: readonly Stage[] = [
  { name: "init", step: "init", args: ["--count", "6", "--seed", "7", ...one], early: true },
  { name: "scan", step: "scan", args: one, early: true },
  { name: "sync-wiring", step: "sync-wiring", args: one, early: true },
  { name: "build", step: "build", args: one, early: true },
  { name: "supervise", step: "supervise", args: ["--concurrency", "2"], early: true },
  { name: "select", step: "select", args: [], early: true },
  { name: "supervise (births)", step: "supervise", args: ["--concurrency", "2"], early: true },
  { name: "hooks", step: "hooks", args: [], early: true },
  { name: "report", step: "report", args: [], early: true },
  { name: "backup", step: "backup", args: ["SAVED"], early: true },
];

/** How the template is renewed after the first cycle. */
export const renewal: Stage = {
  name: "init (more agents, template renewed)",
  step: "init",
  args: ["--count", "7", "--template", "TEMPLATE", ...one],
};

/** What follows. */
export const laterCycles: readonly Stage[] = [
  renewal,
  { name: "scan (changed genomes)", step: "scan", args: one },
  { name: "sync-wiring (template renewed)", step: "sync-wiring", args: one },
  { name: "build (cycle 2)", step: "build", args: one },
  { name: "supervise (cycle 2)", step: "supervise", args: ["--concurrency", "1"] },
  { name: "select (cycle 2)", step: "select", args: [] },
  { name: "lifecycle (births of cycle 2, cycle 3)", step: "lifecycle", args: ["--until", "3", ...one] },
];

/** Steps that are tried with what the first cycle came to. */
export const sideStages: readonly SideStage[] = [
  { name: "restore", step: "restore", args: ["BACKUP"], early: true },
  { name: "restore (over a run)", step: "restore", args: ["BACKUP", "--force"], early: true, prepare: () => {} },
  { name: "doctor", step: "doctor", args: [], early: true, prepare: harm },
  {
    name: "start",
    step: "start",
    args: ["--count", "6", "--cycles", "1", "--seed", "7", ...one],
    early: true,
    more: true,
  },
];

/** Damages that `doctor` repairs so that nothing remains of them. */
function harm({ agents, store, template }: RunPaths): void {
  const [gone, short, strange] = names(agents).map((name) => `${agents}/${name}`);
  Deno.removeSync(gone!, { recursive: true });
  Deno.truncateSync(`${short}/genome.bin`, 7);
  Deno.writeTextFileSync(`${strange}/strange.txt`, "strange");
  Deno.writeTextFileSync(`${strange}/src/.tmp-half`, "half");
  Deno.removeSync(`${template}/${names(template)[0]}/world.ts`);
  Deno.removeSync(`${store}/judges`, { recursive: true });
}

function names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}
