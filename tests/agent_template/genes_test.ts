import { assert, assertEquals } from "@std/assert";
import { follow, listen, tell } from "../../agent_template/src/communication.ts";
import { countVisits, explore, growBored } from "../../agent_template/src/curiosity.ts";
import { decide, keepStill, switchMode } from "../../agent_template/src/fsm.ts";
import { adrenaline, cortisol } from "../../agent_template/src/hormones.ts";
import { avoidScar, notePlace, revisit, towards } from "../../agent_template/src/memory_graph.ts";
import { steer, train } from "../../agent_template/src/neural.ts";
import { advise, choose, reinforce } from "../../agent_template/src/rl.ts";
import { approachRule, avoidRule, eatRule } from "../../agent_template/src/symbolic.ts";
import { madeContext } from "./made_context.ts";

const [STAY, NORTH, EAST, SOUTH, WEST, EAT] = [0, 1, 2, 3, 4, 5];

Deno.test("rules vote for berries and against walls and thorns; what tastes bad is left", () => {
  const { context, signals, show } = madeContext("symbolic");
  show({ perception: { foodHere: 1, foodEast: 2, wayNorth: 1, waySouth: 2 } });
  for (const rule of [eatRule, approachRule, avoidRule]) rule(context);
  assert(context.votes(EAT) > context.votes(EAST) && context.votes(EAST) > 0);
  assert(context.votes(NORTH) < 0 && context.votes(SOUTH) < 0 && context.votes(WEST) === 0);
  signals.set("taste1", -1);
  show({ perception: { foodHere: 1 } });
  eatRule(context);
  assert(context.votes(EAT) < 0);
});

Deno.test("steer() follows a smell, and turns from that of a bad taste", () => {
  const { context, signals, show } = madeContext("neural");
  show({ perception: { redX: -0.3 } });
  steer(context);
  assert(context.votes(WEST) > 0 && context.votes(EAST) < 0);
  signals.set("taste1", -1);
  show({ perception: { redX: -0.3 } });
  steer(context);
  assert(context.votes(WEST) < 0 && context.votes(EAST) > 0);
});

Deno.test("train() makes the network seek less where seeking does not pay", () => {
  const { context, show } = madeContext("neural", { learningRate: 0.3 });
  const votes: number[] = [];
  for (let i = 0; i < 10; i++) {
    show({ perception: { redX: 0.3 }, lastAction: EAST, reward: -1 });
    steer(context);
    votes.push(context.votes(EAST));
    train(context);
  }
  assert(votes[9]! < votes[0]! && votes[0]! > 0);
});

Deno.test("reinforce() learns what a colour is worth and tells it; advise() votes by it", () => {
  const { context, signals, show } = madeContext("rl", { learningRate: 0.5 });
  for (const [colour, reward] of [[1, -2], [1, -2], [2, 1], [2, 1], [2, 1]] as const) {
    show({ perception: { foodHere: colour }, lastAction: EAT, reward });
    reinforce(context);
    show({ lastAction: STAY, reward: 0 });
    reinforce(context);
  }
  assert(signals.get("taste1")! < 0 && signals.get("taste2")! > 0 && !signals.has("taste3"));
  show({ perception: { foodHere: 1 } });
  advise(context);
  assert(context.votes(EAT) < 0);
});

Deno.test("choose() takes the action with most votes, and any at random as often as it should", () => {
  const { context, show } = madeContext("rl", { epsilon: 0.3 });
  show({});
  context.vote(SOUTH, 1);
  const others = Array.from({ length: 1000 }, () => choose(context)).filter((action) => action !== SOUTH).length;
  assert(others > 200 && others < 300, `${others}`); // 0.3 * 5 / 6
});

Deno.test("decide() takes the action with most votes, and each of several that have as many", () => {
  const { context, show } = madeContext("fsm");
  show({});
  context.vote(NORTH, 1);
  context.vote(WEST, 1);
  const chosen = new Set(Array.from({ length: 60 }, () => decide(context)));
  assertEquals([...chosen].sort(), [NORTH, WEST]);
});

Deno.test("switchMode() rests in a storm, and keepStill() then votes against moves", () => {
  const { context, signals, show } = madeContext("fsm");
  show({ perception: { sky: 1 } });
  switchMode(context);
  keepStill(context);
  assertEquals(signals.get("mode"), 2);
  assert(context.votes(NORTH) < 0 && context.votes(STAY) === 0 && context.votes(EAT) === 0);
  show({ step: 1, perception: { foodEast: 1 } });
  switchMode(context);
  assertEquals(signals.get("mode"), 1);
  show({ step: 30 });
  switchMode(context);
  assertEquals(signals.get("mode"), 0);
});

