import { assert, assertEquals } from "@std/assert";
import type { AgentReply, AgentRequest, Gene, GeneContext, TracedStep } from "../../lib/runtime/contract.ts";
import { replyTo } from "../../lib/runtime/answer.ts";
import { limits } from "../../lib/runtime/limits.ts";
import { line, madeAgent, type MadeGenes, madeRequest } from "./made_agent.ts";

function traced(genes: MadeGenes, world = line, changed: Partial<AgentRequest> = {}) {
  return replyTo(() => madeAgent(genes, world), madeRequest({ trace: 1000, ...changed }));
}

function stepsOf(genes: MadeGenes, world = line, changed: Partial<AgentRequest> = {}): readonly TracedStep[] {
  return traced(genes, world, changed).trace!;
}

/** A step without its times. */
function timeless({ genes, ...step }: TracedStep): unknown {
  return { ...step, genes: genes.map(({ ms, ...gene }) => (assert(ms >= 0), gene)) };
}

const voting: MadeGenes = {
  "sense src/a.ts#look": (context) => {
    context.emit("seen", context.perception.at);
    context.emit("places", [1, 2]);
    context.emit("seen", NaN);
  },
  "think src/a.ts#think": (context) => {
    context.vote(2, 0.5);
    context.vote(1, 0.25);
    context.vote(2, 0.5);
    context.vote(7, 1);
  },
  "act src/a.ts#go": (context) => context.random() < 2 && context.votes(2) > context.votes(1) ? 2 : 1,
  "learn src/a.ts#learn": () => {},
};

Deno.test("a trace tells perception, votes, signals, draws, action and reward of each step in order", () => {
  const steps = stepsOf(voting);
  assertEquals(steps.map(({ episode, timestep }) => [episode, timestep]).slice(18, 22), [[0, 18], [0, 19], [1, 0], [
    1,
    1,
  ]]);
  const [{ perception }] = steps as [TracedStep];
  assertEquals(timeless(steps[0]!), {
    episode: 0,
    timestep: 0,
    perception,
    genes: [
      { gene: "src/a.ts#look", phase: "sense", emitted: [["seen", perception.at], ["places", [1, 2]]] },
      { gene: "src/a.ts#think", phase: "think", votes: [[1, 0.25], [2, 1]] },
      { gene: "src/a.ts#go", phase: "act", returned: 2, draws: 1 },
      { gene: "src/a.ts#learn", phase: "learn" },
    ],
    votes: [0, 0.25, 1],
    action: 2,
    reward: 1,
  });
});

Deno.test("a trace has as many steps as are asked for, and none in a gestation", () => {
  assertEquals(stepsOf(voting, line, { trace: 3 }).map(({ timestep }) => timestep), [0, 1, 2]);
  assertEquals(stepsOf({ "birth src/a.ts#go": () => {} }, line, { kind: "gestation" }), []);
});

Deno.test("an evaluation that is not traced has no trace", () => {
  assertEquals("trace" in replyTo(() => madeAgent(voting), madeRequest()), false);
});

