import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Gene, GeneContext } from "../../lib/runtime/contract.ts";
import { evaluate } from "../../lib/runtime/evaluate.ts";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";
import { line, madeAgent, madeGenome, madeRequest } from "./made_agent.ts";

/** What a gene of phase `think` sees in the first step, other genes before it given. */
function seen<T>(look: (context: GeneContext) => T, before: Gene = () => {}, changed = {}, world = line): T {
  let found: { value: T } | undefined;
  const agent = madeAgent({
    "sense src/a.ts#before": before,
    "think src/b.ts#look": (context) => void (found ??= { value: look(context) }),
  }, world);
  evaluate(agent, madeRequest(changed));
  return found!.value;
}

Deno.test("Evaluation is frozen through and through", () => {
  const inbox = [{ from: 1, body: [1, 2] }];
  const things = seen(
    (context) => [
      context,
      Object.getPrototypeOf(context),
      context.perception,
      context.parameters,
      context.inbox,
      context.inbox[0],
      context.inbox[0]!.body,
      context.genome,
      Object.getPrototypeOf(context.genome),
      context.genome.files(),
      context.genome.functions("src/a.ts"),
      context.genome.parameters("src/a.ts"),
      context.genome.parameters("src/a.ts")[0],
      context.mates,
      context.past,
      context.past.scores,
    ],
    undefined,
    { inbox },
  );
  for (const thing of things) assert(Object.isFrozen(thing));
});

Deno.test("Evaluation leads to no class of the runtime", () => {
  for (const thing of seen((context) => [context, context.genome])) {
    assertEquals((thing as { constructor?: unknown }).constructor, Object);
    assertEquals(Object.hasOwn(Object.getPrototypeOf(thing), "constructor"), false);
  }
});

Deno.test("Evaluation hands out copies: what a gene writes into changes nothing for others", () => {
  const write: Gene = (context) => {
    for (
      const thing of [
        context.perception,
        context.parameters,
        context.inbox,
        context.inbox[0]!.body,
        context,
      ] as unknown[]
    ) {
      assertThrows(() => (thing as Record<string, number>).rate = 7, TypeError);
      assertThrows(() => (thing as Record<string, number>)[0] = 7, TypeError);
    }
  };
  const inbox = [{ from: 1, body: [1, 2] }];
  assertEquals(
    seen(
      (
        context,
      ) => [
        context.parameters.rate,
        context.inbox[0]!.body[0],
        Object.hasOwn(context, "rate"),
        Object.hasOwn(context, 0),
      ],
      write,
      { inbox },
    ),
    [0.5, 1, false, false],
  );
  assertEquals(inbox[0]!.body, [1, 2]);
});

Deno.test("Evaluation is not reached through what the world keeps", () => {
  const shared = { at: 1 };
  const keeper = { ...line, perceive: () => shared };
  seen((context) => context.perception, undefined, {}, keeper);
  assert(!Object.isFrozen(shared));
});

Deno.test("Evaluation.random() is the stream that is named after episode and gene", () => {
  const { seed } = madeRequest();
  assertEquals(seen((context) => context.random()), stream(deriveSeed(seed, 0, "src/b.ts#look"))());
});

Deno.test("Evaluation.signal() is what was emitted, or otherwise", () => {
  const emit: Gene = (context) => {
    context.emit("fear", 2);
    context.emit("bad", NaN);
    context.emit("x".repeat(65), 1);
    context.emit(7 as unknown as string, 1);
    context.emit("text", "1" as unknown as number);
  };
  assertEquals(
    seen(
      (
        context,
      ) => [context.signal("fear"), context.signal("bad", 5), context.signal("none"), context.signal("text", 4)],
      emit,
    ),
    [2, 5, 0, 4],
  );
});

Deno.test("Evaluation.emit() holds a bounded number of signals", () => {
  const flood: Gene = (context) => {
    for (let i = 0; i < 1000; i++) context.emit(`s${i}`, 1);
    context.emit("s0", 2);
  };
  assertEquals(seen((context) => [context.signal("s0"), context.signal("s255"), context.signal("s256")], flood), [
    2,
    1,
    0,
  ]);
});

