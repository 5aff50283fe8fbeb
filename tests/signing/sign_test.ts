import { assert, assertEquals, assertRejects } from "@std/assert";
import { ensureKeys } from "../../lib/signing/keys.ts";
import { loadSigner, loadVerifier, type Statement } from "../../lib/signing/sign.ts";
import { Misuse, StepFailed } from "../../lib/util/issue.ts";

const statement: Statement = { artifact: "aa", genome: "bb", runtime: "cc", world: "dd", policy: "p 1" };

async function keyPaths() {
  const root = await Deno.makeTempDir();
  return { privateKey: `${root}/keys/private/signing.json`, publicKey: `${root}/keys/public/signing.json` };
}

Deno.test("verify() accepts the signed statement alone: each of the five parts counts", async () => {
  const paths = await keyPaths();
  assert(await ensureKeys(paths));
  const [signer, verifier] = [await loadSigner(paths.privateKey), await loadVerifier(paths.publicKey)];
  const signature = await signer.sign(statement);
  assertEquals(await verifier.verify(statement, signature), true);
  assertEquals(await signer.verify(statement, signature), true);
  for (const part of Object.keys(statement) as (keyof Statement)[]) {
    assertEquals(await verifier.verify({ ...statement, [part]: "ee" }, signature), false, part);
  }
  assertEquals(await verifier.verify({ ...statement, artifact: "bb", genome: "aa" }, signature), false);
});

Deno.test("verify() refuses a signature of another key, a cut one and what is no base64", async () => {
  const [mine, others] = [await keyPaths(), await keyPaths()];
  await ensureKeys(mine);
  await ensureKeys(others);
  const verifier = await loadVerifier(mine.publicKey);
  const foreign = await (await loadSigner(others.privateKey)).sign(statement);
  assertEquals(await verifier.verify(statement, foreign), false);
  const own = await (await loadSigner(mine.privateKey)).sign(statement);
  assertEquals(await verifier.verify(statement, own.slice(0, -4)), false);
  assertEquals(await verifier.verify(statement, "***"), false);
});

Deno.test("sign() refuses a part with a line feed, which could stand for two", async () => {
  const paths = await keyPaths();
  await ensureKeys(paths);
  const signer = await loadSigner(paths.privateKey);
  await assertRejects(() => signer.sign({ ...statement, policy: "p\n1" }), TypeError);
});

Deno.test("verify() refuses what can't have been signed, and does not throw", async () => {
  const paths = await keyPaths();
  await ensureKeys(paths);
  const signer = await loadSigner(paths.privateKey);
  const signature = await signer.sign(statement);
  assertEquals(await signer.verify({ ...statement, runtime: "cc\ndd", world: "" }, signature), false);
});

Deno.test("ensureKeys() makes a private key for the owner alone and never writes over one", async () => {
  const paths = await keyPaths();
  assertEquals(await ensureKeys(paths), true);
  const first = await Deno.readTextFile(paths.privateKey);
  assertEquals((await Deno.stat(paths.privateKey)).mode! & 0o777, 0o600);
  assertEquals((await Deno.stat(paths.privateKey.replace(/\/[^/]*$/, ""))).mode! & 0o777, 0o700);
  assert(!("d" in JSON.parse(await Deno.readTextFile(paths.publicKey))), "the public file holds no private part");
  assertEquals(await ensureKeys(paths), false);
  assertEquals(await Deno.readTextFile(paths.privateKey), first);
  assertEquals([...Deno.readDirSync(paths.privateKey.replace(/\/[^/]*$/, ""))].length, 1, "nothing is left beside it");
});

Deno.test("ensureKeys() makes one pair when two runs begin at once", async () => {
  const paths = await keyPaths();
  const made = await Promise.all([ensureKeys(paths), ensureKeys(paths), ensureKeys(paths)]);
  assertEquals(made.filter((one) => one).length, 1);
  const signature = await (await loadSigner(paths.privateKey)).sign(statement);
  assert(await (await loadVerifier(paths.publicKey)).verify(statement, signature));
});

Deno.test("ensureKeys() derives a lost public key, and asks for a lost private one", async () => {
  const paths = await keyPaths();
  await ensureKeys(paths);
  const publicKey = await Deno.readTextFile(paths.publicKey);
  await Deno.remove(paths.publicKey);
  assertEquals(await ensureKeys(paths), false);
  assertEquals(await Deno.readTextFile(paths.publicKey), publicKey);
  await Deno.remove(paths.privateKey);
  await assertRejects(() => ensureKeys(paths), Misuse, "public key is there already");
  assertEquals(await Deno.readTextFile(paths.publicKey), publicKey);
});

Deno.test("ensureKeys() refuses what is no key, and halves of two pairs", async () => {
  const [mine, others] = [await keyPaths(), await keyPaths()];
  await ensureKeys(mine);
  await ensureKeys(others);
  await Deno.copyFile(others.publicKey, mine.publicKey);
  await assertRejects(() => ensureKeys(mine), Misuse, "must be that of the private one");
  for (const text of ["", "null", "[]", "{}", `{"kty":"RSA"}`, `{"kty":"OKP","crv":"Ed25519","x":"short"}`]) {
    await Deno.writeTextFile(mine.privateKey, text);
    const { issue } = await assertRejects(() => ensureKeys(mine), Misuse);
    assertEquals([issue.code, issue.path], ["keys.damaged", mine.privateKey]);
  }
});

Deno.test("loadSigner() names the file of a key that is missing or damaged", async () => {
  const paths = await keyPaths();
  const missing = await assertRejects(() => loadSigner(paths.privateKey), StepFailed, "deno task key");
  assertEquals(missing.issue, { code: "keys.missing", message: missing.message, path: paths.privateKey });
  await ensureKeys(paths);
  await Deno.writeTextFile(paths.privateKey, `{"kty":"OKP"}`);
  const damaged = await assertRejects(() => loadSigner(paths.privateKey), StepFailed);
  assertEquals(damaged.issue.code, "keys.damaged");
});
