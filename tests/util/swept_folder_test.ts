import { assert, assertEquals } from "@std/assert";
import { SweptFolder } from "../../lib/util/swept_folder.ts";

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

Deno.test("a swept folder is this user's alone, and gone with its parent when it is disposed of", async () => {
  const root = await Deno.makeTempDir();
  {
    await using one = await SweptFolder.make(`${root}/own`);
    await using other = await SweptFolder.make(`${root}/own`);
    assertEquals(Deno.statSync(one.path).mode! & 0o777, 0o700);
    assert(one.path !== other.path);
    await Deno.mkdir(`${one.path}/below/it`, { recursive: true });
    await Deno.writeTextFile(`${one.path}/below/it/file`, "text");
  }
  assertEquals([...Deno.readDirSync(root)], []);
  await Deno.remove(root);
});

Deno.test("a swept folder is gone when its process was killed", async () => {
  const root = await Deno.makeTempDir();
  const module = new URL("../../lib/util/swept_folder.ts", import.meta.url).href;
  const text = `import { SweptFolder } from "${module}";
    const { path } = await SweptFolder.make("${root}/own");
    await Deno.writeTextFile(path + "/file", "text");
    console.log(path);
    await new Promise((resolve) => setTimeout(resolve, 1e8));`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-config", text],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const reader = child.stdout.getReader();
  const path = new TextDecoder().decode((await reader.read()).value).trim();
  assert(isThere(path));
  const watcher = Deno.watchFs(root);
  child.kill("SIGKILL");
  await child.status;
  for await (const _ of watcher) if (!isThere(`${root}/own`)) break;
  assert(!isThere(path));
  await reader.cancel();
  await Deno.remove(root, { recursive: true });
});
