import { assert, assertEquals } from "@std/assert";
import { mathematics } from "../../lib/runtime/mathematics.ts";
import { constructors, namespaces, plainGlobals, typedArray } from "../../lib/runtime/surface.ts";
import { allowedGlobals, exactMath, refusedProperties, replacedMath } from "../../lib/source/globals.ts";

Deno.test("allowedGlobals holds nothing that the runtime takes away", () => {
  for (const [name, { members }] of allowedGlobals) {
    const kept = name in constructors
      ? `${constructors[name]![0]} ${name.endsWith("Array") ? typedArray[0] : ""}`.split(" ")
      : (namespaces[name] ?? "").split(" ");
    assert(name in constructors || name in namespaces || (plainGlobals as readonly string[]).includes(name), name);
    assertEquals(members.filter((member) => !kept.includes(member)), [], name);
  }
});

Deno.test("replacedMath is what the runtime replaces, and exactMath the rest of what it keeps", () => {
  assertEquals([...replacedMath].sort(), Object.keys(mathematics).sort());
  assertEquals([...exactMath, ...replacedMath].sort(), namespaces["Math"]!.split(" ").sort());
});

Deno.test("refusedProperties holds no method that the runtime keeps for genes", () => {
  const methods = [...Object.values(constructors), typedArray].flatMap(([, names]) => names.split(" "));
  assertEquals(methods.filter((name) => refusedProperties.has(name)), []);
});
