import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Gene, GeneContext } from "../../lib/runtime/contract.ts";
import { EvaluationFailure } from "../../lib/runtime/failure.ts";
import { replyTo } from "../../lib/runtime/answer.ts";
import { evaluate } from "../../lib/runtime/evaluate.ts";
import { judge } from "../../lib/runtime/judge.ts";
import { line, madeAgent, madeRequest } from "./made_agent.ts";
import { simulate } from "./simulate.ts";

const wander: Gene = (context) => Math.floor(context.random() * context.actions);

Deno.test("evaluate() gives the same reply for the same request", () => {
  const agent = madeAgent({ "act src/a.ts#go": wander });
  assertEquals(evaluate(agent, madeRequest()), evaluate(agent, madeRequest()));
});

Deno.test("evaluate() gives each gene a stream of its own, whatever other genes are active", () => {
  const alone = evaluate(madeAgent({ "act src/a.ts#go": wander }), madeRequest());
  const together = evaluate(
    madeAgent({ "sense src/a.ts#look": (context) => void context.random(), "act src/a.ts#go": wander }),
    madeRequest(),
  );
  assertEquals(alone.evidence, together.evidence);
  const other = evaluate(madeAgent({ "act src/a.ts#stroll": wander }), madeRequest());
  assert(JSON.stringify(alone.evidence) !== JSON.stringify(other.evidence));
});

Deno.test("live() draws other random numbers in each episode", () => {
  const { evidence } = evaluate(madeAgent({ "act src/a.ts#go": wander }), madeRequest());
  assert(JSON.stringify(evidence[0]) !== JSON.stringify(evidence[1]));
});

Deno.test("evaluate() calls phases in the world's order and genes by name", () => {
  const called: string[] = [];
  const note = (name: string): Gene => (context) =>
    void (context.episode === 0 && context.step === 0 && called.push(name));
  evaluate(
    madeAgent({
      "learn src/a.ts#learn": note("learn"),
      "act src/a.ts#go": note("go"),
      "think src/b.ts#b": note("b"),
      "think src/a.ts#a": note("a"),
      "sense src/z.ts#look": note("look"),
      "end src/z.ts#end": note("never in a step"),
      "birth src/z.ts#birth": note("never in a judged evaluation"),
    }),
    madeRequest(),
  );
  assertEquals(called, ["look", "a", "b", "go", "learn"]);
});

Deno.test("live() lets the first gene that returns a number decide", () => {
  const second: number[] = [];
  const agent = madeAgent({
    "act src/a.ts#a": () => {},
    "act src/a.ts#b": () => 2,
    "act src/a.ts#c": (context) => {
      second.push(context.step);
      return 1;
    },
  });
  assertEquals(new Set(evaluate(agent, madeRequest()).evidence.flat()), new Set([2]));
  assertEquals(second, []);
});

Deno.test("live() takes what is no action for action 0", () => {
  const bad: unknown[] = [NaN, -1, -0, 3, 0.5, Infinity, "2", null, { valueOf: () => 2 }, [2], 1n, true];
  for (const value of bad) {
    const { evidence } = evaluate(madeAgent({ "act src/a.ts#go": () => value as number }), madeRequest());
    assertEquals(new Set(evidence.flat()), new Set([0]), String(typeof value));
    assert(evidence.flat().every((action) => Object.is(action, 0)));
  }
});

Deno.test("live() stops when the world is over", () => {
  const over = { ...line, finished: ({ steps }: { steps: number }) => steps >= 3 };
  const { evidence } = evaluate(madeAgent({ "act src/a.ts#go": () => 2 }, over), madeRequest());
  assertEquals(evidence, [[2, 2, 2], [2, 2, 2]]);
});

Deno.test("live() tells genes what their action was worth", () => {
  const seen: unknown[] = [];
  evaluate(
    madeAgent({
      "sense src/a.ts#look": ({ step, lastAction, reward, total }) => void seen.push([step, lastAction, reward, total]),
      "act src/a.ts#go": () => 2,
      "learn src/a.ts#learn": ({ step, lastAction, reward, total }) =>
        void seen.push([step, lastAction, reward, total]),
    }),
    madeRequest(),
  );
  assertEquals(seen.slice(0, 4), [[0, -1, 0, 0], [0, 2, 1, 1], [1, 2, 1, 1], [1, 2, 1, 2]]);
});

