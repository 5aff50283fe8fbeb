import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Listing } from "../../lib/db/listing.ts";
import { projectRoot } from "../../lib/run/paths.ts";
import { bubblewrap } from "../isolation/installed.ts";
import { type Ended, NamedRun } from "./named_run.ts";

const ignore = bubblewrap === undefined;

/** A run of two agents that has gone through a cycle. */
async function evaluated(): Promise<{ readonly run: NamedRun; readonly id: string }> {
  const run = await NamedRun.make();
  assertEquals((await run.init("--count", "2")).code, 0);
  assertEquals((await run.step("lifecycle", ["--cycles", "1", "--sleep", "0", "--quiet"])).code, 0);
  return { run, id: String(run.rows("SELECT id FROM agents ORDER BY ordinal")[0]!.id) };
}

/** Does a step under its permissions while nothing can be written into the run's folder. */
async function readOnly({ name, paths }: NamedRun, step: string, ...flags: string[]): Promise<Ended> {
  const deno = ["run", "-q", "--no-prompt", `-P=${step}`, `pipelines/${step}.ts`, "--run", name, ...flags];
  const { code, stdout, stderr } = await new Deno.Command("bwrap", {
    args: ["--dev-bind", "/", "/", "--ro-bind", paths.root, paths.root, Deno.execPath(), ...deno],
    cwd: projectRoot,
  }).output();
  const text = new TextDecoder().decode(stdout);
  const records = text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
  return { code, records, stdout: text, stderr: new TextDecoder().decode(stderr) };
}

function files({ paths }: NamedRun): string[] {
  return [...Deno.readDirSync(paths.workspace)].map(({ name }) => name).filter((name) => name.startsWith("listing"));
}

/** Records but for times. */
function shown({ records }: Ended): unknown[] {
  return records.filter(({ type }) => type !== "step.finished");
}

Deno.test("readers show of a folder that can't be written what they show of any other", { ignore }, async () => {
  const { run, id } = await evaluated();
  await using _ = run;
  assertEquals(files(run), ["listing.db"]);
  for (const [step, ...flags] of [["status"], ["explain", id], ["logs", id]] as const) {
    const walled = await readOnly(run, step, ...flags);
    assertEquals([walled.code, walled.stderr], [0, ""]);
    assert(shown(walled).length > 0);
    assertEquals(shown(walled), shown(await run.step(step, flags)));
    // A writer leaves nothing beside the listing, whatever a reader has left.
    run.rows("SELECT 1");
    assertEquals(files(run), ["listing.db"]);
  }
  const kept = `${run.template}/kept.tar.gz`;
  const backup = await readOnly(run, "backup", kept);
  assertEquals([backup.code, Deno.lstatSync(kept).isFile], [0, true]);
  const followed = await readOnly(run, "logs", id, "--follow");
  assertEquals(followed.code, 2);
  assertStringIncludes(followed.stderr, "leave --follow out");
});

Deno.test(
  "readers show in such a folder what a writer has not yet brought into the database",
  { ignore },
  async () => {
    const { run, id } = await evaluated();
    await using _ = run;
    using writer = Listing.open(run.paths.listing);
    writer.run("UPDATE agents SET reason = 'Written beside.' WHERE id = ?", id);
    const { code, records } = await readOnly(run, "status");
    assertEquals([code, records[0]!.reason], [0, "Written beside."]);
  },
);

Deno.test("readers say why where the log of a writer can't be read", { ignore }, async () => {
  const { run, id } = await evaluated();
  await using _ = run;
  const { listing, workspace } = run.paths;
  const beside = `${workspace}/beside`;
  {
    using writer = Listing.open(listing);
    writer.run("UPDATE agents SET reason = 'Written beside.' WHERE id = ?", id);
    // A copy of a run at work that leaves out the index.
    for (const end of ["", "-wal"]) Deno.copyFileSync(`${listing}${end}`, `${beside}${end}`);
  }
  for (const end of ["", "-wal"]) Deno.renameSync(`${beside}${end}`, `${listing}${end}`);
  const { code, stderr, records } = await readOnly(run, "status");
  assertEquals([code, (records.at(-1)!.issue as { code: string }).code], [1, "disk.readonly"]);
  assertStringIncludes(stderr, "make the folder writable, or copy the run");
});

Deno.test("readers leave the listing as it is, and no note that they ran", async () => {
  const { run, id } = await evaluated();
  await using _ = run;
  const before = Deno.readFileSync(run.paths.listing);
  for (const [step, ...flags] of [["status"], ["explain", id], ["logs", id], ["report"]] as const) {
    assertEquals((await run.step(step, flags)).code, 0);
  }
  assertEquals(Deno.readFileSync(run.paths.listing), before);
});
