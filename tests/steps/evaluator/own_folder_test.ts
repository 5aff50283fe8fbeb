import { assert, assertEquals } from "@std/assert";
import { ownFolder, renewFolder } from "../../../lib/steps/evaluator/own_folder.ts";
import { infoOf } from "../../../lib/util/files.ts";

Deno.test("ownFolder() removes what nothing has renewed for a day, and nothing else", async () => {
  const all = await Deno.makeTempDir();
  const long = new Date(Date.now() - 25 * 3_600_000);
  {
    await using idle = await ownFolder(all, "idle");
    await using renewed = await ownFolder(all, "renewed");
    await Deno.mkdir(`${all}/gone/1-a/cut`, { recursive: true });
    for (const path of [`${all}/gone/1-a`, idle.path, renewed.path]) await Deno.utime(path, long, long);
    renewFolder(renewed);
    await using own = await ownFolder(all, "own");
    assertEquals([infoOf(`${all}/gone/1-a`), infoOf(idle.path)], [undefined, undefined]);
    assert(infoOf(renewed.path)?.isDirectory && infoOf(own.path)?.isDirectory);
    assertEquals(own.path.startsWith(`${all}/own/`), true);
  }
  // Each takes its own away, and the folder of its name.
  assertEquals([infoOf(`${all}/own`), infoOf(`${all}/renewed`)], [undefined, undefined]);
  await Deno.remove(all, { recursive: true });
});
