import { assertEquals } from "@std/assert";
import { withRun } from "../../lib/step/hint.ts";

Deno.test("withRun() + names the run in each command of a message, whatever its arguments", () => {
  assertEquals(
    withRun(
      "Run `deno task sync-wiring` first, or `deno task restore FILE --force`; see `deno task explain ID`.",
      "a.b",
    ),
    "Run `deno task sync-wiring --run a.b` first, or `deno task restore --run a.b FILE --force`; " +
      "see `deno task explain --run a.b ID`.",
  );
});

Deno.test("withRun() + leaves alone what names a run, what is about none, and the run at the top", () => {
  for (const text of ["`deno task stop --run b`", "`deno task bench`", "deno task init", "`deno install`"]) {
    assertEquals(withRun(text, "a"), text);
  }
  assertEquals(withRun("`deno task init`", undefined), "`deno task init`");
});
