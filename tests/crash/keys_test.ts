import { assert, assertEquals } from "@std/assert";
import { loadSigner, loadVerifier } from "../../lib/signing/sign.ts";
import { mark } from "./fault.ts";

const statement = { artifact: "a", genome: "b", runtime: "c", world: "d", policy: "e" };
const at = (path: string) => JSON.stringify(new URL(path, import.meta.url));

/** Makes keys in a process of its own, which ends itself at a point, or else names its points. */
async function makeKeys(folder: string, fault = ""): Promise<{ code: number; points: number }> {
  const script = `${folder}/make.ts`;
  const paths = { privateKey: `${folder}/private/key.json`, publicKey: `${folder}/public/key.json` };
  await Deno.writeTextFile(
    script,
    `import { arm } from ${at("fault.ts")};
import { ensureKeys } from ${at("../../lib/signing/keys.ts")};
arm(${fault});
await ensureKeys(${JSON.stringify(paths)});
`,
  );
  const { code, stderr } = await new Deno.Command(Deno.execPath(), { args: ["run", "-q", "-A", script] }).output();
  return { code, points: new TextDecoder().decode(stderr).split(mark).length - 1 };
}

Deno.test("ensureKeys(): killed at any of its writes and called again, makes one whole pair", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const { points } = await makeKeys(folder);
    assert(points >= 10);
    for (let point = 1; point <= points; point++) {
      for (const how of ["before", "half"]) {
        for (const half of ["private", "public"]) await Deno.remove(`${folder}/${half}`, { recursive: true });
        const { code } = await makeKeys(folder, JSON.stringify({ point, how }));
        assertEquals([point, code], [point, 137]);
        assertEquals((await makeKeys(folder)).code, 0);
        const signature = await (await loadSigner(`${folder}/private/key.json`)).sign(statement);
        assert(await (await loadVerifier(`${folder}/public/key.json`)).verify(statement, signature));
        assertEquals(Deno.statSync(`${folder}/private/key.json`).mode! & 0o777, 0o600);
      }
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
