/**
 * What stays between jobs, as on GitHub: a repository with a template, caches and artifacts. The project is another repository
 * in another folder, of which each job gets a copy of its own that it can't write but where the sets of steps allow it.
 *
 * @module
 */

import { projectRoot } from "../../lib/run/paths.ts";
import { infoOf } from "../../lib/util/files.ts";
import type { Folders } from "./_stand_ins.ts";
import { type JobEnd, runWorkflow, type Trigger } from "./_job.ts";
import { readYaml, type Workflow } from "./_yaml.ts";

/** What documents write for the project's address: its owner and commit are not known here. */
export const projectAction = "OWNER/REPO@SHA";

/** The folders that the sets of steps may write. */
const writable = ["agents", "logs", "runs", "workspace"];

/** Never part of a clone, or of no use to a job. */
const notCloned = new Set([...writable, ".try", "node_modules", ".git", "evolve-out", "e2e", "tests", "docs", "bench"]);

/** Where all hubs of a test file lie, one after the other: what Deno has compiled is kept by path. */
let place: string | undefined;

async function ownPlace(): Promise<string> {
  if (place !== undefined) return place;
  const made = place = await Deno.makeTempDir({ prefix: "evolve-hub-" });
  globalThis.addEventListener("unload", () => Deno.removeSync(made, { recursive: true }));
  return made;
}

/** A job, and the folders that it leaves. */
export interface Ran extends JobEnd {
  readonly project: string;
  readonly workspace: string;
}

/** A repository and its jobs; all of it is gone when disposed of. */
export class Hub implements AsyncDisposable {
  readonly #root: string;
  readonly #user: readonly string[];
  readonly caches = new Map<string, string>();
  /** Uploaded folders by run id and name. */
  readonly artifacts = new Map<string, string>();
  /** The project's copy of the last job. */
  lastProject: string | undefined;
  #jobs = 0;

  private constructor(root: string, user: readonly string[]) {
    this.#root = root;
    this.#user = user;
  }

  /** A repository with these files. */
  static async make(files: Readonly<Record<string, string>>): Promise<Hub> {
    const root = await ownPlace();
    await Deno.chmod(root, 0o755);
    const hub = new Hub(root, await otherUser());
    if (infoOf(`${root}/cache`) === undefined) await hub.folder("cache");
    for (const name of ["repository", "home", "kept", "bin"]) await hub.folder(name);
    await link(Deno.execPath(), `${root}/bin/deno`);
    await hub.write(files);
    return hub;
  }

  /** The repository's folder. */
  get repository(): string {
    return `${this.#root}/repository`;
  }

