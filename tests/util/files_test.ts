import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  demandFile,
  infoOf,
  isFile,
  overwriteFileSync,
  readFileLimited,
  writeFileAtomic,
  writeFileAtomicSync,
} from "../../lib/util/files.ts";
import { UnfitFile } from "../../lib/util/system_error.ts";

Deno.test("writeFileAtomic() replaces a file or a link, never what a link points to, and leaves nothing beside", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/target`, "mine");
  await Deno.symlink(`${folder}/target`, `${folder}/file`);
  await writeFileAtomic(`${folder}/file`, "one");
  assertEquals(await Deno.readTextFile(`${folder}/target`), "mine");
  assertEquals((await Deno.lstat(`${folder}/file`)).isFile, true);
  writeFileAtomicSync(`${folder}/file`, new Uint8Array([1, 2]));
  assertEquals(await readFileLimited(`${folder}/file`, 2), new Uint8Array([1, 2]));
  assertEquals(await Deno.readTextFile(`${folder}/target`), "mine");
  assertEquals((await Array.fromAsync(Deno.readDir(folder), (entry) => entry.name)).sort(), ["file", "target"]);
});

Deno.test("writeFileAtomic() leaves nothing behind where it fails", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(`${folder}/full/inside`, { recursive: true });
  await assertRejects(() => writeFileAtomic(`${folder}/full`, "x"));
  assertThrows(() => writeFileAtomicSync(`${folder}/full`, "x"));
  await assertRejects(() => writeFileAtomic(`${folder}/none/file`, "x"), Deno.errors.NotFound);
  assertEquals(await Array.fromAsync(Deno.readDir(folder), (entry) => entry.name), ["full"]);
});

Deno.test("overwriteFileSync() writes over a file alone: what is linked to stays as it is", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/file`;
  const bytes = (text: string) => new TextEncoder().encode(text);
  for (const text of ["new", "longer than before", "short", ""]) {
    overwriteFileSync(path, bytes(text));
    assertEquals(await Deno.readTextFile(path), text);
  }
  await Deno.writeTextFile(`${folder}/target`, "mine");
  for (const link of [Deno.symlink, Deno.link]) {
    await Deno.remove(path);
    await link(`${folder}/target`, path);
    overwriteFileSync(path, bytes("other"));
    assertEquals([await Deno.readTextFile(path), await Deno.readTextFile(`${folder}/target`)], ["other", "mine"]);
    assertEquals((await Deno.lstat(path)).isFile, true);
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("readFileLimited() refuses what is long, a link or no file", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/file`, "12345");
  await Deno.symlink(`${folder}/file`, `${folder}/link`);
  assertEquals(await readFileLimited(`${folder}/file`, 5), new TextEncoder().encode("12345"));
  await assertRejects(() => readFileLimited(`${folder}/file`, 4), UnfitFile, "at most 4 bytes");
  await assertRejects(() => readFileLimited(`${folder}/link`, 5), UnfitFile, "a link");
  await assertRejects(() => readFileLimited(folder, 5), UnfitFile, "a folder");
  await assertRejects(() => readFileLimited(`${folder}/none`, 5), Deno.errors.NotFound);
});

Deno.test("infoOf(), isFile() and demandFile() tell nothing, a file, a link and a folder apart", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/file`, "four");
  await Deno.symlink(`${folder}/file`, `${folder}/link`);
  for (const path of ["none", "file/below"]) {
    assertEquals([infoOf(`${folder}/${path}`), isFile(`${folder}/${path}`)], [undefined, false]);
  }
  assertEquals([infoOf(`${folder}/link`)?.isFile, infoOf(`${folder}/link`, { follow: true })?.size], [false, 4]);
  assertEquals([isFile(`${folder}/file`), isFile(`${folder}/link`), isFile(folder)], [true, true, false]);
  for (const path of ["none", "file", "link"]) demandFile(`${folder}/${path}`);
  assertThrows(() => demandFile(folder), UnfitFile);
  assertThrows(() => demandFile(`${folder}/link`, 3), UnfitFile);
});
