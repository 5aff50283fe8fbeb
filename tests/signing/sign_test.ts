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

Deno.test("signAll(): each of many is verified by itself, in any order, and nothing else is", async () => {
  const [mine, others] = [await keyPaths(), await keyPaths()];
  await Promise.all([ensureKeys(mine), ensureKeys(others)]);
  const signer = await loadSigner(mine.privateKey);
  for (const count of [0, 1, 2, 3, 7, 8, 100]) {
    const statements = Array.from({ length: count }, (_, i) => ({ ...statement, genome: `${i}` }));
    const signatures = await signer.signAll(statements);
    assertEquals(signatures.length, count);
    const verifier = await loadVerifier(mine.publicKey);
    for (let i = count - 1; i >= 0; i--) {
      assertEquals(await (await loadVerifier(mine.publicKey)).verify(statements[i]!, signatures[i]!), true);
      assertEquals(await verifier.verify(statements[i]!, signatures[i]!), true);
      // Where all nodes are known to lead to a signed root, too.
      assertEquals(await verifier.verify(statements[i]!, signatures[i]!), true);
      assertEquals(await verifier.verify({ ...statements[i]!, world: "ee" }, signatures[i]!), false);
      if (count > 1) assertEquals(await verifier.verify(statements[i]!, signatures[(i + 1) % count]!), false);
    }
  }
  const statements = Array.from({ length: 5 }, (_, i) => ({ ...statement, genome: `${i}` }));
  const foreign = await (await loadSigner(others.privateKey)).signAll(statements);
  assertEquals(await signer.verify(statements[0]!, foreign[0]!), false);
  await assertRejects(() => signer.signAll([statement, { ...statement, policy: "p\n1" }]), TypeError);
});

Deno.test("verify() refuses every proof that differs in a byte, or is cut or longer", async () => {
  const paths = await keyPaths();
  await ensureKeys(paths);
  const statements = Array.from({ length: 6 }, (_, i) => ({ ...statement, genome: `${i}` }));
  const signatures = await (await loadSigner(paths.privateKey)).signAll(statements);
  const bytes = Uint8Array.fromBase64(signatures[2]!);
  const changed = Array.from(bytes, (byte, i) => bytes.with(i, byte ^ 1));
  for (const cut of [63, 64, 65, 64 + 33, bytes.length - 1]) changed.push(bytes.slice(0, cut));
  changed.push(Uint8Array.of(...bytes, 0), Uint8Array.of(...bytes, ...bytes.slice(-33)));
  changed.push(Uint8Array.of(...bytes, ...Array.from({ length: 33 * 40 }, () => 0)));
  for (const one of changed) {
    const verifier = await loadVerifier(paths.publicKey);
    assertEquals(await verifier.verify(statements[2]!, one.toBase64()), false);
  }
});

Deno.test("a node of a tree is no statement, and its signature is that of none", async () => {
  const paths = await keyPaths();
  await ensureKeys(paths);
  const signer = await loadSigner(paths.privateKey);
  const [signature] = await signer.signAll([statement, { ...statement, genome: "cc" }]);
  const alone = Uint8Array.fromBase64(signature!).slice(0, 64).toBase64();
  assertEquals(await signer.verify(statement, alone), false);
  // What was signed alone is the root of no tree.
  const own = Uint8Array.fromBase64(await signer.sign(statement));
  const way = Uint8Array.fromBase64(signature!).slice(64);
  assertEquals(await signer.verify(statement, Uint8Array.of(...own, ...way).toBase64()), false);
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
