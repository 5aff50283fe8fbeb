import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { Judge } from "../../lib/isolation/judge.ts";
import type { EpisodeFrames } from "../../lib/runtime/contract.ts";
import { framesOf } from "../../lib/toolchain/open_viewer.ts";
import { StepFailed } from "../../lib/util/issue.ts";

/** What is drawn by a program that reads a line and then does this, in the shell's words. */
async function drawnBy(script: string): Promise<EpisodeFrames> {
  const command = { program: "/bin/sh", args: ["-c", `echo ready; read line; ${script}; cat > /dev/null`] };
  await using viewer = new Judge(command, { timeoutMs: 4000, draws: true });
  return await framesOf(viewer, { name: "episode 3 of a", token: "t", genes: 0, worlds: "[{}]", evidence: "[[]]" }, 2);
}

const reply = (frames: unknown) =>
  `echo '${JSON.stringify({ token: "t", ok: true, judgements: [{ score: 1, measures: {} }], frames })}'`;

async function failure(script: string): Promise<string> {
  const { issue } = await assertRejects(() => drawnBy(script), StepFailed) as StepFailed;
  assertEquals([issue.code, issue.path], ["view.failed", "view.ts"]);
  return issue.message;
}

const drawn = { shapes: [{ shape: "text", x: 0, y: 0, text: "a" }], frames: [{ step: 0, shapes: [0] }] };

Deno.test("framesOf() gives what was drawn of an episode", async () => {
  assertEquals(await drawnBy(reply([drawn])) as unknown, drawn);
});

Deno.test("framesOf() takes no frames that are not what was asked for, and says so in one message", async () => {
  const wrong = [
    undefined,
    [],
    [drawn, drawn],
    [{ ...drawn, shapes: [{ shape: "script", text: "alert(1)" }] }],
    [{ ...drawn, frames: [0, 1, 2].map((step) => ({ step, shapes: [] })) }],
  ];
  for (const frames of wrong) {
    assertEquals(
      await failure(reply(frames)),
      "Cannot draw episode 3 of a: view.ts gave what it must not",
    );
  }
});

Deno.test("framesOf() says how a view ends that neither draws nor ends, or ends over it", async () => {
  const ends = [
    ":",
    "echo broken >&2; exit 3",
    "echo Fatal JavaScript out of memory >&2; echo deno[0x1] >&2; exit 133",
  ];
  const [endless, ended, large] = await Promise.all(ends.map(failure));
  assertStringIncludes(endless!, "view.ts took longer than limits.wallSeconds");
  assertStringIncludes(large!, "view.ts took more memory than it may");
  assertStringIncludes(ended!, "view.ts ended: broken");
});
