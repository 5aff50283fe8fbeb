import type { EventData, EventOf, EventType, RunEvent } from "../../lib/records/events.ts";
import { assertEquals } from "@std/assert";
import { withFormerNames } from "../../lib/hooks/former_event.ts";

function event<Type extends EventType>(type: Type, data: EventData[Type]): RunEvent {
  return { number: 1, type, cycle: 1, id: "a", at: "", data } as EventOf<EventType> as RunEvent;
}

const failure = { kind: "judged", outcome: "cpu", cause: "agent", message: "It took too long." } as const;
const change = { status: "active", before: "G", genomeHash: "G", codeHash: "C" } as const;

Deno.test("a hook gets the former names of what an event tells beside the present ones", () => {
  const limit = { name: "cpuSeconds", value: 5, enforcedBy: "rlimit" } as const;
  const crash = { ...failure, limit, crashes: 2, backoffUntilCycle: 4 };
  const former: object = withFormerNames(event("agent.crashed", crash)).data;
  assertEquals(former, { ...crash, reached: { limit: "cpuSeconds", value: 5, by: "rlimit" }, restsUntil: 4 });
  const repaired: object = withFormerNames(event("agent.changed", { ...change, trigger: "repaired" })).data;
  assertEquals(repaired, { ...change, trigger: "repaired", why: "mended" });
});

Deno.test("withFormerNames() adds nothing where nothing had another name", () => {
  const died = event("agent.died", { code: "died.rank", reason: "It was chosen." });
  for (const one of [event("agent.crashed", failure), died]) assertEquals(withFormerNames(one), one);
});

Deno.test("withFormerNames() leaves data alone that are left out", () => {
  const omitted = { ...event("agent.changed", { ...change, trigger: "built" }), data: { omitted: "40000 characters" } };
  assertEquals(withFormerNames(omitted as RunEvent), omitted);
});