Deno.test("Evaluation.vote() counts in one step only, and only for actions", () => {
  const tally: number[] = [];
  const agent = madeAgent({
    "sense src/a.ts#vote": (context) => {
      context.vote(1, 2);
      context.vote(1, 0.5);
      for (const action of [-1, 3, 0.5, NaN, "1", "length"]) context.vote(action as number, 100);
      context.vote(2, NaN);
    },
    "act src/a.ts#go": (context) =>
      void tally.push(context.votes(0), context.votes(1), context.votes(2), context.votes(9)),
  });
  evaluate(agent, madeRequest());
  assertEquals(tally.slice(0, 8), [0, 2.5, 0, 0, 0, 2.5, 0, 0]);
  assertEquals(seen((context) => context.votes("length" as unknown as number)), 0);
});

Deno.test("Evaluation.recall() knows what its own file remembered, and no other's", () => {
  const remember: Gene = (context) => context.remember("k", 3);
  assertEquals(seen((context) => context.recall("k", -1), remember), -1);
  const own = madeAgent({
    "sense src/b.ts#before": remember,
    "act src/b.ts#go": (context) => context.recall("k") === 3 ? 2 : 1,
  });
  assertEquals(evaluate(own, madeRequest()).evidence[0]![0], 2);
});

Deno.test("Evaluation.remember() is forgotten after an episode, unless the world says otherwise", () => {
  const genes: Record<string, Gene> = {
    "sense src/a.ts#count": (context) => context.remember("n", context.recall("n") + 1),
  };
  assertEquals(evaluate(madeAgent(genes), madeRequest({ memory: [["src/a.ts", "n", 5]] })).memory, []);
  const lifelong = { ...line, world: { ...line.world, memory: "lifetime" as const } };
  const reply = evaluate(madeAgent(genes, lifelong), madeRequest({ memory: [["src/a.ts", "n", 5]] }));
  assertEquals(reply.memory, [["src/a.ts", "n", 45]]);
});

Deno.test("Evaluation.remember() lets nothing but finite numbers take the place of another", () => {
  const found = seen((context) => {
    context.remember("k", 3);
    for (const value of [NaN, Infinity, "4", { valueOf: () => 5 }, 6n]) context.remember("k", value as number);
    const kept = context.recall("k");
    context.remember("k", -0);
    return [kept, context.recall("k")];
  });
  assert(Object.is(found[1], 0));
  assertEquals(found, [3, 0]);
});

Deno.test("Evaluation.remember() is bounded, and kept in one order", () => {
  const lifelong = { ...line, world: { ...line.world, memory: "lifetime" as const } };
  const agent = madeAgent({
    "sense src/b.ts#flood": (context) => {
      for (let i = 0; i < 5000; i++) context.remember(`k${i}`, -0);
      context.remember("x".repeat(65), 1);
      context.remember("nan", NaN);
    },
    "sense src/a.ts#one": (context) => context.remember("one", 1),
  }, lifelong);
  const { memory } = evaluate(agent, madeRequest());
  assertEquals(memory.length, 4096);
  assertEquals(memory[0], ["src/a.ts", "one", 1]);
  assertEquals(memory, [...memory].sort((a, b) => a[0] + a[1] < b[0] + b[1] ? -1 : 1));
  assert(memory.every(([, key, value]) => key.length <= 64 && !Object.is(value, -0)));
});

Deno.test("Evaluation.send() drops what exceeds the limits", () => {
  const agent = madeAgent({
    "end src/a.ts#mail": (context) => {
      context.send(0, [1, -0]);
      for (const address of [-1, 2, 0.5, NaN]) context.send(address, [1]);
      for (const body of [[NaN], [Infinity], [1e13], ["1"], Array(17).fill(1), "1", { length: 1, 0: 1 }, Array(2)]) {
        context.send(1, body as number[]);
      }
      for (let i = 0; i < 1000; i++) context.send(1, []);
    },
  });
  const { outbox } = evaluate(agent, madeRequest({ addresses: 2 }));
  assertEquals(outbox[0], { address: 0, body: [1, 0] });
  assertEquals(outbox.length, 256);
  assert(outbox.slice(1).every(({ address, body }) => address === 1 && body.length === 0));
});

Deno.test("Evaluation.active() knows the active genes", () => {
  assertEquals(seen((context) => [context.active("src/a.ts#before"), context.active("src/a.ts#gone")]), [true, false]);
});