Deno.test("evaluate() runs phase end once, after the last episode, with the sum of all", () => {
  const ends: unknown[] = [];
  evaluate(
    madeAgent({
      "act src/a.ts#go": () => 2,
      "end src/a.ts#end": ({ episode, total }) => void ends.push([episode, total]),
    }),
    madeRequest(),
  );
  assertEquals(ends, [[2, 40]]);
});

Deno.test("evaluate() runs phase birth alone in a gestation", () => {
  const called: string[] = [];
  const reply = evaluate(
    madeAgent({
      "act src/a.ts#go": () => void called.push("act"),
      "end src/a.ts#end": () => void called.push("end"),
      "birth src/a.ts#birth": () => void called.push("birth"),
    }),
    madeRequest({ kind: "gestation" }),
  );
  assertEquals(called, ["birth"]);
  assertEquals(reply.evidence, []);
});

Deno.test("evaluate() ends with a typed failure where a gene throws", () => {
  const thrown: [unknown, string][] = [
    [new TypeError("x is not a function"), "src/a.ts#go threw a TypeError"],
    [new RangeError("out"), "src/a.ts#go threw a RangeError"],
    ["text", "src/a.ts#go threw a value of type string"],
    [null, "src/a.ts#go threw null"],
  ];
  for (const [value, message] of thrown) {
    const agent = madeAgent({
      "act src/a.ts#go": () => {
        throw value;
      },
    });
    const failure = assertThrows(() => evaluate(agent, madeRequest()), EvaluationFailure);
    assertEquals([failure.code, failure.message], ["crash", message]);
  }
});

Deno.test("live() says what was thrown without control characters, paths or excess", () => {
  const agent = madeAgent({
    "act src/a.ts#go": () => {
      throw new Error("\x1b[31m/home/me\\x\n" + "y".repeat(1e4));
    },
  });
  const { detail } = assertThrows(() => evaluate(agent, madeRequest()), EvaluationFailure);
  // deno-lint-ignore no-control-regex -- these are what it is about
  assert(!/[\x00-\x1f/\\]/.test(detail));
  assert(detail.length <= 240);
});

Deno.test("evaluate() calls endless recursion a limit of the machine", () => {
  const deep = (context: GeneContext): number => deep(context) + 1;
  const failure = assertThrows(
    () => evaluate(madeAgent({ "act src/a.ts#go": deep }), madeRequest()),
    EvaluationFailure,
  );
  assertEquals(failure.code, "stack");
});

Deno.test("live() blames the world for what the world does", () => {
  const worlds = [
    { ...line, act: () => NaN },
    { ...line, perceive: () => ({ at: Infinity }) },
    { ...line, perceive: () => ({ at: "1" as unknown as number }) },
    { ...line, perceive: ({ random }: { random: () => number }) => ({ at: random() }) },
    {
      ...line,
      finished: () => {
        throw new Error("no");
      },
    },
  ];
  for (const world of worlds) {
    const failure = assertThrows(
      () => evaluate(madeAgent({ "act src/a.ts#go": wander }, world), madeRequest()),
      EvaluationFailure,
    );
    assertEquals(failure.code, "world");
    assert(failure.message.startsWith("world.ts"));
  }
});

Deno.test("live() has the genes evaluated anew for each episode and for what comes after the last one", () => {
  const seen: unknown[] = [];
  const fresh = () => {
    const gene: Gene & { at?: number } = (context) => {
      if (gene.at !== undefined && gene.at !== context.episode) seen.push(gene.at);
      gene.at = context.episode;
    };
    return madeAgent({ "act src/a.ts#go": gene, "end src/a.ts#look": gene });
  };
  evaluate(fresh(), madeRequest(), fresh);
  assertEquals(seen, []);
  const kept = fresh();
  evaluate(kept, madeRequest());
  assertEquals(seen, [0, 1]);
});

/** A world whose action is a point of a square. */
const square = {
  ...line,
  world: {
    ...line.world,
    actions: undefined,
    action: { space: "box", length: 2, low: -1, high: 1 },
    observation: { here: 2, time: 1 },
  } as const,
  perceive: ({ at, steps }: { at: number; steps: number }) => ({ here: [at, -at], time: steps }),
  act: (state: { steps: number }, [x, y]: readonly number[]) => (state.steps++, x! + y!),
};

