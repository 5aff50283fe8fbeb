import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { StepFailed } from "../../lib/util/issue.ts";
import { runChild } from "../../lib/step/child.ts";

Deno.test("runChild(): a line that is no record is an error that names the step and shows the line", async () => {
  const { signal } = new AbortController();
  const error = await assertRejects(() => runChild({ step: "status", args: ["--help"], signal }), StepFailed);
  assertEquals([error.issue.code, error.issue.path], ["step.output", "pipelines/status.ts"]);
  assertStringIncludes(error.message, "status");
  assertStringIncludes(error.message, '"USAGE"');
});
