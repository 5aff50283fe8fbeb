import { assertEquals } from "@std/assert";
import type { RunEvent } from "../../lib/db/events.ts";
import { withFormerNames } from "../../lib/hooks/former_event.ts";

const event = (type: RunEvent["type"], data: Record<string, unknown>): RunEvent => ({
  number: 1,
  type,
  cycle: 1,
  id: "a",
  at: "",
  data,
});

Deno.test("a hook gets the former names of what an event tells beside the present ones", () => {
  const limit = { name: "cpuSeconds", value: 5, enforcedBy: "rlimit" };
  assertEquals(withFormerNames(event("agent.crashed", { limit, backoffUntilCycle: 4 })).data, {
    limit,
    backoffUntilCycle: 4,
    reached: { limit: "cpuSeconds", value: 5, by: "rlimit" },
    restsUntil: 4,
  });
  assertEquals(withFormerNames(event("agent.changed", { trigger: "repaired" })).data, {
    trigger: "repaired",
    why: "mended",
  });
});

Deno.test("withFormerNames() adds nothing where nothing had another name", () => {
  for (const one of [event("agent.crashed", { outcome: "crash" }), event("agent.died", { code: "died.rank" })]) {
    assertEquals(withFormerNames(one), one);
  }
});
