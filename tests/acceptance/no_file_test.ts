/** What is no file, or has no end, in the place of a file that steps read or write: never waited for, and named. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { manifestPath } from "../../lib/template/pool_store.ts";
import { Listing } from "../../lib/db/listing.ts";
import { type Ended } from "../step/_run.ts";
import { Population } from "./_population.ts";

/** What lies there instead. */
const kinds: Readonly<Record<string, (path: string) => Promise<unknown>>> = {
  "a pipe": (path) => new Deno.Command("mkfifo", { args: [path] }).output(),
  "a folder": (path) => Deno.mkdir(path),
  "a socket": (path) =>
    new Deno.Command("python3", {
      args: ["-c", "import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1].split('/')[-1])", path],
      // A socket's path must be short.
      cwd: path.slice(0, path.lastIndexOf("/")),
    }).output(),
  "a device": (path) => Deno.symlink("/dev/zero", path),
  "a link to a pipe": async (path) => {
    await kinds["a pipe"]!(`${path}.elsewhere`);
    await Deno.symlink(`${path}.elsewhere`, path);
  },
  "a file without an end": async (path) => {
    await Deno.writeTextFile(path, "");
    await Deno.truncate(path, 200 * 2 ** 30);
  },
};

/** Puts something into the place of files while a step is tried; what was there comes back. */
async function instead<T>(kind: string, [path, ...more]: readonly string[], attempt: () => Promise<T>): Promise<T> {
  if (path === undefined) return await attempt();
  await Deno.rename(path, `${path}.aside`).catch(() => {});
  try {
    await kinds[kind]!(path);
    return await instead(kind, more, attempt);
  } finally {
    for (const one of [path, `${path}.elsewhere`]) await Deno.remove(one, { recursive: true }).catch(() => {});
    await Deno.rename(`${path}.aside`, path).catch(() => {});
  }
}

/** Ends a step that waits, which fails the test: a signal that is not heard does so, too. */
async function within(run: Population, step: string, ...flags: string[]): Promise<Ended> {
  const { child, ended } = run.begin(step, ...flags);
  const timer = setTimeout(() => child.kill("SIGKILL"), 120_000);
  try {
    return await ended;
  } finally {
    clearTimeout(timer);
  }
}

function issueOf({ records }: Ended): { code: string; message: string; path?: string } | undefined {
  return records.at(-1)?.issue as ReturnType<typeof issueOf>;
}

for (const kind of Object.keys(kinds)) {
  Deno.test(`${kind} in the place of a file is waited for by no step, and the path is named`, async () => {
    await using run = await new Population().like("6 after a cycle", async (first) => {
      await first.step("init", "--count", "6", "--seed", "7", "--quiet");
      await first.step("lifecycle", "--cycles", "1", "--quiet");
    });
    const { config, logs, reports, agents } = run.paths;
    const manifest = manifestPath(run.paths, run.pool().hash);
    const source = run.sourcePath("src/rl.ts");
    const isLong = kind === "a file without an end";

    const refused = async (path: string, step: string, code: string, ...flags: string[]) => {
      const ended = await instead(kind, [path], () => within(run, step, ...flags));
      assertEquals([step, path, issueOf(ended)?.code], [step, path, code], ended.err);
      assertStringIncludes(JSON.stringify(issueOf(ended)), path);
    };
    const file = `${run.paths.root}/run.tar.gz`;
    await refused(config, "backup", "config.unreadable", file);
    for (const step of ["supervise", "select"]) await refused(config, step, "config.unreadable");
    await refused(manifest, "scan", "template.missing");
    await refused(manifest, "supervise", "template.missing");
    await refused(manifest, "report", "template.missing");
    await refused(source, "backup", "template.changed", file);
    {
      using listing = Listing.open(run.paths.listing);
      listing.run("UPDATE agents SET built_from = NULL");
      listing.run("DELETE FROM builds");
    }
    const folder = `${run.paths.store}/programs`;
    await Deno.rename(folder, `${folder}.aside`);
    await refused(source, "build", "template.changed");
    await Deno.remove(folder, { recursive: true }).catch(() => {});
    await Deno.rename(`${folder}.aside`, folder);
    if (!isLong) {
      await refused(`${logs}/initialization.log`, "init", "disk.path", "--count", "20");
      // A log never stops the work, and what failed is told all the same.
      await Deno.remove(`${logs}/steps.ndjson`).catch(() => {});
      await instead(kind, [`${logs}/steps.ndjson`], () => refused(config, "backup", "config.unreadable", file));
    }

    const works = async (paths: readonly string[], step: string, ...flags: string[]) => {
      const ended = await instead(kind, paths, () => within(run, step, ...flags));
      assertEquals([step, paths, ended.code], [step, paths, 0], ended.err);
    };
    const programs = [...Deno.readDirSync(folder)].map(({ name }) => `${folder}/${name}`);
    await works(programs, "build");
    if (kind !== "a folder") await works([`${reports}/.history.json`], "report");
    // One file of each agent, so that none hides another.
    const ids = run.rows<{ id: string }>("SELECT id FROM agents WHERE status = 'active'").map(({ id }) => id);
    const files = ["genome.bin", "src/rl.ts", "world.ts", "log.ndjson", "inbox.ndjson", "memory.json"];
    const odd = files.map((name, i) => `${agents}/${ids[i]}/${name}`);
    await works(odd, "scan");
    await works(odd, "backup", file);
  });
}
