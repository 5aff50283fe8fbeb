import { assert } from "@std/assert";
import { projectRoot } from "../lib/run/paths.ts";

/** What `du -sm node_modules` may say after the first command on a fresh clone: less than this. */
const limit = 65;

Deno.test({
  name: "what the first command installs takes less than 65 MiB on disk",
  ignore: Deno.build.target !== "x86_64-unknown-linux-gnu",
  fn() {
    const lock = JSON.parse(Deno.readTextFileSync(`${projectRoot}/deno.lock`)) as { npm: Record<string, unknown> };
    const folder = `${projectRoot}/node_modules/.deno`;
    const there = new Set([...Deno.readDirSync(folder)].map(({ name }) => name));
    const sizes = Object.keys(lock.npm).map((name) => name.replace("/", "+")).filter((name) => there.has(name))
      .map((name) => [name, bytesOf(`${folder}/${name}`) / 2 ** 20] as const).sort((a, b) => b[1] - a[1]);
    const sum = sizes.reduce((all, [, size]) => all + size, 0);
    assert(sizes.length > 10, "the packages were not found");
    assert(sum < limit, sizes.map(([name, size]) => `${name}: ${size.toFixed(1)} MiB`).join("\n"));
  },
});

/** What a folder takes on disk, as `du` counts it. */
function bytesOf(path: string): number {
  const info = Deno.lstatSync(path);
  const own = (info.blocks ?? 0) * 512;
  return info.isDirectory
    ? [...Deno.readDirSync(path)].reduce((sum, { name }) => sum + bytesOf(`${path}/${name}`), own)
    : own;
}
