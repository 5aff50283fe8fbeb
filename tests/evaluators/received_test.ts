import { assert, assertEquals, assertRejects } from "@std/assert";
import { Contents } from "../../lib/evaluators/contents.ts";
import { MessageError, readBatch, type SharedInputs } from "../../lib/evaluators/protocol.ts";
import { ReceivedPrograms } from "../../lib/evaluators/received.ts";
import { batchText } from "../../lib/evaluators/protocol.ts";
import { ensureKeys } from "../../lib/signing/keys.ts";
import { loadSigner, loadVerifier } from "../../lib/signing/sign.ts";
import { sha256 } from "../../lib/util/hash.ts";
import { infoOf } from "../../lib/util/files.ts";
import { MadeRun } from "../steps/supervise/made_run.ts";
import { askedOf } from "../steps/evaluator/_asked.ts";

/** A run, what is asked of it, and how an evaluator has its programs. */
async function received() {
  const run = await MadeRun.make(["honest", "changes"]);
  const { offer, lines } = await askedOf(run.paths);
  const contents = new Map(offer.contents);
  const inputs: SharedInputs = JSON.parse(contents.get(offer.shared)!);
  const folder = `${run.paths.root}/received`;
  await Deno.mkdir(folder);
  const parts = {
    verifier: await loadVerifier(run.paths.publicKey),
    contents: new Contents(folder),
    source: (hash: string) => {
      const text = contents.get(hash);
      return Promise.resolve(text === undefined ? undefined : new TextEncoder().encode(text));
    },
    folder: `${folder}/own`,
  };
  return {
    run,
    contents,
    inputs,
    parts,
    shared: offer.shared,
    asked: readBatch(batchText(offer.shared, lines)).evaluations,
    /** Opens shared inputs that were changed. */
    async changed(change: Partial<SharedInputs>) {
      const text = JSON.stringify({ ...inputs, ...change });
      const hash = await sha256(text);
      contents.set(hash, text);
      return await ReceivedPrograms.open(hash, parts);
    },
    [Symbol.asyncDispose]: () => Deno.remove(run.paths.root, { recursive: true }),
  };
}

Deno.test("ReceivedPrograms cuts what is signed from what is signed, and leaves nothing behind", async () => {
  await using made = await received();
  const { parts, asked, shared } = made;
  {
    using programs = await ReceivedPrograms.open(shared, parts);
    for (const one of asked) {
      const request = await programs.request(one);
      assert(request.ok);
      const path = await programs.prove(request.value.artifact);
      assert(path.ok);
      assert(infoOf(path.value)?.isFile);
      assertEquals(path.value.startsWith(parts.folder), true);
    }
    // What nothing was asked about has no signature.
    const { artifact, genome } = asked[0]!;
    assertEquals((await programs.prove({ artifact, genome, bytes: new Uint8Array() })).ok, false);
  }
  assertEquals(infoOf(parts.folder), undefined);
});

Deno.test("ReceivedPrograms refuses forged signatures, foreign artifacts and foreign genomes", async () => {
  await using made = await received();
  using programs = await ReceivedPrograms.open(made.shared, made.parts);
  const [one, other] = made.asked;
  const forged = `${one!.signature[0] === "A" ? "B" : "A"}${one!.signature.slice(1)}`;
  const changes = [
    { signature: forged },
    { signature: other!.signature },
    { artifact: other!.artifact },
    { artifact: other!.artifact, signature: other!.signature },
    { genome: other!.genome },
    { own: other!.own },
  ];
  for (const change of changes) {
    const request = await programs.request({ ...one!, ...change });
    assertEquals(request.ok || request.issue.code, "artifact.unsigned", JSON.stringify(Object.keys(change)));
  }
  assert((await programs.request(one!)).ok);
});

Deno.test("ReceivedPrograms starts nothing that is signed for a genome that does not come to it", async () => {
  await using made = await received();
  await made.run.misstate(0);
  const { offer, lines } = await askedOf(made.run.paths);
  for (const [hash, text] of offer.contents) made.contents.set(hash, text);
  using programs = await ReceivedPrograms.open(offer.shared, made.parts);
  const proofs = await Promise.all(
    readBatch(batchText(offer.shared, lines)).evaluations.map(async (asked) => {
      const request = await programs.request(asked);
      assert(request.ok);
      const proof = await programs.prove(request.value.artifact);
      return proof.ok || proof.issue.code;
    }),
  );
  assertEquals(proofs.sort(), ["artifact.changed", true].sort());
});

Deno.test("ReceivedPrograms opens nothing that the evaluator's own key has not signed, whole and in its place", async () => {
  await using made = await received();
  const { run, inputs, parts, shared, contents, changed } = made;
  const refused = (open: Promise<unknown>, words: string) => assertRejects(() => open, MessageError, words);
  const keys = { privateKey: `${run.paths.root}/other/private.json`, publicKey: `${run.paths.root}/other/public.json` };
  await ensureKeys(keys);
  const stranger = { ...parts, verifier: await loadVerifier(keys.publicKey) };
  await refused(ReceivedPrograms.open(shared, stranger), "must be signed by the key that this evaluator has");
  const program = "var evil;";
  const artifact = await sha256(program);
  contents.set(artifact, program);
  await refused(changed({ kit: { ...inputs.kit, artifact } }), "must be signed");
  const statement = { artifact, genome: inputs.kit.name, ...base(inputs) };
  const signature = await (await loadSigner(keys.privateKey)).sign(statement);
  await refused(changed({ kit: { ...inputs.kit, artifact, signature } }), "must be signed");
  await refused(changed({ all: { ...inputs.kit, name: `pool:${inputs.pool.hash}` } }), "must be signed");
  await refused(changed({ runtime: "e".repeat(64) }), "must be signed");
  await refused(changed({ policy: "artifact/0" }), "built by the same release");
  await refused(changed({ world: "e".repeat(64) }), "must be of their world");
  contents.delete(inputs.kit.artifact);
  const empty = { ...parts, contents: new Contents(`${run.paths.root}/received`) };
  await refused(ReceivedPrograms.open(shared, empty), "There must be the content");
  await refused(ReceivedPrograms.open("f".repeat(64), parts), "There must be the content");
});

Deno.test("ReceivedPrograms refuses a signed kit beside a pool that it is not of", async () => {
  await using made = await received();
  const { inputs, changed, asked } = made;
  using programs = await changed({ pool: { ...inputs.pool, files: [] } });
  const request = await programs.request(asked[0]!);
  assert(request.ok);
  const proof = await programs.prove(request.value.artifact);
  assertEquals(proof.ok || proof.issue.code, "artifact.changed");
});

function base({ runtime, world, policy }: SharedInputs) {
  return { runtime, world, policy };
}
