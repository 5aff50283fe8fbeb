import { assertEquals } from "@std/assert";
import { formerNames } from "../../lib/step/former_flags.ts";
import { pipeline, run } from "./_run.ts";

Deno.test("former names of flags are named all at once, with their present ones", async () => {
  for (const args of [["--slots", "2", "--isolation", "pooled"], ["--isolation=pooled", "--slots=2"]]) {
    const { code, err } = await run(pipeline("supervise", ...args));
    assertEquals(code, 2);
    for (const said of ["--slots is --concurrency", "--isolation pooled is --isolation shared"]) {
      assertEquals([err, err.includes(said)], [err, true]);
    }
  }
  const { code, err } = await run(pipeline("stop", "--patience", "1"));
  assertEquals([code, err.includes("--patience is --grace-period")], [2, true]);
});

Deno.test("formerNames() knows those of the step alone", () => {
  assertEquals(formerNames(["--slots", "2"], ["--workers"]), undefined);
  assertEquals(
    formerNames(["--isolation", "process", "--concurrency", "2"], ["--isolation", "--concurrency"]),
    undefined,
  );
  assertEquals(formerNames(["pooled"], ["--isolation"]), undefined);
});
