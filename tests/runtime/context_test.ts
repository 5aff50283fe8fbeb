import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Gene, GeneContext } from "../../lib/runtime/contract.ts";
import { live } from "../../lib/runtime/life.ts";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";
import { line, madeAgent, madeGenome, madeRequest } from "./made_agent.ts";

/** What a gene of phase `think` sees in the first step, other genes before it given. */
function seen<T>(look: (context: GeneContext) => T, before: Gene = () => {}, changed = {}, world = line): T {
  let found: { value: T } | undefined;
  const agent = madeAgent({
    "sense src/a.ts#before": before,
    "think src/b.ts#look": (life) => void (found ??= { value: look(life) }),
  }, world);
  live(agent, madeRequest(changed));
  return found!.value;
}

Deno.test("Life is frozen through and through", () => {
  const inbox = [{ from: 1, body: [1, 2] }];
  const things = seen(
    (life) => [
      life,
      Object.getPrototypeOf(life),
      life.perception,
      life.parameters,
      life.inbox,
      life.inbox[0],
      life.inbox[0]!.body,
      life.genome,
      Object.getPrototypeOf(life.genome),
      life.genome.files(),
      life.genome.functions("src/a.ts"),
      life.genome.parameters("src/a.ts"),
      life.genome.parameters("src/a.ts")[0],
      life.mates,
      life.past,
      life.past.scores,
    ],
    undefined,
    { inbox },
  );
  for (const thing of things) assert(Object.isFrozen(thing));
});

Deno.test("Life leads to no class of the runtime", () => {
  for (const thing of seen((life) => [life, life.genome])) {
    assertEquals((thing as { constructor?: unknown }).constructor, Object);
    assertEquals(Object.hasOwn(Object.getPrototypeOf(thing), "constructor"), false);
  }
});

Deno.test("Life hands out copies: what a gene writes into changes nothing for others", () => {
  const write: Gene = (life) => {
    for (const thing of [life.perception, life.parameters, life.inbox, life.inbox[0]!.body, life] as unknown[]) {
      assertThrows(() => (thing as Record<string, number>).rate = 7, TypeError);
      assertThrows(() => (thing as Record<string, number>)[0] = 7, TypeError);
    }
  };
  const inbox = [{ from: 1, body: [1, 2] }];
  assertEquals(
    seen(
      (life) => [life.parameters.rate, life.inbox[0]!.body[0], Object.hasOwn(life, "rate"), Object.hasOwn(life, 0)],
      write,
      { inbox },
    ),
    [0.5, 1, false, false],
  );
  assertEquals(inbox[0]!.body, [1, 2]);
});

Deno.test("Life is not reached through what the world keeps", () => {
  const shared = { at: 1 };
  const keeper = { ...line, perceive: () => shared };
  seen((life) => life.perception, undefined, {}, keeper);
  assert(!Object.isFrozen(shared));
});

Deno.test("Life.random() is the stream that is named after episode and gene", () => {
  const { seed } = madeRequest();
  assertEquals(seen((life) => life.random()), stream(deriveSeed(seed, 0, "src/b.ts#look"))());
});

Deno.test("Life.signal() is what was emitted, or otherwise", () => {
  const emit: Gene = (life) => {
    life.emit("fear", 2);
    life.emit("bad", NaN);
    life.emit("x".repeat(65), 1);
    life.emit(7 as unknown as string, 1);
    life.emit("text", "1" as unknown as number);
  };
  assertEquals(
    seen((life) => [life.signal("fear"), life.signal("bad", 5), life.signal("none"), life.signal("text", 4)], emit),
    [2, 5, 0, 4],
  );
});

Deno.test("Life.emit() holds a bounded number of signals", () => {
  const flood: Gene = (life) => {
    for (let i = 0; i < 1000; i++) life.emit(`s${i}`, 1);
    life.emit("s0", 2);
  };
  assertEquals(seen((life) => [life.signal("s0"), life.signal("s255"), life.signal("s256")], flood), [2, 1, 0]);
});

Deno.test("Life.vote() counts in one step only, and only for actions", () => {
  const tally: number[] = [];
  const agent = madeAgent({
    "sense src/a.ts#vote": (life) => {
      life.vote(1, 2);
      life.vote(1, 0.5);
      for (const action of [-1, 3, 0.5, NaN, "1", "length"]) life.vote(action as number, 100);
      life.vote(2, NaN);
    },
    "act src/a.ts#go": (life) => void tally.push(life.votes(0), life.votes(1), life.votes(2), life.votes(9)),
  });
  live(agent, madeRequest());
  assertEquals(tally.slice(0, 8), [0, 2.5, 0, 0, 0, 2.5, 0, 0]);
  assertEquals(seen((life) => life.votes("length" as unknown as number)), 0);
});

