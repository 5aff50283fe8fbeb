import { assert, assertEquals, assertMatch } from "@std/assert";
import { encode } from "@std/msgpack";
import { fromBytes, toBytes } from "../../lib/runtime/genome_bytes.ts";
import type { Genome } from "../../lib/runtime/genome_schema.ts";
import { countsOf, type Member, Population, recordOf } from "./_population.ts";

const file = { path: "src/rl.ts", active: true, functions: {}, parameters: {} };
const of = (...files: unknown[]) => encode({ version: 1, files });

/** MessagePack of a file whose only function has this name, written by hand since no encoder would. */
function named(name: string): Uint8Array {
  const bytes = of({ ...file, functions: { xxxxxxxxxxx: true } });
  const at = bytes.findIndex((byte, i) => byte === 0xab && bytes[i + 1] === 0x78);
  return new Uint8Array([
    ...bytes.slice(0, at),
    0xa0 + name.length,
    ...new TextEncoder().encode(name),
    ...bytes.slice(at + 12),
  ]);
}

/** What is written over `genome.bin`, and the code that its agent is disabled with. */
const bytes: Record<string, [Uint8Array, string]> = {
  "no MessagePack": [new TextEncoder().encode("not a genome at all\n"), "genome.trailing"],
  "nothing": [new Uint8Array(0), "genome.truncated"],
  "a part": [of(file).slice(0, 30), "genome.truncated"],
  "more than it holds": [new Uint8Array([...of(file), 0xc0]), "genome.trailing"],
  "a list that claims 2³² entries": [new Uint8Array([0xdd, 255, 255, 255, 255]), "genome.truncated"],
  "lists 60,000 deep": [new Uint8Array(60_000).fill(0x91), "genome.depth"],
  "65 KiB": [new Uint8Array(65 * 1024), "genome.size"],
  "a path outside": [of({ ...file, path: "src/../../../../etc/passwd.ts" }), "genome.shape"],
  "an absolute path": [of({ ...file, path: "/etc/passwd" }), "genome.shape"],
  "a file not in the pool": [of({ ...file, path: "src/nobody.ts" }), "genome.unknown"],
  "a function not in the pool": [of({ ...file, functions: { nothing: true } }), "genome.unknown"],
  "the key __proto__": [named("__proto__"), "genome.key"],
  "the key constructor": [named("constructor"), "genome.key"],
  "NaN": [of({ ...file, parameters: { rate: NaN } }), "genome.shape"],
  "infinity": [of({ ...file, parameters: { rate: Infinity } }), "genome.shape"],
  "a file twice": [of(file, file), "genome.shape"],
  "a flag that is a text": [of({ ...file, active: "true" }), "genome.shape"],
};

/** What is done to an agent's folder, and the code that it is disabled with. */
const folders: Record<string, [(folder: string) => void | Promise<void>, string]> = {
  "a genome of 1 GiB": [(at) => Deno.truncateSync(`${at}/genome.bin`, 2 ** 30), "genome.size"],
  "a parameter out of its range": [outOfRange, "genome.range"],
  "a link as genome": [(at) => replace(at, () => Deno.symlinkSync("/etc/passwd", `${at}/genome.bin`)), "agent.link"],
  "a folder as genome": [(at) => replace(at, () => Deno.mkdirSync(`${at}/genome.bin`)), "agent.foreign"],
  "a pipe as genome": [(at) => replace(at, () => mkfifo(`${at}/genome.bin`)), "agent.foreign"],
  "a hard link": [(at) => Deno.linkSync(`${at}/genome.bin`, `${at}/src/twin.ts`), "agent.hardlink"],
  "a link as folder": [(at) => {
    Deno.renameSync(at, `${at}-elsewhere`);
    Deno.symlinkSync(`${at}-elsewhere`, at);
  }, "agent.link"],
  "a file as folder": [(at) => {
    Deno.removeSync(at, { recursive: true });
    Deno.writeTextFileSync(at, "no folder");
  }, "agent.missing"],
  "a foreign file": [(at) => Deno.writeTextFileSync(`${at}/payload.sh`, "rm -rf /"), "agent.foreign"],
  "another gene": [(at) => Deno.writeTextFileSync(`${at}/src/evil.ts`, "export const x = 1;"), "code.changed"],
  "an edited gene": [
    (at) => Deno.writeTextFileSync(`${at}/src/rl.ts`, "\nwhile (1);\n", { append: true }),
    "code.changed",
  ],
  "no world": [(at) => Deno.removeSync(`${at}/world.ts`), "code.missing"],
  "no folder": [(at) => Deno.removeSync(at, { recursive: true }), "agent.missing"],
};

/** Writes a whole genome over one that is good, but for one number. */
function outOfRange(folder: string): void {
  const genome = fromBytes(Deno.readFileSync(`${folder}/genome.bin`)) as Genome;
  const { parameters } = genome.files.find((one) => Object.keys(one.parameters).length > 0)!;
  parameters[Object.keys(parameters)[0]!] = 1e9;
  Deno.writeFileSync(`${folder}/genome.bin`, toBytes(genome));
}

function replace(folder: string, make: () => void | Promise<void>): void | Promise<void> {
  Deno.removeSync(`${folder}/genome.bin`);
  return make();
}

async function mkfifo(path: string): Promise<void> {
  await new Deno.Command("mkfifo", { args: [path] }).output();
}

Deno.test("a bad genome or folder disables its agent with a code and a reason, and no other", async () => {
  const cases = [...Object.entries(bytes), ...Object.entries(folders)];
  const healthy = 6;
  await using run = await Population.make(cases.length + healthy, "--quiet");
  const ids = (await run.status()).map(({ id }) => id);
  for (const [i, [, [harm]]] of cases.entries()) {
    if (typeof harm === "function") await harm(`${run.paths.agents}/${ids[i]}`);
    else Deno.writeFileSync(run.genomePath(ids[i]!), harm);
  }

  const scan = await run.step("scan");
  const found = cases.map(([name], i) => {
    const { ok, issue } = recordOf(scan, ids[i]!);
    return [name, ok, issue?.code === "genome.damaged" ? /\((genome\.\w+)\)/.exec(issue.message)?.[1] : issue?.code];
  });
  assertEquals(found, cases.map(([name, [, code]]) => [name, false, code]));
  for (const id of ids.slice(0, cases.length)) assertMatch(recordOf(scan, id).issue!.message, /^.{20,500}\.$/);
  for (const id of ids.slice(cases.length)) assert(recordOf(scan, id).ok);
  assertEquals(countsOf(scan).disabled, cases.length);

  const cycle = await run.step("lifecycle", "--until", "1", "--sleep", "0");
  assertEquals(cycle.records[0]!.disabled, cases.length);
  const status = await run.status();
  const first = (member: Member) => [member.status, member.reason !== null, member.score !== null];
  assertEquals(status.slice(0, cases.length).map(first), cases.map(() => ["disabled", true, false]));
  const rest = status.slice(cases.length, ids.length);
  assertEquals(rest.filter((member) => member.status !== "disabled" && member.score !== null).length, healthy);

  await run.step("lifecycle", "--until", "2", "--sleep", "0");
  const after = await run.status();
  assertEquals(after.slice(0, cases.length).map(({ status }) => status), cases.map(() => "disabled"));
  assertEquals(after.filter(({ status }) => status !== "dead").length, ids.length);
});
