/**
 * The run that nobody kills, with a copy of it before each step.
 *
 * @module
 */

import { sha256 } from "../../lib/util/hash.ts";
import { projectRoot, type RunPaths, runPaths } from "../../lib/run/paths.ts";
import { type Fault, mark } from "./fault.ts";
import { copy, cut, demand, killed, run } from "./_process.ts";
import { config, firstCycle, laterCycles, renewal, type SideStage, sideStages, type Stage } from "./_scenario.ts";
import { differences, type State, stateOf } from "./_state.ts";

/** Where a stage is killed. */
export interface Point {
  readonly stage: PreparedRequest;
  /** At a write, or so many milliseconds after its start: the step alone, or with all that it has started. */
  readonly at: Fault | { readonly ms: number; readonly who: "step" | "group" };
  /** What the step was about to do, where that is known. */
  readonly what: string;
}

/** A stage that nobody killed. */
export interface PreparedRequest extends Stage {
  /** A copy of the run before the step. */
  readonly before: string;
  /** What the run was after the step. */
  readonly after: State;
  /** What the run was when all that follows was done. */
  readonly end: () => State;
  /** Its points: what each was about, and whether it wrote bytes. */
  readonly points: readonly { readonly what: string; readonly bytes: boolean }[];
  /** How long it took, in milliseconds. */
  readonly ms: number;
}

/** What is not tried at its points is done in the quickest way. */
const rest = ["--sleep", "0", "--isolation", "shared", "--quiet"];

/** Stages that were run, and runs that are torn at their points. */
export class Stages implements AsyncDisposable {
  readonly stages: PreparedRequest[] = [];
  readonly #folder: string;
  readonly #runs = new Set<string>();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Evaluations a run, counting the points of each step.
   *
   * @param aside Whether to try steps on runs of their own as well.
   */
  static async live({ aside }: { readonly aside: boolean }): Promise<Stages> {
    const made = new Stages(await Deno.makeTempDir({ prefix: "crash-" }));
    await renewTemplate(made.#path("TEMPLATE"));
    const paths = await made.#empty();
    for (const stage of firstCycle) await made.#live(stage, paths, () => made.#end);
    await copy(`${paths.root}/saved.tar.gz`, made.#path("BACKUP"));
    await copy(paths.root, made.#path("evaluated"));
    for (const stage of laterCycles) await made.#live(stage, paths, () => made.#end);
    made.#end = await stateOf(paths);
    if (aside) { for (const stage of sideStages) await made.#liveAside(stage); }
    return made;
  }

  #end: State = {};

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
  async at(stage: PreparedRequest): Promise<RunPaths> {
    const paths = this.#newRun();
    await copy(stage.before, paths.root);
    return paths;
  }

  /** Starts the step of a stage and kills it at a point; tells whether the point was reached. */
  async kill({ stage, at }: Point, paths: RunPaths): Promise<boolean> {
    const args = this.#args(stage, paths);
    const { code, stderr } = "ms" in at
      ? await cut(stage.step, args, at)
      : await run(stage.step, args, await this.#preload(`arm(${JSON.stringify(at)});`));
    if (code !== 0 && code !== killed) throw new Error(`${stage.name} ended with ${code}: ${stderr}`);
    return code === killed;
  }

  /** The step of a stage again, and then the rest of the run. */
  async goOn(stage: PreparedRequest, paths: RunPaths): Promise<{ readonly after: State; readonly end: State }> {
    const { code, stderr } = await run(stage.step, this.#args(stage, paths));
    const after = await stateOf(paths);
    // What was done when it was killed can't be done twice: there is a run, or a file, already.
    const done = code === 2 && /already|no such file yet/.test(stderr) && differences(stage.after, after).length === 0;
    if (code !== 0 && !done) throw new Error(`${stage.name} ended with ${code}: ${stderr}`);
    await this.#rest(stage, paths);
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

  async #live(stage: Stage, paths: RunPaths, end: () => State): Promise<void> {
    const before = this.#path(String(this.stages.length));
    await copy(paths.root, before);
    const counter = await this.#preload("arm();");
    const began = performance.now();
    const { stderr } = await demand(stage.step, this.#args(stage, paths), counter);
    const ms = performance.now() - began;
    const all = pointsIn(stderr);
    const points = stage.more ? all.slice(0, all.findLastIndex(({ what }) => what === "commit") + 1) : all;
    this.stages.push({ ...stage, before, points, ms, after: await stateOf(paths), end });
  }

  /** A stage on a run of its own. */
  async #liveAside({ prepare, ...stage }: SideStage): Promise<void> {
    const paths = prepare ? this.#newRun() : await this.#empty();
    if (prepare) await copy(this.#path("evaluated"), paths.root);
    else if (stage.step === "restore") await Deno.remove(paths.config);
    prepare?.(paths);
    let end: State = {};
    await this.#live(stage, paths, () => end);
    await this.#rest(stage, paths);
    end = await stateOf(paths);
  }

  async #rest({ early }: Stage, paths: RunPaths): Promise<void> {
    if (early) {
      await demand("lifecycle", ["--until", "1", ...rest, "--run", paths.name!]);
      await demand(renewal.step, this.#args(renewal, paths));
    }
    await demand("lifecycle", ["--until", "3", ...rest, "--run", paths.name!]);
  }

  #args({ args }: Stage, paths: RunPaths): string[] {
    const stands = {
      TEMPLATE: this.#path("TEMPLATE"),
      BACKUP: this.#path("BACKUP"),
      SAVED: `${paths.root}/saved.tar.gz`,
    };
    return [...args.map((arg) => stands[arg as keyof typeof stands] ?? arg), "--run", paths.name!];
  }

  #path(name: string): string {
    return `${this.#folder}/${name}`;
  }

  #newRun(): RunPaths {
    const name = `crash-${crypto.randomUUID().slice(0, 13)}`;
    this.#runs.add(name);
    return runPaths(name);
  }

  /** A run with nothing but a configuration. */
  async #empty(): Promise<RunPaths> {
    const paths = this.#newRun();
    await Deno.mkdir(paths.workspace, { recursive: true });
    await Deno.writeTextFile(paths.config, JSON.stringify(config));
    return paths;
  }

  /** A module that is loaded before a step. */
  async #preload(call: string): Promise<string> {
    const path = this.#path(`preload-${(await sha256(call)).slice(0, 16)}.ts`);
    const fault = JSON.stringify(new URL("fault.ts", import.meta.url));
    await Deno.writeTextFile(path, `import { arm } from ${fault};\n${call}\n`);
    return path;
  }
}

function pointsIn(stderr: string): PreparedRequest["points"] {
  const lines = stderr.split("\n").filter((line) => line.startsWith(mark));
  return lines.map((line) => {
    const [, kind, ...what] = line.slice(mark.length).split(" ");
    return { what: what.join(" "), bytes: kind === "bytes" };
  });
}

/** The default template with a gene more, which fails now and then. */
async function renewTemplate(folder: string): Promise<void> {
  await copy(`${projectRoot}/agent_template`, folder);
  const text = 'import type { GeneContext } from "evolve/contract";\n\n' +
    "/**\n * Votes for nothing, and fails now and then.\n *\n * @phase act\n */\n" +
    'export function idle(context: GeneContext): number {\n  if (context.random() < 0.05) throw new Error("tired");\n  return 0;\n}\n';
  await Deno.writeTextFile(`${folder}/src/idle.ts`, text);
}
