import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Agent, JudgeReply } from "../../lib/runtime/contract.ts";
import { judge } from "../../lib/runtime/judge.ts";
import { simulate } from "./simulate.ts";
import { line, madeAgent, madeRequest } from "./made_agent.ts";

const { worlds, token } = madeRequest();

function judged(evidence: unknown, world: Agent["world"] = line): JudgeReply {
  return judge(world, { token, worlds, genes: 1, evidence: evidence as number[][] });
}

function refused(reply: JudgeReply, code: string): void {
  assert(!reply.ok, "it was accepted");
  assertEquals([reply.code, reply.token], [code, token]);
}

Deno.test("judge() comes to what the agent did", () => {
  const totals: number[] = [];
  const agent = madeAgent({
    "act src/a.ts#go": ({ random, actions }) => Math.floor(0.9 * actions + 0 * Number(random !== undefined)),
    "learn src/a.ts#learn": (context) => void (totals[context.episode] = context.total),
  });
  const { judgement } = simulate(agent, madeRequest());
  assert(judgement.ok);
  assertEquals(judgement.judgements.map(({ score }) => score), totals);
});

Deno.test("judge() replays chance as the agent met it", () => {
  const ends: number[] = [];
  const agent = madeAgent({
    "sense src/a.ts#look": (context) => void (ends[context.episode] = context.perception.at!),
    "act src/a.ts#go": (context) => Math.floor(context.random() * 3),
  });
  const { reply } = simulate(agent, madeRequest());
  const until = reply.evidence.map((actions) => actions.slice(0, -1));
  const short = worlds.map((world) => ({ ...world, steps: world.steps - 1 }));
  const verdict = judge(line, { token, worlds: short, genes: 1, evidence: until });
  assert(verdict.ok);
  assertEquals(verdict.judgements.map(({ measures }) => measures.at), ends);
});

Deno.test("judge() refuses evidence of another shape", () => {
  const whole = Array.from({ length: 20 }, () => 1);
  for (const evidence of [null, {}, "x", [], [whole], [whole, whole, whole], [whole, null], [whole, "1".repeat(20)]]) {
    refused(judged(evidence), "evidence");
  }
});

Deno.test("judge() refuses what is no action", () => {
  for (const action of [-1, 3, 0.5, NaN, Infinity, "1", null, 1e300, [1], true]) {
    const whole: unknown[] = Array.from({ length: 20 }, () => 1);
    refused(judged([whole, whole.with(7, action)]), "evidence");
  }
});

Deno.test("judge() refuses too many and too few actions", () => {
  const of = (length: number) => Array.from({ length }, () => 1);
  refused(judged([of(21), of(20)]), "evidence");
  refused(judged([of(20), of(19)]), "evidence");
  refused(judged([of(0), of(20)]), "evidence");
  assert(judged([of(20), of(20)]).ok);
});

Deno.test("judge() refuses actions after the end", () => {
  const over = { ...line, finished: ({ steps }: { steps: number }) => steps >= 3 };
  assert(judged([[1, 1, 1], [1, 1, 1]], over).ok);
  refused(judged([[1, 1, 1, 1], [1, 1, 1]], over), "evidence");
  refused(judged([[1, 1], [1, 1, 1]], over), "evidence");
});

Deno.test("judge() lets no unsound score or measure through", () => {
  const whole = worlds.map(() => Array.from({ length: 20 }, () => 1));
  for (const score of [NaN, Infinity, -1, -Infinity, 1e300, 1.1e12, "5", null, undefined, 5n]) {
    refused(judged(whole, { ...line, judge: () => ({ score: score as number, measures: {} }) }), "world");
  }
  for (const value of [NaN, Infinity, 1e300, "5", null]) {
    refused(judged(whole, { ...line, judge: () => ({ score: 1, measures: { x: value as number } }) }), "world");
  }
  const many = Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`m${i}`, i]));
  for (const measures of [null, many, { "a b": 1 }, { "=1+1": 1 }]) {
    refused(judged(whole, { ...line, judge: () => ({ score: 1, measures: measures as never }) }), "world");
  }
});

Deno.test("judge() answers a world that throws", () => {
  const whole = worlds.map(() => Array.from({ length: 20 }, () => 1));
  const thrower = () => {
    throw new Error("no");
  };
  refused(judged(whole, { ...line, judge: thrower }), "world");
  refused(judged(whole, { ...line, act: thrower }), "world");
});

Deno.test("judge() throws at nothing that comes as evidence", () => {
  fc.assert(fc.property(fc.anything({ withBigInt: true, withNullPrototype: true }), (evidence) => {
    const reply = judged(evidence);
    return reply.ok || reply.code === "evidence";
  }));
});
