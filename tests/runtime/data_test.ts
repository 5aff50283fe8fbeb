import { assertEquals, assertThrows } from "@std/assert";
import type { Agent } from "../../lib/runtime/contract.ts";
import { readRequest, takesData, worldData } from "../../lib/runtime/data.ts";
import { judge } from "../../lib/runtime/judge.ts";
import { line, madeRequest } from "./made_agent.ts";

const { worlds, token } = madeRequest();

/** What a world makes of its setup, as its judge tells. */
function told(look: (data: Record<string, unknown>) => number) {
  const world: Agent["world"] = {
    ...line,
    begin: ({ data }) => ({ found: look(data) }),
    perceive: () => ({}),
    act: () => 0,
    finished: () => true,
    judge: ({ found }) => ({ score: found, measures: {} }),
  };
  return judge(world, { token, worlds: worlds.slice(0, 1), genes: 0, evidence: [[]] });
}

Deno.test("setup.data + is empty where no data was handed in", () => {
  assertEquals(told((data) => Object.keys(data).length), { token, ok: true, judgements: [{ score: 0, measures: {} }] });
  assertEquals([takesData('{"token":"x","data":1}'), takesData("")], [false, false]);
  assertThrows(() => ((worldData() as Record<string, unknown>)["a"] = 1), TypeError);
});

Deno.test("readRequest() + takes in data before a request, which is one thing for all episodes", () => {
  const lines = ['{"data":{"a":{"b":[1,{"c":2}]},"t":"x"}}', "request", undefined];
  const process = { read: () => lines.shift(), write() {}, exit() {} };
  assertEquals([readRequest(process), readRequest(process)], ["request", undefined]);
  assertEquals(worldData(), { a: { b: [1, { c: 2 }] }, t: "x" });
  const seen: unknown[] = [];
  for (let i = 0; i < 2; i++) told((data) => seen.push(data["a"]));
  assertEquals(seen[0] === seen[1], true);
});

Deno.test("setup.data + can't be written to, however deep", () => {
  takesData('{"data":{"a":{"b":[1,{"c":2}]}}}');
  const tries: ((data: { a: { b: unknown[] } }) => void)[] = [
    (data) => Object.assign(data, { x: 1 }),
    (data) => Object.assign(data.a, { x: 1 }),
    (data) => data.a.b.push(1),
    (data) => data.a.b.sort(() => -1),
    (data) => ((data.a.b[1] as { c: number }).c = 3),
    (data) => delete (data.a as { b?: unknown }).b,
  ];
  for (const write of tries) {
    const reply = told((data) => Number(write(data as { a: { b: unknown[] } }) ?? 0));
    assertEquals([reply.ok, !reply.ok && reply.message.startsWith("world.ts#begin threw a TypeError")], [false, true]);
  }
  assertEquals(worldData(), { a: { b: [1, { c: 2 }] } });
});
