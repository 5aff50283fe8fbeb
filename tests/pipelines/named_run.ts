import { projectRoot, type RunPaths, runPaths } from "../../lib/run/paths.ts";
import { Listing } from "../../lib/db/listing.ts";
import { writeTemplate } from "../agents/made_run.ts";

/** How a step's process ended. */
export interface Ended {
  readonly code: number;
  readonly records: readonly Record<string, unknown>[];
  readonly stdout: string;
  readonly stderr: string;
}

/** A run of the project on which steps are started as processes, each under its own permission set. */
export class NamedRun implements AsyncDisposable {
  readonly name = `test-agents-${crypto.randomUUID()}`;
  readonly paths: RunPaths = runPaths(this.name);
  readonly template: string;

  private constructor(template: string) {
    this.template = template;
  }

  /** A run with a small template and no agents yet. */
  static async make(changes: Readonly<Record<string, string | null>> = {}): Promise<NamedRun> {
    const run = new NamedRun(await Deno.makeTempDir());
    await writeTemplate(run.template, changes);
    return run;
  }

  /** Starts a step. */
  start(step: string, ...flags: string[]): Deno.ChildProcess {
    return new Deno.Command(Deno.execPath(), {
      args: ["run", "-q", "--no-prompt", `-P=${step}`, `pipelines/${step}.ts`, "--run", this.name, ...flags],
      cwd: projectRoot,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  }

  /** Starts a step and waits for its end. */
  async step(step: string, flags: readonly string[] = [], input = ""): Promise<Ended> {
    const child = this.start(step, ...flags);
    const writer = child.stdin.getWriter();
    // A step that does not read its stdin may be gone before all of it is written.
    await writer.write(new TextEncoder().encode(input)).then(() => writer.close()).catch(() => {});
    const { code, stdout, stderr } = await child.output();
    const text = new TextDecoder().decode(stdout);
    const records = text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
    return { code, records, stdout: text, stderr: new TextDecoder().decode(stderr) };
  }

  /** `init` with the run's template and seed 7. */
  async init(...flags: string[]): Promise<Ended> {
    return await this.step("init", ["--template", this.template, "--seed", "7", ...flags]);
  }

  rows(sql: string): Record<string, unknown>[] {
    using listing = Listing.open(this.paths.listing);
    return listing.all(sql);
  }

  /** The content of all agents' files by path. */
  async tree(): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (const { name: id } of [...Deno.readDirSync(this.paths.agents)].sort((a, b) => a.name < b.name ? -1 : 1)) {
      for (const below of ["", "src/", "dist/"]) {
        for await (const { name, isFile } of Deno.readDir(`${this.paths.agents}/${id}/${below}`)) {
          const path = `${id}/${below}${name}`;
          if (isFile) found.set(path, (await Deno.readFile(`${this.paths.agents}/${path}`)).toHex());
        }
      }
    }
    return new Map([...found].sort(([a], [b]) => a < b ? -1 : 1));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.template, { recursive: true });
    await Deno.remove(this.paths.root, { recursive: true }).catch(() => {});
  }
}
