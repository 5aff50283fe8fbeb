import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Listing } from "../../lib/db/listing.ts";
import { manifestPath } from "../../lib/template/pool_store.ts";
import { type RunPaths, runPaths } from "../../lib/run/paths.ts";
import { madePool, makeRun as makeListing } from "../steps/report/made_run.ts";

/** A run of the project, under a name of its own; removed afterwards. */
async function makeRun(agents: number, cycles: number): Promise<RunPaths & AsyncDisposable> {
  const paths = runPaths(`test-report-${crypto.randomUUID()}`);
  await Deno.mkdir(`${paths.template}/pools`, { recursive: true });
  await Deno.writeTextFile(manifestPath(paths, madePool.hash), JSON.stringify(madePool));
  await makeListing(paths.listing, { agents, cycles });
  return { ...paths, [Symbol.asyncDispose]: () => Deno.remove(paths.root, { recursive: true }) };
}

async function report(name: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--no-prompt", "-P=report", "pipelines/report.ts", "--run", name, ...args],
    stdin: "null",
  }).output();
  return { code, stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
}

Deno.test("report writes records and all of its files, under its own permissions", async () => {
  await using paths = await makeRun(12, 3);
  const { code, stdout } = await report(paths.name!);
  assertEquals(code, 0);
  const records = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  assert(records.every((record) => record.step === "report" && record.ok && record.id !== undefined));
  const count = (type: string) => records.filter((record) => record.type === type).length;
  const types = ["report.summary", "report.cycle", "report.gene", "report.file", "report.lineage", "report.births"];
  assertEquals(types.map(count), [1, 3, 11, 5, 1, 1]);
  assertEquals(records.at(-1).type, "step.finished");
  const files = (await Array.fromAsync(Deno.readDir(paths.reports))).map((entry) => entry.name).sort();
  assertEquals(files, [".history.json", "lineage.csv", "report.html", "report.json", "report.md"]);
  const whole = JSON.parse(await Deno.readTextFile(`${paths.reports}/report.json`));
  assertEquals([whole.cycles.length, whole.summary.run], [3, paths.name]);
});

Deno.test("report prints the document that was asked for", async () => {
  await using paths = await makeRun(6, 2);
  for (const [format, file] of [["md", "report.md"], ["html", "report.html"]] as const) {
    const { code, stdout } = await report(paths.name!, "--format", format);
    assertEquals([code, stdout], [0, await Deno.readTextFile(`${paths.reports}/${file}`)]);
  }
  assertStringIncludes((await report(paths.name!, "--format", "table")).stdout, "Gene activation over time");
  const records = JSON.parse((await report(paths.name!, "--format", "json")).stdout);
  assertEquals(records[0].type, "report.summary");
});

Deno.test("report --svg writes each chart of the page as a file, and removes those that there are no more", async () => {
  await using paths = await makeRun(12, 3);
  const charts = `${paths.reports}/charts`;
  await Deno.mkdir(charts, { recursive: true });
  await Deno.writeTextFile(`${charts}/former.svg`, "");
  await Deno.writeTextFile(`${charts}/notes.txt`, "mine");
  const { code, stdout, stderr } = await report(paths.name!, "--svg");
  assertEquals(code, 0, stderr);
  assertStringIncludes(stderr, charts);
  const files = [...Deno.readDirSync(charts)].map(({ name }) => name).sort();
  const page = await Deno.readTextFile(`${paths.reports}/report.html`);
  const data = JSON.parse(/<script type="application\/json" id="data">([^<]*)<\/script>/.exec(page)![1]!);
  const { parameters, measures, ...named } = data.charts;
  const wanted = Object.keys(named).length +
    [...parameters, ...measures].reduce((sum, { charts }) => sum + charts.length, 0);
  assertEquals(files.filter((name) => name.endsWith(".svg")).length, wanted);
  for (const name of [...Object.keys(named).map((one) => `${one}.svg`), "notes.txt"]) {
    assert(files.includes(name), name);
  }
  assertEquals(JSON.parse(stdout.trimEnd().split("\n").at(-1)!).counts.files, 4 + wanted);
  const titles = files.filter((name) => name.endsWith(".svg")).map((name) =>
    /<title id="title">(.*)<\/title>/.exec(Deno.readTextFileSync(`${charts}/${name}`))![1]
  );
  assertEquals(new Set(titles).size, wanted);
  assert(titles.includes(named.scores.title));
});

Deno.test("report reads while another step writes, and changes nothing in the listing", async () => {
  await using paths = await makeRun(6, 1);
  using listing = Listing.open(paths.listing);
  const before = listing.get("PRAGMA data_version");
  listing.db.exec("BEGIN IMMEDIATE; UPDATE agents SET status = 'dead'");
  const { code, stdout } = await report(paths.name!);
  listing.db.exec("ROLLBACK");
  assertEquals([code, JSON.parse(stdout.split("\n")[0]!).active], [0, 6]);
  assertEquals(listing.get("PRAGMA data_version"), before);
});

Deno.test("report is not misled by what former reports left behind", async () => {
  await using paths = await makeRun(6, 3);
  await report(paths.name!);
  const made = async () => {
    const { at: _at, ...rest } = JSON.parse(await Deno.readTextFile(`${paths.reports}/report.json`));
    return rest;
  };
  const first = await made();
  for (const text of ["", "{", "null", '{"version":2}', '{"version":2,"pool":"x","cycles":{"1":{}}}']) {
    await Deno.writeTextFile(`${paths.reports}/.history.json`, text);
    assertEquals((await report(paths.name!)).code, 0);
    assertEquals(await made(), first);
  }
});

Deno.test("report says what is missing", async () => {
  const nowhere = await report(`test-report-${crypto.randomUUID()}`);
  assertEquals(nowhere.code, 1);
  assertStringIncludes(nowhere.stderr, "deno task init");
  await using paths = await makeRun(1, 0);
  await Deno.remove(paths.template, { recursive: true });
  const { code, stdout } = await report(paths.name!);
  assertEquals([code, JSON.parse(stdout).issue.code], [1, "template.missing"]);
});
