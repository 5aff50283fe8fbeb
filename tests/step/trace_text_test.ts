import { assert, assertEquals } from "@std/assert";
import type { TraceStep } from "../../lib/records/trace.ts";
import { traceMarkdown, traceText } from "../../lib/step/trace_text.ts";

const step: TraceStep = {
  type: "trace.step",
  id: null,
  ok: true,
  episode: 0,
  instance: 4,
  timestep: 3,
  perception: { scent: -1, bits: Array.from({ length: 20 }, (_, i) => i % 2) },
  genes: [
    {
      gene: "src/walk.ts#follow",
      phase: "think",
      ms: 0.012,
      votes: [[1, 1 / 3]],
      emitted: [["hunger", 0.5]],
      probes: 2,
    },
    { gene: "src/walk.ts#choose", phase: "act", ms: 0.008, returned: 1, draws: 1 },
  ],
  votes: [0, 1 / 3, 0],
  action: 1,
  reward: 1,
};
const world = { actions: ["stay", "left", "right"] };

Deno.test("traceText() names actions, cuts lists, and fits 80 columns", () => {
  const text = traceText([step], world, 80);
  assertEquals(
    text,
    `episode 0 (instance 4), step 3
  perceived  scent -1, bits [0 1 0 1 0 1 0 1 0 1 0 1 … (20)]
  think      src/walk.ts#follow 0.012 ms: votes left 0.333333; emits hunger 0.5;
             2 probes
  act        src/walk.ts#choose 0.008 ms: returns left; 1 draw
  votes      stay 0, left 0.333333, right 0
  action     left
  reward     1
`,
  );
  assert(text.split("\n").every((line) => line.length <= 80));
});

Deno.test("traceText() tells where an evaluation has failed, and what was put in an action's place", () => {
  const { action: _action, reward: _reward, votes: _votes, ...begun } = step;
  const failed = traceText([{ ...begun, ok: false }], world, 80);
  assert(failed.includes("returns left; 1 draw; failed\n") && !failed.includes("reward"));
  assert(
    traceText([{ ...step, action: 0, invalid: true }], world, 80).includes("stay, as none in the space was given"),
  );
  const unnamed = { action: { space: "box", length: 2, low: 0, high: 1 } } as const;
  assert(traceText([{ ...step, action: [0.5, 0.25] }], unnamed, 80).includes("action     [0.5 0.25]\n"));
});

Deno.test("traces show nothing that a terminal or Markdown obeys", () => {
  const hostile = "\x1b[31m\n```\n# x\u202e";
  const gene = { gene: hostile, phase: hostile, ms: 0, emitted: [[hostile, 1]] as const };
  const text = traceMarkdown([{ ...step, perception: { [hostile]: 1 }, genes: [gene] }], { actions: [hostile] });
  // deno-lint-ignore no-control-regex -- these are what it is about
  assert(!/[\x00-\x09\x0b-\x1f\u202e]/.test(text));
  assertEquals(text.split("\n").filter((line) => /^ {0,3}(```|#)/.test(line)).length, 2);
});
