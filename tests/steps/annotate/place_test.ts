import { assertEquals } from "@std/assert";
import { placeOf } from "../../../lib/steps/annotate/place.ts";

const folders = { root: "/work/space", template: "/work/space/my template" };

Deno.test("placeOf() tells files below the root, with their line, and no other", () => {
  const cases: [string, { file: string; line?: number } | undefined][] = [
    ["/work/space/t/src/rl.ts:65", { file: "t/src/rl.ts", line: 65 }],
    ["/work/space/t/src/rl.ts:65:3", { file: "t/src/rl.ts", line: 65 }],
    ["/work/space/t/src/rl.ts", { file: "t/src/rl.ts" }],
    ["/work/space/t/src/rl.ts#learn", { file: "t/src/rl.ts" }],
    ["src/rl.ts#learn", { file: "my template/src/rl.ts" }],
    ["world.ts:382", { file: "my template/world.ts", line: 382 }],
    ["/work/space/a:b/world.ts:1", { file: "a:b/world.ts", line: 1 }],
    ["/work/space/a\nb", { file: "a\nb" }],
    ["/work/space/../other/a.ts", undefined],
    ["/work/spaces/a.ts", undefined],
    ["/work/space", undefined],
    ["/work/space/", undefined],
    ["/etc/passwd", undefined],
    ["src/../../a.ts", undefined],
    ["pipelines/build.ts", undefined],
    ["hooks.0.module", undefined],
    ["", undefined],
  ];
  for (const [path, place] of cases) assertEquals(placeOf(path, folders), place, path);
  assertEquals(placeOf("/work/space/a.ts", {}), undefined);
  assertEquals(placeOf("src/a.ts", { root: "/work" }), undefined);
  assertEquals(placeOf("/a.ts", { root: "/" }), { file: "a.ts" });
});
