import { assertEquals, assertMatch } from "@std/assert";
import { sha256 } from "../../../lib/util/hash.ts";
import { archiveLimits, sizeLimit } from "../../../lib/steps/backup/format.ts";
import { foreignPlugins, pluginSources } from "../../../lib/steps/backup/plugins.ts";

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function paths(folder: string): string[] {
  return pluginSources(folder).sources.map(({ path }) => path);
}

Deno.test("pluginSources() takes files, below folders too, and says what it leaves out and why", async () => {
  await withFolder(async (folder) => {
    assertEquals(pluginSources(`${folder}/none`), { sources: [], issues: [] });
    await Deno.mkdir(`${folder}/below/more`, { recursive: true });
    for (const name of ["a.ts", "below/b.json", "below/more/c.ts", ".DS_Store", "naïve.ts"]) {
      await Deno.writeTextFile(`${folder}/${name}`, name);
    }
    for (const below of [".git", "node_modules", "below/node_modules"]) {
      await Deno.mkdir(`${folder}/${below}`);
      await Deno.writeTextFile(`${folder}/${below}/x.ts`, "x");
    }
    await Deno.symlink("/etc/passwd", `${folder}/link.ts`);
    await Deno.symlink("/etc", `${folder}/linked`);
    await new Deno.Command("mkfifo", { args: [`${folder}/pipe.ts`] }).output();
    await Deno.writeTextFile(`${folder}/large.bin`, "");
    await Deno.truncate(`${folder}/large.bin`, 200 * 2 ** 30);
    const { sources, issues } = pluginSources(folder);
    assertEquals(sources.map(({ path }) => path), ["plugins/a.ts", "plugins/below/b.json", "plugins/below/more/c.ts"]);
    assertEquals(sources.every(({ path }) => sizeLimit(path) !== undefined), true);
    assertEquals(issues.map(({ code, path }) => [code, path]), [
      ["backup.plugin", "plugins/large.bin"],
      ["backup.plugin", "plugins/link.ts"],
      ["backup.plugin", "plugins/linked"],
      ["backup.plugin", "plugins/naïve.ts"],
      ["backup.plugin", "plugins/pipe.ts"],
    ]);
    const whys = [/at most 4194304 bytes/, /it is a link/, /it is a link/, /names must be/, /it is a pipe/];
    for (const [i, why] of whys.entries()) assertMatch(issues[i]!.message, why);
  });
});

Deno.test("pluginSources() stops at what a backup takes, and says so", async () => {
  await withFolder(async (folder) => {
    const name = (i: number) => `${String(i).padStart(5, "0")}.ts`;
    for (let i = 0; i < archiveLimits.plugins + 2; i++) await Deno.writeTextFile(`${folder}/${name(i)}`, "");
    assertEquals(paths(folder).length, archiveLimits.plugins);
    assertEquals(pluginSources(folder).issues.map(({ path }) => path), [`plugins/${name(archiveLimits.plugins)}`]);
  });
  await withFolder(async (folder) => {
    for (let i = 0; i < 17; i++) await Deno.writeFile(`${folder}/${i}.bin`, new Uint8Array(archiveLimits.plugin));
    assertEquals(paths(folder).length, archiveLimits.pluginBytes / archiveLimits.plugin);
    assertMatch(pluginSources(folder).issues[0]!.message, /1000 files of 67108864 bytes in all/);
  });
});

Deno.test("foreignPlugins() are those that the project does not have in the same bytes", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/same.ts`, "same");
    await Deno.writeTextFile(`${folder}/other.ts`, "mine");
    await new Deno.Command("mkfifo", { args: [`${folder}/pipe.ts`] }).output();
    const files = await Promise.all(
      ["plugins/same.ts", "plugins/other.ts", "plugins/pipe.ts", "plugins/new.ts", "config.json"].map(async (path) => ({
        path,
        size: 4,
        sha256: await sha256("same"),
      })),
    );
    const foreign = (await foreignPlugins(files, folder)).map(({ path }) => path);
    assertEquals(foreign, ["plugins/other.ts", "plugins/pipe.ts", "plugins/new.ts"]);
  });
});
