import { assertEquals, assertRejects } from "@std/assert";
import { evaluator } from "../../../lib/steps/evaluator/evaluator.ts";
import { StepFailed } from "../../../lib/util/issue.ts";
import { MadeRun, madeStep } from "../supervise/made_run.ts";

Deno.test("an evaluator without the project's public key says which file is to be copied, before it looks for a broker", async () => {
  const root = await Deno.makeTempDir();
  const flags = { server: ["127.0.0.1:1"], name: undefined, concurrency: 1, isolation: "process" } as const;
  const { issue } = await assertRejects(() => evaluator(madeStep(new MadeRun(root)), flags), StepFailed);
  assertEquals(issue.code, "evaluator.key");
  assertEquals(issue.message.includes("copy workspace/keys/public/signing.json"), true);
  await Deno.remove(root, { recursive: true });
});
