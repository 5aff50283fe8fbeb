/**
 * A small run that is lived step by step, with a copy of it before each step: where kills are tried.
 *
 * @module
 */

import { sha256 } from "../../lib/agents/hash.ts";
import { projectRoot, type RunPaths, runPaths } from "../../lib/agents/paths.ts";
import { pipeline } from "../step/_run.ts";
import { type Fault, mark } from "./fault.ts";
import { type State, stateOf } from "./_state.ts";

/** A step at one place of the run's life. */
export interface Stage {
  /** What it is called in tests: the step, and what it has to do there. */
  readonly name: string;
  readonly step: string;
  readonly args: readonly string[];
}

/** Where a stage is killed. */
export interface Point {
  readonly stage: Lived;
  /** At a write, or so many milliseconds after its start: the step alone, or with all that it has started. */
  readonly at: Fault | { readonly ms: number; readonly who: "step" | "group" };
  /** What the step was about to do, where that is known. */
  readonly what: string;
}

/** A stage of the run that nobody killed. */
export interface Lived extends Stage {
  /** A copy of the run before the step. */
  readonly before: string;
  /** What the run was after the step. */
  readonly after: State;
  /** Its points: what each was about, and whether it wrote bytes. */
  readonly points: readonly { readonly what: string; readonly bytes: boolean }[];
  /** How long it took, in milliseconds. */
  readonly ms: number;
}

const config = {
  world: { steps: 20, episodes: 1 },
  selection: { replaced: 0.5, elites: 0.2 },
};

const one = ["--workers", "1"];
const chain: readonly Stage[] = [
  { name: "init", step: "init", args: ["--count", "6", "--seed", "7", ...one] },
  { name: "scan", step: "scan", args: one },
  { name: "sync-wiring", step: "sync-wiring", args: one },
  { name: "build", step: "build", args: one },
  { name: "supervise", step: "supervise", args: ["--slots", "2"] },
  { name: "select", step: "select", args: [] },
  { name: "supervise (births)", step: "supervise", args: ["--slots", "2"] },
  { name: "hooks", step: "hooks", args: [] },
  { name: "report", step: "report", args: [] },
];
const renewed: readonly Stage[] = [
  {
    name: "init (more agents, template renewed)",
    step: "init",
    args: ["--count", "7", "--template", "TEMPLATE", ...one],
  },
  { name: "scan (changed genomes)", step: "scan", args: one },
  { name: "sync-wiring (template renewed)", step: "sync-wiring", args: one },
  { name: "build (cycle 2)", step: "build", args: one },
  { name: "supervise (cycle 2)", step: "supervise", args: ["--slots", "1"] },
  { name: "select (cycle 2)", step: "select", args: [] },
  { name: "lifecycle (births of cycle 2, cycle 3)", step: "lifecycle", args: ["--until", "3", ...one] },
];

const rest = ["--sleep", "0", "--slots", "2", "--quiet"];

/** 128 and the number of SIGKILL. */
const killed = 137;

/** The run that nobody kills, and its copies. */
export class Stages implements AsyncDisposable {
  readonly #folder: string;
  readonly #runs = new Set<string>();
  readonly stages: Lived[] = [];
  /** What the run is at its end. */
  end: State = {};

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Lives the run, counting the points of each step. */
  static async live(): Promise<Stages> {
    const made = new Stages(await Deno.makeTempDir({ prefix: "crash-" }));
    const paths = made.newRun();
    await Deno.mkdir(paths.workspace, { recursive: true });
    await Deno.writeTextFile(paths.config, JSON.stringify(config));
    await renewTemplate(`${made.#folder}/template`);
    const counter = await made.#preload("arm();");
    for (const stage of [...chain, ...renewed]) {
      const before = `${made.#folder}/${made.stages.length}`;
      await copy(paths.root, before);
      const args = stage.args.map((arg) => arg === "TEMPLATE" ? `${made.#folder}/template` : arg);
      const began = performance.now();
      const { code, stderr } = await run(stage.step, [...args, "--run", paths.name!], counter);
      if (code !== 0) throw new Error(`${stage.name} ended with ${code}: ${stderr}`);
      const ms = performance.now() - began;
      const points = pointsIn(stderr);
      made.stages.push({ ...stage, args, before, points, ms, after: await stateOf(paths) });
    }
    made.end = made.stages.at(-1)!.after;
    return made;
  }

  /** A run that does not exist yet; it is removed at the end. */
  newRun(): RunPaths {
    const name = `crash-${crypto.randomUUID().slice(0, 13)}`;
    this.#runs.add(name);
    return runPaths(name);
  }

