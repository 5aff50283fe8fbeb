/**
 * Stands in for the actions of others by copying folders.
 *
 * @module
 */

import type { Value } from "./_expression.ts";

/** Where a job works, and what it finds. */
export interface Folders {
  /** The repository that `checkout` copies. */
  readonly repository: string;
  readonly workspace: string;
  readonly temp: string;
  readonly home: string;
  readonly denoDir: string;
  readonly summary: string;
  readonly path: string;
  readonly runId: string;
  /** Folders of composite actions by what `uses` says. */
  readonly actions: Readonly<Record<string, string>>;
  /** What comes before `bash`, for another user. */
  readonly user: readonly string[];
  /** Caches by key, the newest last; they stay from job to job. */
  readonly caches: Map<string, string>;
  /** What was uploaded, by name. */
  readonly artifacts: Map<string, string>;
  /** A new folder that outlives the job. */
  readonly keep: () => Promise<string>;
}

const known: Readonly<Record<string, readonly string[]>> = {
  "actions/checkout": ["persist-credentials"],
  "actions/cache/restore": ["path", "key", "restore-keys"],
  "actions/cache/save": ["path", "key"],
  "actions/upload-artifact": ["name", "path", "retention-days", "if-no-files-found"],
};

/**
 * Does what an action would do.
 *
 * @returns What it did, for the log.
 * @throws {Error} If the action, or an input of it, is not known.
 */
export async function standIn(
  uses: string,
  given: Readonly<Record<string, string>>,
  folders: Folders,
  outputs: Record<string, Value>,
): Promise<string> {
  const [name] = uses.split("@") as [string];
  if (!Object.hasOwn(known, name)) throw new Error(`Unknown action: ${uses}`);
  const unknown = Object.keys(given).filter((key) => !known[name]!.includes(key));
  if (unknown.length !== 0) throw new Error(`Unknown input of ${name}: ${unknown}`);
  const { workspace, caches, artifacts } = folders;
  const path = `${workspace}/${given.path}`;
  switch (name) {
    case "actions/checkout":
      await copy(`${folders.repository}/.`, workspace, folders);
      return `checked out ${folders.repository}`;
    case "actions/cache/restore": {
      const key = [...caches.keys()].reverse().find((key) =>
        key === given.key || key.startsWith(given["restore-keys"]!)
      );
      if (key === undefined) return `no cache for ${given.key}`;
      await copy(caches.get(key)!, path, folders);
      outputs["cache-matched-key"] = key;
      return `restored the cache ${key}`;
    }
    case "actions/cache/save": {
      if (caches.has(given.key!)) return `there is a cache ${given.key}`;
      const kept = `${await folders.keep()}/cached`;
      await copy(path, kept, folders);
      caches.set(given.key!, kept);
      return `saved the cache ${given.key}`;
    }
    default: {
      if (artifacts.has(given.name!)) throw new Error(`There is an artifact ${given.name} already`);
      if (!(Number(given["retention-days"]) >= 1)) throw new Error("retention-days must be a number");
      const kept = await folders.keep();
      for (const { name } of Deno.readDirSync(path)) {
        // Hidden files are left out where no input asks for them.
        if (!name.startsWith(".")) await copy(`${path}${name}`, kept, folders);
      }
      artifacts.set(given.name!, kept);
      return `uploaded ${given.name}`;
    }
  }
}

async function copy(from: string, to: string, { user }: Folders): Promise<void> {
  const [program, ...args] = [...user, "cp", "-R", from, to];
  const { success, stderr } = await new Deno.Command(program!, { args }).output();
  if (!success) throw new Error(`Cannot copy: ${new TextDecoder().decode(stderr)}`);
}
