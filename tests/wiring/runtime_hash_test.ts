import assert from "node:assert/strict";
import { runtimeHash } from "../../lib/wiring/runtime_hash.ts";

Deno.test("runtimeHash() depends on names and contents of the modules alone", async () => {
  const [one, two] = [await Deno.makeTempDir(), await Deno.makeTempDir()];
  for (const folder of [one, two]) {
    await Deno.writeTextFile(`${folder}/b.ts`, "export const b = 1;\n");
    await Deno.writeTextFile(`${folder}/a.ts`, "export const a = 1;\n");
  }
  await Deno.writeTextFile(`${two}/notes.md`, "no part of the runtime\n");
  const hash = await runtimeHash(one);
  assert.match(hash, /^[0-9a-f]{64}$/);
  assert.equal(await runtimeHash(two), hash);
  await Deno.rename(`${two}/b.ts`, `${two}/c.ts`);
  assert.notEqual(await runtimeHash(two), hash);
  await Deno.writeTextFile(`${one}/a.ts`, "export const a = 2;\n");
  assert.notEqual(await runtimeHash(one), hash);
});
