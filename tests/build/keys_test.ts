import { assertEquals } from "@std/assert";
import { ensureKeys } from "../../lib/build/keys.ts";

Deno.test("ensureKeys() takes the pair that another run makes while it looks", async () => {
  const folder = await Deno.makeTempDir();
  const paths = { privateKey: `${folder}/private/a.json`, publicKey: `${folder}/public/a.json` };
  const { readTextFile } = Deno;
  try {
    let other: boolean | undefined;
    // There is no private key when it is looked for, and both are there a moment later.
    Deno.readTextFile = async (path) => {
      Deno.readTextFile = readTextFile;
      const nothing = await readTextFile(path).then(() => undefined, (error) => error);
      other = await ensureKeys(paths);
      throw nothing;
    };
    assertEquals([await ensureKeys(paths), other], [false, true]);
    const [own, shared] = [paths.privateKey, paths.publicKey].map((path) => JSON.parse(Deno.readTextFileSync(path)));
    assertEquals(own.x, shared.x);
  } finally {
    Deno.readTextFile = readTextFile;
    await Deno.remove(folder, { recursive: true });
  }
});
