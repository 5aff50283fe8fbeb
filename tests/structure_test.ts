import { assertEquals } from "@std/assert";
import {
  circles,
  climbs,
  type Imports,
  importsOf,
  importsOfTests,
  makesTransition,
  modules,
  readFloors,
  specifiersOf,
  statementsOf,
  writesOf,
} from "./structure.ts";
import { projectRoot } from "../lib/run/paths.ts";

const floors = readFloors(await Deno.readTextFile(`${projectRoot}/lib/README.md`));
const imports: Imports = new Map(modules("lib").map((path) => [path, importsOf(path)]));

Deno.test("every folder of lib/ is on the page, and every folder of the page is there", () => {
  const there = new Set([...imports.keys()].map((path) => path.split("/").at(1)!));
  assertEquals([...there].sort(), [...floors.keys()].sort());
});

Deno.test("no module imports what stands further up, and no step another step", () => {
  assertEquals(climbs(imports, floors), []);
});

Deno.test("no files import in a circle", () => {
  assertEquals(circles(imports), []);
});

Deno.test("no folders import in a circle", () => {
  const folders: Imports = new Map();
  for (const [from, targets] of imports) {
    const folder = folderOf(from);
    const others = folders.get(folder) ?? new Set();
    for (const to of targets) if (folderOf(to) !== folder) others.add(folderOf(to));
    folders.set(folder, others);
  }
  assertEquals(circles(folders), []);
});

Deno.test("the product imports no package that the tests alone need, nor deno-std by any name", async () => {
  const tests = importsOfTests(await Deno.readTextFile(`${projectRoot}/docs/dependencies.md`));
  assertEquals(tests.sort(), ["@std/assert", "@std/csv", "@std/msgpack", "@std/yaml", "fast-check", "hyparquet"]);
  const product = ["agent_template", "examples", "lib", "pipelines", "plugins"].flatMap(modules);
  const found = product.filter((path) =>
    [...specifiersOf(path)].some((name) => tests.includes(name) || /^@std\/|deno-std/.test(name))
  );
  assertEquals(found, []);
});

Deno.test("only db/ has statements that write to the listing", () => {
  const found = [...imports.keys()].filter((path) => !path.startsWith("lib/db/") && writesOf(path));
  assertEquals(found.sort(), []);
});

Deno.test("no statement stands twice: what two modules ask of the listing is asked in db/", () => {
  const places = Map.groupBy(
    [...imports.keys()].flatMap((path) => statementsOf(path).map((sql) => ({ path, sql }))),
    ({ sql }) => sql,
  );
  const twice = [...places].filter(([, found]) => found.length > 1);
  assertEquals(twice.map(([sql, found]) => [sql, ...found.map(({ path }) => path)]), []);
});

Deno.test("an agent's state changes by the transitions of db/ alone, with their events", () => {
  const found = [...imports.keys()].filter((path) =>
    !/^lib\/db\/(transitions|migrations)\//.test(path) &&
    makesTransition(Deno.readTextFileSync(`${projectRoot}/${path}`))
  );
  assertEquals(found.sort(), []);
});

Deno.test("the walk finds a transition in SQL, in a template of it, and in an event", () => {
  const planted = [
    "db.run('INSERT INTO agents (id) VALUES (?)', id);",
    "db.run(`UPDATE agents SET stamp = ${stamp}, status = 'dead' WHERE id = ?`, id);",
    'recordEvent(listing, cycle, "agent.died", id);',
  ];
  assertEquals(planted.map(makesTransition), [true, true, true]);
  const others = ["db.run(\"UPDATE agents SET stamp = NULL WHERE status = 'dead'\");", 'emit("agent.died");'];
  assertEquals(others.map(makesTransition), [false, false]);
});

Deno.test("the walk finds a climbing import, a step in a step, a circle, and a write", () => {
  const planted: Imports = new Map([
    ["lib/util/a.ts", new Set(["lib/db/b.ts"])],
    ["lib/db/b.ts", new Set(["lib/util/a.ts"])],
    ["lib/steps/scan/c.ts", new Set(["lib/steps/build/d.ts", "lib/db/b.ts"])],
  ]);
  assertEquals(climbs(planted, floors), [
    "lib/steps/scan/c.ts -> lib/steps/build/d.ts",
    "lib/util/a.ts -> lib/db/b.ts",
  ]);
  assertEquals(circles(planted), ["lib/db/b.ts lib/util/a.ts"]);
});

/** The folder of a module: that of the step for steps. */
function folderOf(path: string): string {
  return path.split("/").slice(0, path.startsWith("lib/steps/") ? 3 : 2).join("/");
}
