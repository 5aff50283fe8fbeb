import { assert, assertEquals, assertGreater, assertMatch, assertStringIncludes } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { fromBytes } from "../../lib/runtime/genome_bytes.ts";
import type { Genome } from "../../lib/runtime/genome_schema.ts";
import { Population } from "./_population.ts";

const template = `${projectRoot}/tests/acceptance/kinds`;

/** The template with a change of its parameters. */
async function changed(folder: string, from: string, to: string): Promise<string> {
  const place = `${folder}/template`;
  await new Deno.Command("cp", { args: ["-r", template, place] }).output();
  const text = Deno.readTextFileSync(`${place}/src/doors.ts`);
  assertStringIncludes(text, from);
  Deno.writeTextFileSync(`${place}/src/doors.ts`, text.replace(from, to));
  return place;
}

Deno.test("numbers of all kinds evolve within their ranges, and each is a locus", async () => {
  await using run = await Population.make(6, "--template", template, "--active", "1");
  const { records } = await run.step("lifecycle", "--cycles", "3", "--sleep", "0", "--isolation", "shared");
  for (const record of records.slice(0, -1)) assertEquals([record.alive, record.disabled], [6, 0]);
  const born = (await run.status()).filter(({ status, generation }) => status === "active" && generation > 0);
  assertGreater(born.length, 0);
  for (const { id } of born) {
    const { answers, period, rule, turns, waits, weights } = run.genome(id).files[0]!.parameters;
    assert([answers, turns, waits, [period, rule]].flat().every(Number.isInteger));
    assertEquals([answers, turns, waits, weights].map((list) => (list as number[]).length), [6, 3, 2, 4]);
  }
  const report = await run.step("report");
  const names = report.records.filter(({ type }) => type === "report.parameter").map(({ parameter }) => parameter);
  assertEquals(names.slice(0, 8), [...[0, 1, 2, 3, 4, 5].map((at) => `answers[${at}]`), "bias", "follow"]);
  const { out } = await run.step("explain", born[0]!.id);
  assertMatch(out, /src\/doors\.ts:(answers|turns|waits|weights)\[\d\]/);
});

Deno.test("a list that becomes shorter in a later version of the template leaves no agent behind", async () => {
  const folder = await Deno.makeTempDir({ prefix: "evolve-kinds-" });
  try {
    await using run = await Population.make(4, "--template", template, "--active", "1");
    await run.step("lifecycle", "--cycles", "1", "--sleep", "0", "--isolation", "shared");
    const shorter = await changed(
      folder,
      "length: 6, default: [true, false, true, false, true, false]",
      "length: 2, default: [true, false]",
    );
    await run.step("init", "--template", shorter, "--count", "4");
    const { records } = await run.step("lifecycle", "--cycles", "2", "--sleep", "0", "--isolation", "shared");
    for (const record of records.slice(0, -1)) assertEquals([record.alive, record.disabled], [4, 0]);
    // What the genomes have besides is passed over; those that genes write anew are as long as the list is now.
    const written = run.rows<{ bytes: Uint8Array }>(
      "SELECT bytes FROM blobs WHERE hash IN (SELECT genome_after FROM evaluations WHERE cycle > 1)",
    );
    assertGreater(written.length, 0);
    for (const { bytes } of written) {
      const { files } = fromBytes(bytes) as Genome;
      assertEquals((files[0]!.parameters.answers as number[]).length, 2);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
