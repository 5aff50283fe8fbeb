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
