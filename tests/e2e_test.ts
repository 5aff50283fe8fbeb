import { assert, assertArrayIncludes, assertEquals, assertRejects } from "@std/assert";
import { missing } from "../e2e/tools.ts";
import { read } from "./docs_pages.ts";

interface Manifest {
  readonly compilerOptions: Readonly<Record<string, unknown>>;
  readonly fmt: unknown;
  readonly exclude: readonly string[];
  readonly permissions: Readonly<Record<string, unknown>>;
}

const project: Manifest = JSON.parse(await read("deno.json"));
const own: Manifest = JSON.parse(await read("e2e/deno.json"));

Deno.test("e2e/deno.json repeats how the project is formatted and checked, which leaves it alone", () => {
  assertArrayIncludes(project.exclude, ["e2e"]);
  assertEquals(own.fmt, project.fmt);
  assertEquals(own.compilerOptions, { ...project.compilerOptions, types: ["../tests/types/std.d.ts"] });
});

Deno.test("e2e/: each test has a name and a permission set of its own", () => {
  const names = ["tests", "slow"].flatMap((folder) => [...Deno.readDirSync(`e2e/${folder}`)])
    .flatMap(({ name }) => /^(.*)_test\.ts$/.exec(name)?.[1] ?? []);
  assert(names.length > 0);
  assertEquals(new Set(names).size, names.length);
  assertArrayIncludes(Object.keys(own.permissions), names);
});

Deno.test("missing() leaves a test out where its tool is missing, and throws where it is demanded", async () => {
  const before = Deno.env.get("E2E_TOOLS");
  try {
    Deno.env.delete("E2E_TOOLS");
    assertEquals(await missing("sh", "-c", "exit 0"), false);
    assertEquals(await missing("no-such-tool"), true);
    assertEquals(await missing("sh", "-c", "exit 3"), true);
    Deno.env.set("E2E_TOOLS", "demanded");
    await assertRejects(() => missing("no-such-tool"), Error, "it is not installed");
    assertEquals(await missing("sh", "-c", "exit 0"), false);
  } finally {
    if (before === undefined) Deno.env.delete("E2E_TOOLS");
    else Deno.env.set("E2E_TOOLS", before);
  }
});

/** What `e2e/suite.ts` says of one test that needs a tool which no machine has. */
async function suiteWithout(aptGet: string): Promise<{ readonly code: number; readonly lines: string[] }> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/tests`);
    await Deno.mkdir(`${folder}/slow`);
    await Deno.copyFile("e2e/tools.ts", `${folder}/tools.ts`);
    const suite = (await Deno.readTextFile("e2e/suite.ts")).replaceAll("/usr/bin/apt-get", aptGet);
    await Deno.writeTextFile(`${folder}/suite.ts`, suite);
    const set = { run: ["no-such-tool"], env: ["E2E_TOOLS"] };
    await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify({ permissions: { x: set } }));
    const test =
      'import { missing } from "../tools.ts";\nDeno.test("x", { ignore: await missing("no-such-tool") }, () => {});\n';
    await Deno.writeTextFile(`${folder}/tests/x_test.ts`, test);
    const { code, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-q", "--no-prompt", "--config", `${folder}/deno.json`, "-A", `${folder}/suite.ts`],
      env: { NO_COLOR: "1" },
    }).output();
    return { code, lines: new TextDecoder().decode(stdout).trimEnd().split("\n") };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("e2e/suite.ts names what is left out, and fails as root where it could have been installed", async () => {
  const elsewhere = await suiteWithout("/no/such/apt-get");
  assertEquals([elsewhere.code, elsewhere.lines.slice(-2)], [0, [
    "ran e2e/tests/x_test.ts",
    "left out tests with no-such-tool: it is not installed",
  ]]);
  const installing = await suiteWithout("/bin/sh");
  if (Deno.uid() === 0) assertEquals([installing.code, installing.lines.at(-1)], [1, "failed e2e/tests/x_test.ts"]);
  else assertEquals(installing, elsewhere);
});
