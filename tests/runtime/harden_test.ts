import { assertEquals } from "@std/assert";
import { allowedGlobals as audited, exactMath, replacedMath } from "../../lib/source/globals.ts";
import { mathematics } from "../../lib/runtime/mathematics.ts";
import { constructors, namespaces } from "../../lib/runtime/surface.ts";
import { runFixture } from "./made_process.ts";

const { code, stdout, stderr } = await runFixture("hardened.ts", "");
const report = code === 0 ? JSON.parse(stdout) : {};

Deno.test("harden() lets a process of Deno go on and end well", () => {
  assertEquals([code, stderr], [0, ""]);
});

Deno.test("harden() leaves just the globals of the allow-list", () => {
  const left = [...Object.keys(namespaces), ...Object.keys(constructors), "dispatchEvent", "globalThis"];
  left.push("NaN", "Infinity", "undefined", "isFinite", "isNaN", "parseFloat", "parseInt");
  assertEquals(report.globals, left.sort());
  assertEquals(report.inherits, true);
});

Deno.test("harden() freezes everything that code can reach", () => {
  assertEquals(report.loose, []);
});

Deno.test("harden() leaves no way to clocks, chance, compilers or the bytes of numbers", () => {
  assertEquals(report.reached, []);
  assertEquals(report.chains.filter((type: string) => type !== "undefined"), []);
  assertEquals(report.stack, "undefined");
});

Deno.test("harden() lets nothing be left behind", () => {
  const { refusesGlobals, refusesPrototypes, refusesMethods, refusesState } = report;
  assertEquals([refusesGlobals, refusesPrototypes, refusesMethods, refusesState], [true, true, true, true]);
});

Deno.test("harden() breaks nothing that genes use", () => {
  assertEquals(report.species, [[6, 2, 4], [2, 3], [2.5, 3]]);
  assertEquals(report.formatted, ["1e+21 0.30000000000000004 0", "1234.57"]);
});

Deno.test("harden() replaces mathematics and sorting", () => {
  const { exp, pow, hypot, sin } = mathematics;
  assertEquals(report.math, [exp!(1.1), pow!(2.5, 3.5), hypot!(1, 2, 3), sin!(1e9)]);
  // What a comparison that contradicts itself comes to is this algorithm's alone.
  assertEquals(report.sorted, [3, 5, 0, 7, 2, 9, 4, 1, 6, 11, 8, 10]);
});

Deno.test("harden() keeps whatever the audit lets genes use", () => {
  assertEquals(replacedMath.filter((name) => !(name in mathematics)), []);
  const has = (list: string | undefined, name: string) => ` ${list} `.includes(` ${name} `);
  assertEquals(exactMath.filter((name) => !has(namespaces.Math, name)), []);
  for (const [name, { members }] of audited) {
    if (name === "Math" || members.length === 0) continue;
    const statics = constructors[name]![0];
    const inherited = name.endsWith("Array") && name !== "Array" ? "from of" : "";
    assertEquals(members.filter((member) => !has(`${statics} ${inherited}`, member)), [], name);
  }
});
