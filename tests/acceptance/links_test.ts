/** Folders of the project that are links to a bigger disk: every step works as where they are not. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { isAll } from "../matrix.ts";
import { type Ended } from "../step/_run.ts";
import { Population } from "./_population.ts";
import { Project } from "./_project.ts";

const config = {
  world: { steps: 20, episodes: 1 },
  selection: { replacementFraction: 0.5, elites: 0.2 },
  hooks: [
    { on: ["cycle.finished"], module: "plugins/note.ts" },
    { on: ["cycle.finished"], command: ["sh", "-c", "cat >> told.txt"] },
  ],
};

const hook = `export default async ({ cycle }: { cycle: number }) => {
  await Deno.writeTextFile("notes.txt", \`\${cycle}\\n\`, { append: true });
  await Deno.readTextFile(\`\${Deno.cwd()}/notes.txt\`);
};
`;

interface Case {
  readonly links: readonly string[];
  readonly root: string;
  readonly run: readonly string[];
  /** Whether another case is much like it: it is tried with `--all`. */
  readonly isPart?: boolean;
}

/** What is a link, and the run that is worked on: its root within the project, and its flags. */
const cases: readonly Case[] = [
  { links: ["logs"], root: ".", run: [], isPart: true },
  { links: ["runs"], root: "runs/mine", run: ["--run", "mine"] },
  { links: ["runs/mine"], root: "runs/mine", run: ["--run", "mine"], isPart: true },
  { links: ["agents", "workspace", "logs"], root: ".", run: [] },
];

async function link(project: string, disk: string, path: string): Promise<void> {
  const target = `${disk}/${path.replaceAll("/", "-")}`;
  await Deno.mkdir(target);
  await Deno.mkdir(`${project}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
  await Deno.symlink(target, `${project}/${path}`);
}

function issuesOf({ records }: Ended): unknown[] {
  return records.filter(({ ok }) => !ok);
}

Deno.test("folders may be links to another disk: every step works, and events are delivered", async (t) => {
  await using project = await Project.copy();
  await Deno.mkdir(`${project.folder}/plugins`);
  await Deno.writeTextFile(`${project.folder}/plugins/note.ts`, hook);
  for (const { links, root, run } of cases.filter(({ isPart }) => isAll || !isPart)) {
    await t.step(links.join(", "), async () => {
      const disk = await Deno.makeTempDir();
      for (const path of links) await link(project.folder, disk, path);
      const top = `${project.folder}/${root}`;
      const all = async (...names: string[]) => {
        for (const name of names) {
          const [step, ...flags] = name.split(" ") as [string, ...string[]];
          const ended = await project.step(step, ...flags, ...run);
          assertEquals([name, issuesOf(ended), ended.err.includes("warn:")], [name, [], false], ended.err);
        }
      };
      await all("init --count 4 --seed 7 --quiet");
      await Deno.writeTextFile(`${top}/workspace/config.json`, JSON.stringify(config));
      await all("lifecycle --cycles 1");
      const events = (await Deno.readTextFile(`${top}/logs/events.ndjson`)).trimEnd().split("\n");
      assertEquals(events.filter((line) => JSON.parse(line).type === "cycle.finished").length, 1);
      assertEquals(await Deno.readTextFile(`${top}/logs/hooks/notes.txt`), "1\n");
      assertEquals((await Deno.readTextFile(`${top}/told.txt`)).trimEnd().split("\n").length, 1);

      const id = String((await project.step("status", ...run)).records[0]!.id);
      await all("scan", "sync-wiring", "build", "supervise", "select", "hooks", "report", "status");
      await all(`explain ${id}`, `logs ${id}`, `enable ${id}`, "doctor", "stop");
      const file = `${project.folder}/run.tar.gz`;
      await all(`backup ${file}`);
      if (links.includes("agents")) {
        const refused = await project.ends(2, "restore", file, "--force", "--hooks", "keep");
        assertEquals((refused.records.at(-1)!.issue as { code: string }).code, "restore.link");
      } else await all(`restore ${file} --force --hooks keep`);
      await all("scan", "sync-wiring", "build", "supervise");
      for (const path of links) {
        assertEquals([path, (await Deno.lstat(`${project.folder}/${path}`)).isSymlink], [path, true]);
      }
      for (const name of ["agents", "logs", "runs", "workspace", "run.tar.gz", "told.txt"]) {
        await Deno.remove(`${project.folder}/${name}`, { recursive: true }).catch(() => {});
      }
      await Deno.remove(disk, { recursive: true });
    });
  }
});

Deno.test("a link to nothing in the place of logs is an error before the first evaluation", async () => {
  await using run = await Population.make(2, "--quiet");
  const { logs } = run.paths;
  await Deno.remove(logs, { recursive: true });
  await Deno.symlink(`${run.paths.root}/gone`, logs);
  const { err } = await run.fails(1, "lifecycle", "--cycles", "1");
  assertStringIncludes(err, logs);
  assertStringIncludes(err, "EEXIST");
  assertEquals(run.rows("SELECT * FROM evaluations"), []);
});