Deno.test("Life.recall() knows what its own file remembered, and no other's", () => {
  const remember: Gene = (life) => life.remember("k", 3);
  assertEquals(seen((life) => life.recall("k", -1), remember), -1);
  const own = madeAgent({
    "sense src/b.ts#before": remember,
    "act src/b.ts#go": (life) => life.recall("k") === 3 ? 2 : 1,
  });
  assertEquals(live(own, madeRequest()).evidence[0]![0], 2);
});

Deno.test("Life.remember() is forgotten after an episode, unless the world says otherwise", () => {
  const genes: Record<string, Gene> = { "sense src/a.ts#count": (life) => life.remember("n", life.recall("n") + 1) };
  assertEquals(live(madeAgent(genes), madeRequest({ memory: [["src/a.ts", "n", 5]] })).memory, []);
  const lifelong = { ...line, world: { ...line.world, memory: "lifetime" as const } };
  const reply = live(madeAgent(genes, lifelong), madeRequest({ memory: [["src/a.ts", "n", 5]] }));
  assertEquals(reply.memory, [["src/a.ts", "n", 45]]);
});

Deno.test("Life.remember() lets nothing but finite numbers take the place of another", () => {
  const found = seen((life) => {
    life.remember("k", 3);
    for (const value of [NaN, Infinity, "4", { valueOf: () => 5 }, 6n]) life.remember("k", value as number);
    const kept = life.recall("k");
    life.remember("k", -0);
    return [kept, life.recall("k")];
  });
  assert(Object.is(found[1], 0));
  assertEquals(found, [3, 0]);
});

Deno.test("Life.remember() is bounded, and kept in one order", () => {
  const lifelong = { ...line, world: { ...line.world, memory: "lifetime" as const } };
  const agent = madeAgent({
    "sense src/b.ts#flood": (life) => {
      for (let i = 0; i < 5000; i++) life.remember(`k${i}`, -0);
      life.remember("x".repeat(65), 1);
      life.remember("nan", NaN);
    },
    "sense src/a.ts#one": (life) => life.remember("one", 1),
  }, lifelong);
  const { memory } = live(agent, madeRequest());
  assertEquals(memory.length, 4096);
  assertEquals(memory[0], ["src/a.ts", "one", 1]);
  assertEquals(memory, [...memory].sort((a, b) => a[0] + a[1] < b[0] + b[1] ? -1 : 1));
  assert(memory.every(([, key, value]) => key.length <= 64 && !Object.is(value, -0)));
});

Deno.test("Life.send() drops what exceeds the limits", () => {
  const agent = madeAgent({
    "end src/a.ts#mail": (life) => {
      life.send(0, [1, -0]);
      for (const address of [-1, 2, 0.5, NaN]) life.send(address, [1]);
      for (const body of [[NaN], [Infinity], [1e13], ["1"], Array(17).fill(1), "1", { length: 1, 0: 1 }, Array(2)]) {
        life.send(1, body as number[]);
      }
      for (let i = 0; i < 1000; i++) life.send(1, []);
    },
  });
  const { outbox } = live(agent, madeRequest({ addresses: 2 }));
  assertEquals(outbox[0], { address: 0, body: [1, 0] });
  assertEquals(outbox.length, 256);
  assert(outbox.slice(1).every(({ address, body }) => address === 1 && body.length === 0));
});

Deno.test("Life.active() knows the active genes", () => {
  assertEquals(seen((life) => [life.active("src/a.ts#before"), life.active("src/a.ts#gone")]), [true, false]);
});

Deno.test("Life.past and Life.mates are told where genes may change themselves", () => {
  const past = { scores: [1, 2], present: [2], bestScore: 2, best: madeGenome(0.75) };
  assertEquals(seen((life) => [life.past.scores, life.past.best, life.mates], undefined, { past }), [
    [],
    undefined,
    [],
  ]);
  const told: unknown[] = [];
  const look: Gene = ({ past: { scores, present, bestScore, best }, mates }) =>
    void told.push(scores, present, bestScore, best?.parameter("src/a.ts", "rate"), mates.length);
  live(madeAgent({ "end src/a.ts#look": look }), madeRequest({ past }));
  assertEquals(told, [[1, 2], [2], 2, 0.75, 0]);
  const birth: unknown[] = [];
  const meet: Gene = ({ mates }) => void birth.push(mates.map((mate) => mate.parameter("src/a.ts", "rate")));
  live(madeAgent({ "birth src/a.ts#meet": meet }), madeRequest({ kind: "gestation", mates: [madeGenome(1)] }));
  assertEquals(birth, [[1]]);
});