Deno.test("evaluate() hands the world the action that a gene returns as a list, and counts what is out of the space", () => {
  const seen: unknown[] = [];
  const agent = madeAgent({
    "act src/a.ts#go": (context) => {
      seen.push(context.perception.here, [...context.lastActions], context.lastAction, context.actions);
      return context.step === 0 ? undefined : context.step === 1 ? [5, 0.25] : [0.5, -0.5];
    },
  }, square);
  const { reply, judgement } = simulate(agent, madeRequest());
  assertEquals(seen.slice(4, 8), [seen[4], [0, 0], -1, 0]);
  assertEquals(seen.slice(9, 10), [[1, 0.25]]);
  assertEquals([reply.invalid, typeof reply.evidence[0]], [4, "string"]);
  assert(judgement.ok);
});

Deno.test("evaluate() refuses a world that perceives something else than it declares", () => {
  const wrong: [unknown, string][] = [
    [{ here: [1, 2] }, "a finite number as time"],
    [{ here: [1], time: 1 }, "a list of 2 finite numbers as here"],
    [{ here: [1, NaN], time: 1 }, "a list of 2 finite numbers as here"],
    [{ here: [1, 2], time: 1, more: 1 }, "more is none of it"],
  ];
  for (const [perceived, demand] of wrong) {
    const world = { ...square, perceive: () => perceived as Record<string, number> };
    assertThrows(() => evaluate(madeAgent({}, world), madeRequest()), EvaluationFailure, demand);
  }
});

Deno.test("evaluate() marks what drew a random number in a world that is not noisy", () => {
  const draws = { "act src/a.ts#go": ({ random: _, ...context }: GeneContext) => void context };
  const still = { ...line, world: { ...line.world, noisy: false } };
  const drawing = { "act src/a.ts#go": (context: GeneContext) => Math.floor(context.random() * 3) };
  assertEquals(evaluate(madeAgent(drawing, still), madeRequest()).drew, true);
  assertEquals(evaluate(madeAgent(drawing), madeRequest()).drew, undefined);
  assertEquals(evaluate(madeAgent(draws, still), madeRequest()).drew, undefined);
  const atEnd = { "end src/a.ts#go": (context: GeneContext) => void context.random() };
  assertEquals(evaluate(madeAgent(atEnd, still), madeRequest()).drew, undefined);
});

Deno.test("a world's failing probe is its own failure, and names the point", () => {
  const fails = (probe: (state: unknown, point: number) => { value: number }) => ({
    ...line,
    world: { ...line.world, probes: 5 },
    probe,
  });
  const asking = madeAgent({ "act src/a.ts#go": (context) => context.step === 2 ? context.probe(7)!.value : 0 });
  for (
    const probe of [
      () => ({ value: NaN }),
      () => {
        throw new TypeError("no");
      },
      (state: unknown) => ({ value: (state as { random(): number }).random() }),
    ]
  ) {
    const world = fails(probe);
    const told = replyTo(() => ({ ...asking, world }), madeRequest());
    assert("error" in told);
    const { error: { code }, evidence, point } = told;
    assertEquals([code, evidence], ["world", [[0, 0]]]);
    const { token, worlds } = madeRequest();
    const verdict = judge(world, { token, worlds, genes: 1, evidence, failed: true, point });
    assert(!verdict.ok);
    assertEquals(verdict.code, "world");
  }
});

Deno.test("a probe that changes the world is the world's failure where it is looked at, and the judge confirms it", () => {
  const world = {
    ...line,
    world: { ...line.world, probes: 100 },
    probe: (state: { seen?: Map<string, number> }, point: number) => {
      if (point === 3) (state.seen ??= new Map()).set("point", point);
      return { value: point };
    },
  };
  const asking = (point: number) =>
    madeAgent({ "act src/a.ts#go": (context) => context.step === 2 ? context.probe(point)!.value : 0 }, world);
  const told = (point: number, checks: boolean) => replyTo(() => asking(point), madeRequest({ checks }));
  assertEquals([told(3, false), told(1, true)].map((one) => "error" in one), [false, false]);
  const failed = told(3, true);
  assert("error" in failed);
  assertEquals([failed.error.code, failed.point], ["world", 3]);
  const { token, worlds } = madeRequest();
  const again = (point: number) =>
    judge(world, { token, worlds, genes: 1, evidence: failed.evidence, failed: true, point });
  const [confirmed, other] = [again(3), again(1)];
  assert(!confirmed.ok && !other.ok);
  assertEquals([confirmed.code, other.code], ["world", "evidence"]);
});
