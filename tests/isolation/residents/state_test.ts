import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { RestartOptions } from "../../../lib/isolation/residents/policy.ts";
import {
  absent,
  follow,
  type Happening,
  type Order,
  type Phase,
  phases,
  type State,
} from "../../../lib/isolation/residents/state.ts";

const options: RestartOptions = {
  initialBackoffSeconds: 1,
  maxBackoffSeconds: 8,
  jitter: 0.5,
  minUptimeSeconds: 10,
  maxRestarts: 4,
  restartWindowSeconds: 60,
};

/** What there really is of one agent: its keeper's state, and the process that the orders have made. */
class World {
  state: State;
  process: "none" | "silent" | "answering" = "none";
  /** What the process runs. */
  runs: string | undefined;
  wanted: string | undefined;
  now = 1_000_000;
  disabledAs: string | undefined;

  constructor(found: boolean) {
    this.state = found ? { ...absent, phase: "found", running: "a", wanted: "a" } : absent;
    if (found) [this.process, this.runs, this.wanted] = ["answering", "a", "a"];
  }

  want(as: string | undefined): void {
    if (as !== this.wanted) this.disabledAs = undefined;
    this.wanted = as;
    this.happen({ type: "wanted", as });
  }

  happen(happening: Happening): void {
    const { state, order } = follow(this.state, happening, options);
    this.state = state;
    this.#obey(order);
    assertEquals(this.process === "none", ["down", "backoff", "worn"].includes(state.phase), state.phase);
    assert(state.history.ends.length < options.maxRestarts);
  }

  #obey(order: Order | undefined): void {
    switch (order) {
      case "start":
        assertEquals(this.process, "none", "there would be two");
        assert(this.wanted !== undefined && this.disabledAs !== this.wanted, "nobody wants it");
        [this.process, this.runs, this.disabledAs] = ["silent", this.wanted, undefined];
        break;
      case "adopt":
        assertEquals([this.process, this.runs], ["answering", this.wanted]);
        break;
      case "end":
        assert(this.process !== "none" && this.runs !== this.wanted);
        break;
      case "backoff":
        assertEquals(this.process, "none");
        assert(this.state.until - this.now <= options.maxBackoffSeconds * 1000);
        break;
      case "disable":
        assertEquals(this.process, "none");
        this.disabledAs = this.runs;
    }
  }
}

const names = fc.constantFrom<string | undefined>("a", "b", undefined);
const random = fc.double({ min: 0, max: 0.99, noNaN: true });
const what = fc.oneof(
  fc.record({ do: fc.constant("want" as const), as: names }),
  fc.record({ do: fc.constant("answer" as const) }),
  fc.record({ do: fc.constant("die" as const), random, excused: fc.boolean() }),
  fc.record({ do: fc.constant("pass" as const), ms: fc.nat(12_000) }),
);

Deno.test("follow(): whatever happens there is one process at most, and none that is not wanted is started", () => {
  const property = fc.property(fc.boolean(), fc.array(what, { maxLength: 60 }), (found, steps) => {
    const world = new World(found);
    for (const step of steps) {
      switch (step.do) {
        case "want":
          world.want(step.as);
          break;
        case "answer":
          if (world.state.phase !== "starting") break;
          world.process = "answering";
          world.happen({ type: "answered", at: world.now });
          break;
        case "die":
          if (world.process === "none") break;
          world.process = "none";
          world.happen({
            type: "ended",
            end: { at: world.now, random: step.random, counts: true },
            excused: step.excused,
          });
          break;
        case "pass":
          world.now += step.ms;
          if (world.state.phase === "backoff") world.happen({ type: "rested", at: world.now });
      }
    }
  });
  fc.assert(property, { numRuns: 2000 });
});

Deno.test("follow(): one that is wanted and ends too often is disabled, and has a clean slate with another build", () => {
  const world = new World(false);
  world.want("a");
  const seen: Phase[] = [];
  for (let i = 0; i < 4; i++) {
    world.happen({ type: "answered", at: world.now });
    world.process = "none";
    world.happen({ type: "ended", end: { at: world.now, random: 0, counts: true }, excused: false });
    seen.push(world.state.phase);
    world.now += 8000;
    if (world.state.phase === "backoff") world.happen({ type: "rested", at: world.now });
  }
  assertEquals(seen, ["starting", "backoff", "backoff", "worn"]);
  assertEquals(world.state.restarts, 3);
  world.want("b");
  assertEquals([world.state.phase, world.runs, world.state.history.ends], ["starting", "b", []]);
});

Deno.test("follow(): a rest that is not over yet goes on", () => {
  const state: State = { ...absent, phase: "backoff", wanted: "a", running: "a", until: 5000 };
  assertEquals(follow(state, { type: "rested", at: 4999 }, options), { state, order: "backoff" });
  assertEquals(follow(state, { type: "rested", at: 5000 }, options).order, "start");
});

Deno.test("follow(): an end that is counted elsewhere leaves no trace", () => {
  const state: State = { ...absent, phase: "up", wanted: "a", running: "a" };
  const next = follow(state, { type: "ended", end: { at: 9, random: 0, counts: true }, excused: true }, options);
  assertEquals([next.order, next.state.restarts, next.state.history.ends], ["start", 0, []]);
});

Deno.test("follow(): what can't happen in a phase is an error", () => {
  const allowed = {
    answered: ["starting"],
    ended: ["found", "starting", "up", "ending"],
    rested: ["backoff"],
  } as const;
  const happenings: readonly Happening[] = [
    { type: "answered", at: 1 },
    { type: "ended", end: { at: 1, random: 0, counts: true }, excused: false },
    { type: "rested", at: 1 },
  ];
  for (const phase of phases) {
    for (const happening of happenings) {
      const ways: readonly Phase[] = allowed[happening.type as keyof typeof allowed];
      if (ways.includes(phase)) follow({ ...absent, phase }, happening, options);
      else assertThrows(() => follow({ ...absent, phase }, happening, options), Error, `that is ${phase} can't be`);
    }
  }
});
