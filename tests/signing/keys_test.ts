import { assertEquals, assertRejects } from "@std/assert";
import { ensureKeys } from "../../lib/signing/keys.ts";
import { loadSigner, loadVerifier } from "../../lib/signing/sign.ts";
import { UnfitFile } from "../../lib/util/system_error.ts";

Deno.test("ensureKeys() takes the pair that another run makes while it looks", async () => {
  const folder = await Deno.makeTempDir();
  const paths = { privateKey: `${folder}/private/a.json`, publicKey: `${folder}/public/a.json` };
  const { stat } = Deno;
  try {
    let other: boolean | undefined;
    // There is no private key when it is looked for, and both are there a moment later.
    Deno.stat = async (path) => {
      Deno.stat = stat;
      const nothing = await stat(path).then(() => undefined, (error) => error);
      other = await ensureKeys(paths);
      throw nothing;
    };
    assertEquals([await ensureKeys(paths), other], [false, true]);
    const [own, shared] = [paths.privateKey, paths.publicKey].map((path) => JSON.parse(Deno.readTextFileSync(path)));
    assertEquals(own.x, shared.x);
  } finally {
    Deno.stat = stat;
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("keys: what is no file in a key's place is refused with its path, and never waited for", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const paths = { privateKey: `${folder}/private/a.json`, publicKey: `${folder}/public/a.json` };
    await ensureKeys(paths);
    // A key may be a link to where the user keeps it.
    await Deno.rename(paths.privateKey, `${folder}/kept.json`);
    await Deno.symlink(`${folder}/kept.json`, paths.privateKey);
    assertEquals(await ensureKeys(paths), false);
    await loadSigner(paths.privateKey);
    for (const [path, load] of [[paths.privateKey, loadSigner], [paths.publicKey, loadVerifier]] as const) {
      for (const make of [pipe, Deno.mkdir, (place: string) => Deno.symlink("/dev/zero", place), huge]) {
        await Deno.remove(path);
        await make(path);
        const text = `Cannot use ${path} as it must be`;
        await assertRejects(() => load(path), UnfitFile, text);
        await assertRejects(() => ensureKeys(paths), UnfitFile, text);
      }
      await Deno.remove(path);
      await Deno.symlink(`${folder}/kept.json`, path);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

async function pipe(path: string): Promise<void> {
  await new Deno.Command("mkfifo", { args: [path] }).output();
}

async function huge(path: string): Promise<void> {
  await Deno.writeTextFile(path, "");
  await Deno.truncate(path, 2 ** 40);
}