Deno.test("a traced evaluation replies what it replies untraced, whatever genes try", () => {
  let reads = 0;
  const trick = {
    get length() {
      return ++reads % 3;
    },
    0: 0.5,
    1: 0.25,
  } as unknown as number[];
  const deep = (context: GeneContext): number => 1 + deep(context);
  const tricks: Gene[] = [
    (context) => Math.floor(context.random() * 4),
    () => trick,
    (context) => context.step % 2 === 0 ? undefined : NaN,
    (context) => {
      // What a gene can see of its context.
      context.remember("keys", Object.keys(context).length);
      context.remember("prototype", Object.getOwnPropertyNames(Object.getPrototypeOf(context)).length);
      context.remember("frozen", Object.isFrozen(context) ? 1 : 0);
      context.emit("a", context.signal("a", 0.1) + 0.2);
      context.emit("a", -0);
      context.emit("__proto__", 1);
      context.vote(1, context.signal("a"));
      context.vote(1, 0.1);
      context.vote(1, -0.1);
      return context.votes(1) > 0 ? 1 : 2;
    },
    deep,
    (context) => {
      if (context.step === 7) throw new RangeError("no");
      return 1;
    },
  ];
  const box = {
    ...line,
    world: { ...line.world, actions: undefined, action: { space: "box", length: 2, low: 0, high: 1 } as const },
    act: (state: { steps: number }, action: unknown) => (state.steps++, (action as readonly number[])[0]!),
  };
  for (const world of [line, { ...line, world: { ...line.world, memory: "lifetime" as const } }, box]) {
    for (const go of tricks) {
      reads = 0;
      const genes = { "sense src/b.ts#look": tricks[3]!, "act src/a.ts#go": go };
      const { trace, ...reply } = traced(genes, world);
      reads = 0;
      assertEquals(JSON.stringify(reply), JSON.stringify(replyTo(() => madeAgent(genes, world), madeRequest())));
      assert(trace!.length > 0);
    }
  }
});

Deno.test("a trace tells what was taken for a list, what was out of the space, and what was no number", () => {
  const box = {
    ...line,
    world: { ...line.world, actions: undefined, action: { space: "box", length: 2, low: 0, high: 1 } as const },
    act: () => 0,
  };
  const [wide, near, none] = stepsOf({ "act src/a.ts#go": ({ step }) => [[7, 0.5], [1, 0], undefined][step] }, box);
  assertEquals([wide!.genes[0]!.returned, wide!.action, wide!.invalid], [[1, 0.5], [1, 0.5], true]);
  assertEquals([near!.genes[0]!.returned, near!.action, near!.invalid], [[1, 0], [1, 0], undefined]);
  assertEquals([none!.genes[0]!.returned, none!.action, none!.invalid], [undefined, [0.5, 0.5], true]);
  const [first, second, third] = stepsOf({
    "act src/a.ts#go": ({ step }) => [NaN, 5, [1]][step] as number,
    "act src/b.ts#go": () => 2,
  });
  assertEquals([first!.genes.length, first!.genes[0]!.returned, first!.action], [1, null, 0]);
  assertEquals([second!.genes[0]!.returned, second!.action, second!.invalid], [5, 0, true]);
  assertEquals(third!.genes.map(({ returned }) => returned), [undefined, 2]);
});

Deno.test("a trace counts probes, and its last step is the one in which a gene threw", () => {
  const probed = { ...line, world: { ...line.world, probes: 3 }, probe: () => ({ value: 1 }) };
  const genes: MadeGenes = {
    "sense src/a.ts#look": (context) => {
      context.probe(1);
      context.probe(2);
    },
    "act src/a.ts#go": ({ step }) => {
      if (step === 2) throw new TypeError("no");
      return 2;
    },
  };
  const error = traced(genes, probed);
  assert("error" in error);
  assertEquals(error.trace!.map(({ genes: [look] }) => look!.probes), [2, 1, undefined]);
  assertEquals(timeless(error.trace!.at(-1)!), {
    episode: 0,
    timestep: 2,
    perception: error.trace!.at(-1)!.perception,
    genes: [{ gene: "src/a.ts#look", phase: "sense" }, { gene: "src/a.ts#go", phase: "act" }],
  });
});

Deno.test("a trace that would hold too much ends after a whole step, and the evaluation goes on", () => {
  const wide = Array.from({ length: 60_000 }, (_, i) => i);
  const flood: MadeGenes = { "act src/a.ts#go": (context) => (context.emit("wide", wide), 2) };
  const reply = traced(flood) as AgentReply;
  assertEquals(reply.trace!.length, Math.floor(limits.traced / 60_025));
  assertEquals(reply.evidence.map((actions) => actions.length), [20, 20]);
});
