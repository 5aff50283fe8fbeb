import { assert, assertEquals, assertMatch } from "@std/assert";
import { runPaths } from "../../lib/run/paths.ts";
import { type Ended } from "../step/_run.ts";
import { Population, until } from "./_population.ts";
import { Project } from "./_project.ts";

Deno.test("key makes the project's key once, tells its fingerprint, and shows nothing of the private one", async () => {
  await using project = await Project.copy();
  const [first, again] = [await project.step("key"), await project.step("key", "--format", "json")];
  const { type, made, fingerprint } = first.records[0]!;
  assertEquals([type, made, first.records[1]!.counts], ["key.ready", true, { updates: 1 }]);
  const told = JSON.parse(again.out);
  assertEquals([told[0].made, told[0].fingerprint, told[1].counts], [false, fingerprint, { updates: 0 }]);
  const keys = `${project.folder}/workspace/keys`;
  const secret = JSON.parse(Deno.readTextFileSync(`${keys}/private/signing.json`)).d;
  for (const { out, err } of [first, again]) assert(!`${out}${err}`.includes(secret));
  assertMatch(first.err, /^key: made the key [0-9a-f]{64}\.\n$/);
  assertMatch(again.err, /^key: the key [0-9a-f]{64} is there already\.\n$/);
  const modes = [keys, `${keys}/private`, `${keys}/..`].map((path) => Deno.statSync(path).mode! & 0o077);
  assertEquals([modes[1], modes[2]], [0, 0o055]);

  // What is damaged is refused, and none of it is shown, whatever the level of the log.
  for (const text of [`{"kty":"OKP","d":"${secret}" x`, `{"d":"${secret}"}`]) {
    Deno.writeTextFileSync(`${keys}/private/signing.json`, text);
    const { err, out, records } = await project.ends(2, "key", "--log-level", "info");
    assertEquals((records[0]!.issue as { code: string }).code, "keys.damaged");
    assert(!`${out}${err}`.includes(secret.slice(0, 8)));
  }
});

Deno.test("key: a fresh clone restores what another key has signed, and goes on to the same end", async () => {
  await using clone = await Project.copy();
  await using run = await new Population().evaluated(4, 0);
  for (const step of ["scan", "sync-wiring", "build"]) await run.step(step);
  const files: string[] = [];
  const backup = async () => {
    files.push(`${clone.folder}/${files.length}.tar.gz`);
    await run.step("backup", files.at(-1)!);
  };
  // In the middle of a cycle, while births are due, and between two cycles.
  await run.fed("supervise", JSON.stringify({ id: (await run.status())[0]!.id }));
  await backup();
  await run.step("supervise");
  await run.step("select");
  await backup();
  await run.step("supervise");
  await backup();
  const closed = await run.status();
  await run.step("lifecycle", ...until(2));
  const ends = [closed, closed, await run.status()];

  const { fingerprint } = (await clone.step("key")).records[0]!;
  const { d, x } = JSON.parse(Deno.readTextFileSync(runPaths().privateKey));
  const secret = String.fromCharCode(...Uint8Array.fromBase64(d, { alphabet: "base64url" }));
  for (const [i, file] of files.entries()) {
    const bytes = await unpacked(file);
    for (const part of [d, secret, x, "signing.json"]) {
      assert(!bytes.includes(part), `${file} holds ${part} of the key`);
    }
    await clone.step("restore", file, "--run", `r${i}`);
    // The chain signs anew by itself; so does the step.
    if (i === 1) {
      assert(signed(await clone.step("build", "--run", `r${i}`)), "`build` signs what another key had signed");
    }
    await clone.step("lifecycle", ...until(i < 2 ? 1 : 2), "--run", `r${i}`);
    assertEquals((await clone.step("status", "--run", `r${i}`)).records.slice(0, -1), ends[i] as never);
  }
  assertEquals((await clone.step("key")).records[0]!.fingerprint, fingerprint);
});

function signed({ records }: Ended): boolean {
  return (records.at(-1)!.counts as { built: number }).built > 0;
}

/** All bytes of an archive, as text in which each byte is a letter. */
async function unpacked(file: string): Promise<string> {
  const stream = (await Deno.open(file)).readable.pipeThrough(new DecompressionStream("gzip"));
  return Array.from(new Uint8Array(await new Response(stream).arrayBuffer()), (byte) => String.fromCharCode(byte)).join(
    "",
  );
}
