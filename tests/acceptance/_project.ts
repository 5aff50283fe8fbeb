import { projectRoot } from "../../lib/run/paths.ts";
import { type Ended, parse, pipeline } from "../step/_run.ts";
import { demand } from "./_population.ts";

const parts = ["bin", "deno.json", "deno.lock", "lib", "pipelines", "agent_template", "node_modules"];

/** A copy of the project in a folder of its own, as a fresh clone: without a key, without runs; gone when disposed of. */
export class Project implements AsyncDisposable {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes a copy, in a folder whose name begins so. */
  static async copy(prefix?: string): Promise<Project> {
    const folder = await Deno.makeTempDir({ prefix });
    const copy = new Deno.Command("cp", { args: ["-a", ...parts, `${folder}/`], cwd: projectRoot });
    // A Deno beside this one has files of its own in node_modules for a moment, and what goes meanwhile can't be copied.
    for (let attempt = 1;; attempt++) {
      const { success, stderr } = await copy.output();
      if (success) return new Project(folder);
      if (attempt === 5) throw new Error(`Cannot copy the project to ${folder}: ${new TextDecoder().decode(stderr)}`);
    }
  }

  /** Runs a step of the copy, which must end with this code. */
  async ends(code: number, name: string, ...flags: string[]): Promise<Ended> {
    const child = new Deno.Command(Deno.execPath(), {
      args: pipeline(name, ...flags),
      cwd: this.folder,
      env: { NO_COLOR: "1" },
      stdin: "null",
    });
    const ended = await child.output();
    const [out, err] = [ended.stdout, ended.stderr].map((bytes) => new TextDecoder().decode(bytes)) as [string, string];
    return demand(code, { code: ended.code, out, err, records: parse(out) });
  }

  /** Runs a step of the copy, which must end well. */
  async step(name: string, ...flags: string[]): Promise<Ended> {
    return await this.ends(0, name, ...flags);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.folder, { recursive: true });
  }
}