  /** Writes files of the repository. */
  async write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      const full = `${this.repository}/${path}`;
      await Deno.mkdir(full.slice(0, full.lastIndexOf("/")), { recursive: true });
      await Deno.writeTextFile(full, text);
    }
  }

  /** Puts a program before those of the machine. */
  async program(name: string, script: string): Promise<void> {
    const path = `${this.#root}/bin/${name}`;
    // What is there may be the same file as the machine's own.
    await Deno.remove(path).catch(() => {});
    await Deno.writeTextFile(path, script, { mode: 0o755 });
  }

  /**
   * Runs a workflow's job: a file's text, or one that was read.
   *
   * @param options `plugins`: the project's own folder of that name may be written. `project`: the project's copy of an earlier job.
   */
  async run(
    workflow: string | Workflow,
    trigger: Trigger,
    options: { readonly plugins?: boolean; readonly project?: string } = {},
  ): Promise<Ran> {
    const number = ++this.#jobs;
    const open = options.plugins ? [...writable, "plugins"] : writable;
    const project = `${this.#root}/project`;
    if (options.project === undefined) await this.#clone(project, open);
    else await Deno.rename(options.project, project);
    // Each job's project has the same place while the job runs, and another one afterwards.
    const kept = `${project}-${number}`;
    this.lastProject = kept;
    const workspace = await this.folder(`workspace-${number}`);
    const temp = await this.folder(`temp-${number}`);
    const artifacts = new Map<string, string>();
    const folders: Folders = {
      repository: this.repository,
      workspace,
      temp,
      home: `${this.#root}/home`,
      denoDir: `${this.#root}/cache`,
      summary: `${temp}/summary.md`,
      path: `${this.#root}/bin:/usr/local/bin:/usr/bin:/bin`,
      runId: String(1000 + number),
      actions: { [projectAction]: project },
      user: this.#user,
      caches: this.caches,
      artifacts,
      keep: async () => await this.folder(`kept/${crypto.randomUUID()}`),
    };
    try {
      const end = await runWorkflow(typeof workflow === "string" ? readYaml(workflow) : workflow, trigger, folders);
      for (const [name, folder] of artifacts) this.artifacts.set(`${folders.runId}/${name}`, folder);
      return { ...end, project: kept, workspace };
    } finally {
      await Deno.rename(project, kept);
    }
  }

  /** Paths of everything of this name that jobs have left, wherever it is. */
  async named(name: string): Promise<string[]> {
    const args = [this.#root, "-name", "node_modules", "-prune", "-o", "-name", name, "-print"];
    const { stdout } = await new Deno.Command("find", { args }).output();
    return new TextDecoder().decode(stdout).split("\n").filter((line) => line !== "");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { name } of [...Deno.readDirSync(this.#root)].filter(({ name }) => name.startsWith("project-"))) {
      const path = `${this.#root}/${name}`;
      await demand(["chmod", "u+w", path]);
      // Packages are the same files as those of the project that is tested, so their modes are not to be changed.
      await demand(["rm", "-rf", `${path}/node_modules`]);
    }
    const own = [...Deno.readDirSync(this.#root)].filter(({ name }) => name !== "cache");
    const paths = own.map(({ name }) => `${this.#root}/${name}`);
    await demand(["chmod", "-R", "u+w", ...paths]);
    await demand(["rm", "-rf", ...paths]);
  }

  /** A folder that the user who runs jobs may write. */
  async folder(name: string): Promise<string> {
    const path = `${this.#root}/${name}`;
    await Deno.mkdir(path);
    await Deno.chmod(path, 0o777);
    return path;
  }

  async #clone(path: string, open: readonly string[]): Promise<void> {
    await Deno.mkdir(path);
    const parts = [...Deno.readDirSync(projectRoot)].map(({ name }) => name).filter((name) => !notCloned.has(name));
    await demand(["cp", "-R", ...parts.map((part) => `${projectRoot}/${part}`), path]);
    await demand(["chmod", "-R", "a-w,a+rX", path]);
    await demand(["chmod", "u+w", path]);
    await link(`${projectRoot}/node_modules`, `${path}/node_modules`);
    for (const folder of open) {
      await Deno.mkdir(`${path}/${folder}`, { recursive: true });
      await Deno.chmod(`${path}/${folder}`, 0o777);
    }
    await Deno.chmod(path, 0o555);
  }
}

/** Another user to run jobs where this is root, to whom nothing is read-only. */
async function otherUser(): Promise<readonly string[]> {
  if (Deno.uid() !== 0) return [];
  const user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"];
  return await demand([...user, "true"]).then(() => user, () => []);
}

/** A copy that takes no room where that can be had. */
async function link(from: string, to: string): Promise<void> {
  await demand(["cp", "-al", from, to]).catch(async () => {
    await demand(["rm", "-rf", to]);
    await demand(["cp", "-a", from, to]);
  });
}

async function demand(command: readonly string[]): Promise<void> {
  const [program, ...args] = command;
  const { success, stderr } = await new Deno.Command(program!, { args }).output();
  if (!success) throw new Error(`${command.join(" ")}: ${new TextDecoder().decode(stderr)}`);
}

/** All files below a folder with their bytes, by path. */
export function filesBelow(folder: string, above = ""): Map<string, Uint8Array<ArrayBuffer>> {
  return new Map(
    [...Deno.readDirSync(`${folder}/${above}`)].sort((a, b) => a.name < b.name ? -1 : 1).flatMap((
      { name, isDirectory },
    ) =>
      isDirectory
        ? [...filesBelow(folder, `${above}${name}/`)]
        : [[`${above}${name}`, Deno.readFileSync(`${folder}/${above}${name}`)]]
    ),
  );
}