Deno.test("GeneContext.past and GeneContext.mates are filled where genes may change themselves", () => {
  const past = { scores: [1, 2], present: [2], bestScore: 2, best: madeGenome(0.75) };
  assertEquals(seen((context) => [context.past.scores, context.past.best, context.mates], undefined, { past }), [
    [],
    undefined,
    [],
  ]);
  const told: unknown[] = [];
  const look: Gene = ({ past: { scores, present, bestScore, best }, mates }) =>
    void told.push(scores, present, bestScore, best?.parameter("src/a.ts", "rate"), mates.length);
  evaluate(madeAgent({ "end src/a.ts#look": look }), madeRequest({ past }));
  assertEquals(told, [[1, 2], [2], 2, 0.75, 0]);
  const birth: unknown[] = [];
  const meet: Gene = ({ mates }) => void birth.push(mates.map((mate) => mate.parameter("src/a.ts", "rate")));
  evaluate(madeAgent({ "birth src/a.ts#meet": meet }), madeRequest({ kind: "gestation", mates: [madeGenome(1)] }));
  assertEquals(birth, [[1]]);
});

Deno.test("signals and memory hold lists as frozen copies, and the wrong kind gives the default", () => {
  const list = [1, 2.5, -3];
  const found = seen(
    (context) => [
      context.vector("list"),
      context.signal("list", 9),
      context.vector("number", [7]),
      context.vector("none"),
      context.recallVector("list"),
      context.recall("list", 9),
      context.vector("typed"),
      context.vector("broken", [8]),
      Object.isFrozen(context.vector("list")),
    ],
    (context) => {
      context.emit("list", list);
      context.emit("number", 1);
      context.emit("typed", Float64Array.of(4, 5) as unknown as number[]);
      context.emit("broken", [1, NaN]);
    },
    { memory: [["src/b.ts", "list", [4, 5]]] },
    { ...line, world: { ...line.world, memory: "lifetime" } },
  );
  assertEquals(found, [list, 9, [7], [], [4, 5], 9, [4, 5], [8], true]);
});

Deno.test("signals hold 65,536 numbers and memory 4,096, of lists and numbers together", () => {
  const [signals, memory] = seen((context) => {
    context.emit("big", new Array(65_000).fill(1));
    context.emit("more", new Array(537).fill(1));
    context.emit("fits", new Array(536).fill(1));
    context.emit("full", 1);
    context.emit("big", 2);
    context.emit("again", new Array(64_999).fill(1));
    context.remember("big", new Array(4000).fill(1));
    context.remember("more", new Array(97).fill(1));
    context.remember("fits", new Array(96).fill(1));
    context.remember("full", 1);
    const lengths = (names: string[], of: (name: string) => readonly number[]) => names.map((name) => of(name).length);
    return [
      [...lengths(["big", "more", "fits", "full", "again"], (name) => context.vector(name)), context.signal("big")],
      lengths(["big", "more", "fits", "full"], (key) => context.recallVector(key)),
    ];
  });
  assertEquals([signals, memory], [[0, 0, 536, 0, 64_999, 2], [4000, 0, 96, 0]]);
});

Deno.test("a probe says what a point is worth as often as the world lets it, and changes nothing", () => {
  const world = {
    ...line,
    world: { ...line.world, probes: 3 },
    probe: ({ at }: { at: number }, point: number | readonly number[]) =>
      typeof point === "number"
        ? { value: point + 0 * at, slope: 1 }
        : { value: point.length, slope: point.map(() => 2) },
  };
  const found = seen(
    (context) => [
      context.probesLeft,
      context.probe(4),
      context.probe([1, 2]),
      context.probe(NaN),
      context.probe("x" as unknown as number),
      context.probe([1, Infinity]),
      context.probe(new Array(4097).fill(0)),
      context.probesLeft,
      context.probe(0)?.value,
      context.probe(1),
      context.probesLeft,
    ],
    undefined,
    {},
    world,
  );
  const two = { value: 2, slope: [2, 2] };
  assertEquals(found, [3, { value: 4, slope: 1 }, two, undefined, undefined, undefined, undefined, 1, 0, undefined, 0]);
  assertEquals(seen((context) => [context.probe(1), context.probesLeft]), [undefined, 0]);
});

Deno.test("what the world tells of an episode is there from its first step, frozen", () => {
  const world = { ...line, inform: ({ at }: { at: number }) => ({ at, rows: [[1, 2], [3, 4]] }) };
  const found = seen(
    (context) => [context.instance.rows[1][0], Object.isFrozen(context.instance.rows[0])],
    undefined,
    {},
    world,
  );
  assertEquals([found, seen((context) => context.instance)], [[3, true], undefined]);
});