Deno.test("adrenaline() is not alarmed by one sign, but by many", () => {
  const { context, signals, show } = madeContext("hormones", { arousal: 0.3 });
  show({ perception: { sky: 1 } });
  adrenaline(context);
  assert(signals.get("alarm")! < 0.5);
  for (let i = 0; i < 5; i++) adrenaline(context);
  assert(signals.get("alarm")! > 0.8);
});

Deno.test("cortisol() rises with harm and fades", () => {
  const { context, signals, show } = madeContext("hormones");
  show({ perception: { hurt: 2 } });
  cortisol(context);
  const stressed = signals.get("stress")!;
  show({});
  cortisol(context);
  assert(signals.get("stress")! < stressed && signals.get("stress")! > 0);
});

Deno.test("explore() prefers places where the agent has been less often, the more when bored", () => {
  const { context, signals, show } = madeContext("curiosity");
  show({ perception: { column: 6 } });
  for (let i = 0; i < 4; i++) countVisits(context);
  show({});
  explore(context);
  const calmly = context.votes(WEST);
  assert(context.votes(EAST) < calmly);
  growBored(context);
  for (let i = 0; i < 20; i++) growBored(context);
  assert(signals.get("boredom")! > 0.7);
  show({});
  explore(context);
  assert(context.votes(WEST) > calmly);
});

Deno.test("towards() votes for free moves that lead there, and tells the distance", () => {
  const { context, show } = madeContext("memory_graph");
  show({ perception: { wayEast: 1 } });
  assertEquals(towards(context, 8, 3, 1), 5);
  assert(context.votes(NORTH) > 0 && context.votes(EAST) === 0 && context.votes(SOUTH) === 0);
});

Deno.test("revisit() finds the way around a wall that it came by", () => {
  const { context, show } = madeContext("memory_graph");
  // From a berry at (5, 5) west, south and south, east and east; then the berry lies behind a wall in the north.
  const way = [[5, 5, 1], [4, 5, 0], [4, 6, 0], [4, 7, 0], [5, 7, 0], [6, 7, 0]] as const;
  for (const [column, row, foodHere] of way) {
    show({ perception: { column, row, foodHere } });
    notePlace(context);
  }
  revisit(context);
  assert(context.votes(WEST) > 0 && context.votes(NORTH) === 0 && context.votes(EAST) === 0);
});

Deno.test("revisit() waits until a larder should be full again", () => {
  const { context, show } = madeContext("memory_graph", { patience: 30 });
  show({ step: 0, perception: { foodHere: 1 } });
  notePlace(context);
  show({ step: 1 });
  notePlace(context);
  const votesAt = (step: number) => {
    show({ step, perception: { column: 7 } });
    revisit(context);
    return context.votes(WEST);
  };
  assertEquals(votesAt(5), 0);
  assert(votesAt(40) > 0);
});

Deno.test("avoidScar() votes against places that hurt", () => {
  const { context, show } = madeContext("memory_graph");
  show({ lastAction: EAST, perception: { column: 6, hurt: 1 } });
  notePlace(context);
  show({});
  avoidScar(context);
  assert(context.votes(EAST) < 0 && context.votes(WEST) === 0);
});

Deno.test("tell() sends a place where several berries were found in a row", () => {
  const { context, show, sent } = madeContext("communication", { modesty: 3 });
  for (let step = 0; step < 5; step++) {
    show({ step, reward: 1, perception: { column: step } });
    tell(context);
  }
  assertEquals(sent, [[2, 5, 3]]);
});

Deno.test("listen() and follow() go where most is said to be, and not again", () => {
  const inbox = [{ from: 1, body: [9, 5, 8] }, { from: 2, body: [5, 9, 3] }, { from: 3, body: [1] }];
  const { context, show } = madeContext("communication", {}, inbox);
  const heading = (column: number) => {
    show({ perception: { column } });
    listen(context);
    follow(context);
    return [NORTH, EAST, SOUTH, WEST].filter((action) => context.votes(action) > 0);
  };
  assertEquals(heading(5), [EAST]);
  assertEquals(heading(9), [SOUTH, WEST]);
  assertEquals(heading(5), [SOUTH]);
});