  /** All points of all stages, in their order. */
  points(): Point[] {
    return this.stages.flatMap((stage) =>
      stage.points.flatMap(({ what, bytes }, i) => {
        const point = (how: Fault["how"]) => ({ stage, what, at: { point: i + 1, how } });
        return bytes ? [point("before"), point("half")] : [point("before")];
      })
    );
  }

  /** A copy of the run as it was before a stage. */
  async at(stage: Lived): Promise<RunPaths> {
    const paths = this.newRun();
    await copy(stage.before, paths.root);
    return paths;
  }

  /** Starts the step of a stage and kills it at a point; tells whether the point was reached. */
  async kill({ stage, at }: Point, paths: RunPaths): Promise<boolean> {
    const args = [...stage.args, "--run", paths.name!];
    const { code, stderr } = "ms" in at
      ? await cut(stage.step, args, at)
      : await run(stage.step, args, await this.#preload(`arm(${JSON.stringify(at)});`));
    if (code !== 0 && code !== killed) throw new Error(`${stage.name} ended with ${code}: ${stderr}`);
    return code === killed;
  }

  /** The step of a stage again, and then the rest of the run. */
  async goOn(stage: Lived, paths: RunPaths): Promise<{ readonly after: State; readonly end: State }> {
    await demand(stage.step, [...stage.args, "--run", paths.name!]);
    const after = await stateOf(paths);
    const renewal = this.stages[chain.length]!;
    if (this.stages.indexOf(stage) < chain.length) {
      await demand("lifecycle", ["--until", "1", ...rest, "--run", paths.name!]);
      await demand(renewal.step, [...renewal.args, "--run", paths.name!]);
    }
    await demand("lifecycle", ["--until", "3", ...rest, "--run", paths.name!]);
    return { after, end: await stateOf(paths) };
  }

  async remove(paths: RunPaths): Promise<void> {
    await Deno.remove(paths.root, { recursive: true });
    this.#runs.delete(paths.name!);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.#folder, { recursive: true });
    for (const name of this.#runs) await Deno.remove(runPaths(name).root, { recursive: true }).catch(() => {});
  }

  /** A module that is loaded before a step. */
  async #preload(call: string): Promise<string> {
    const path = `${this.#folder}/preload-${(await sha256(call)).slice(0, 16)}.ts`;
    await Deno.writeTextFile(
      path,
      `import { arm } from ${JSON.stringify(new URL("fault.ts", import.meta.url))};\n${call}\n`,
    );
    return path;
  }
}

/** Starts a step under its own permission set; a preloaded module needs the one to end its process besides. */
async function run(step: string, args: readonly string[], preload?: string): Promise<{ code: number; stderr: string }> {
  const [first, ...others] = pipeline(step, ...args);
  const added = preload === undefined ? [] : ["--allow-run", `--preload=${preload}`];
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [first!, ...added, ...others],
    cwd: projectRoot,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  return { code, stderr: new TextDecoder().decode(stderr) };
}

/** Starts a step and ends it by force after a time. */
async function cut(
  step: string,
  args: readonly string[],
  { ms, who }: { readonly ms: number; readonly who: "step" | "group" },
): Promise<{ code: number; stderr: string }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: pipeline(step, ...args),
    cwd: projectRoot,
    stdin: "null",
    stdout: "null",
    stderr: "null",
    detached: true,
  }).spawn();
  const timer = setTimeout(() => Deno.kill(who === "group" ? -child.pid : child.pid, "SIGKILL"), ms);
  const { code } = await child.status;
  clearTimeout(timer);
  return { code, stderr: "" };
}

async function demand(step: string, args: readonly string[]): Promise<void> {
  const { code, stderr } = await run(step, args);
  if (code !== 0) throw new Error(`${step} ended with ${code}: ${stderr}`);
}

function pointsIn(stderr: string): Lived["points"] {
  const lines = stderr.split("\n").filter((line) => line.startsWith(mark));
  return lines.map((line) => {
    const [, kind, ...what] = line.slice(mark.length).split(" ");
    return { what: what.join(" "), bytes: kind === "bytes" };
  });
}

/** The default template with a gene more, and one gene changed. */
async function renewTemplate(folder: string): Promise<void> {
  await copy(`${projectRoot}/agent_template`, folder);
  const text = 'import type { Life } from "evolve/contract";\n\n' +
    "/**\n * Votes for nothing.\n *\n * @phase act\n */\nexport function idle(_life: Life): number {\n  return 0;\n}\n";
  await Deno.writeTextFile(`${folder}/src/idle.ts`, text);
}

/** A copy of a folder; there is none where the folder is missing. */
async function copy(from: string, to: string): Promise<void> {
  const { success, stderr } = await new Deno.Command("cp", { args: ["-a", from, to] }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}
