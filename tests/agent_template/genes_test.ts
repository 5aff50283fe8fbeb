import { assert, assertEquals } from "@std/assert";
import { follow, listen, tell } from "../../agent_template/src/communication.ts";
import { countVisits, explore, growBored } from "../../agent_template/src/curiosity.ts";
import { decide, keepStill, switchMode } from "../../agent_template/src/fsm.ts";
import { adrenaline, cortisol } from "../../agent_template/src/hormones.ts";
import { avoidScar, notePlace, revisit, towards } from "../../agent_template/src/memory_graph.ts";
import { steer, train } from "../../agent_template/src/neural.ts";
import { advise, choose, reinforce } from "../../agent_template/src/rl.ts";
import { approachRule, avoidRule, eatRule } from "../../agent_template/src/symbolic.ts";
import { madeLife } from "./made_life.ts";

const [STAY, NORTH, EAST, SOUTH, WEST, EAT] = [0, 1, 2, 3, 4, 5];

Deno.test("rules vote for berries and against walls and thorns; what tastes bad is left", () => {
  const { life, signals, show } = madeLife("symbolic");
  show({ perception: { foodHere: 1, foodEast: 2, wayNorth: 1, waySouth: 2 } });
  for (const rule of [eatRule, approachRule, avoidRule]) rule(life);
  assert(life.votes(EAT) > life.votes(EAST) && life.votes(EAST) > 0);
  assert(life.votes(NORTH) < 0 && life.votes(SOUTH) < 0 && life.votes(WEST) === 0);
  signals.set("taste1", -1);
  show({ perception: { foodHere: 1 } });
  eatRule(life);
  assert(life.votes(EAT) < 0);
});

Deno.test("steer() follows a smell, and turns from that of a bad taste", () => {
  const { life, signals, show } = madeLife("neural");
  show({ perception: { redX: -0.3 } });
  steer(life);
  assert(life.votes(WEST) > 0 && life.votes(EAST) < 0);
  signals.set("taste1", -1);
  show({ perception: { redX: -0.3 } });
  steer(life);
  assert(life.votes(WEST) < 0 && life.votes(EAST) > 0);
});

Deno.test("train() makes the network seek less where seeking does not pay", () => {
  const { life, show } = madeLife("neural", { learningRate: 0.3 });
  const votes: number[] = [];
  for (let i = 0; i < 10; i++) {
    show({ perception: { redX: 0.3 }, lastAction: EAST, reward: -1 });
    steer(life);
    votes.push(life.votes(EAST));
    train(life);
  }
  assert(votes[9]! < votes[0]! && votes[0]! > 0);
});

Deno.test("reinforce() learns what a colour is worth and tells it; advise() votes by it", () => {
  const { life, signals, show } = madeLife("rl", { learningRate: 0.5 });
  for (const [colour, reward] of [[1, -2], [1, -2], [2, 1], [2, 1], [2, 1]] as const) {
    show({ perception: { foodHere: colour }, lastAction: EAT, reward });
    reinforce(life);
    show({ lastAction: STAY, reward: 0 });
    reinforce(life);
  }
  assert(signals.get("taste1")! < 0 && signals.get("taste2")! > 0 && !signals.has("taste3"));
  show({ perception: { foodHere: 1 } });
  advise(life);
  assert(life.votes(EAT) < 0);
});

Deno.test("choose() takes the action with most votes, and any at random as often as it should", () => {
  const { life, show } = madeLife("rl", { epsilon: 0.3 });
  show({});
  life.vote(SOUTH, 1);
  const others = Array.from({ length: 1000 }, () => choose(life)).filter((action) => action !== SOUTH).length;
  assert(others > 200 && others < 300, `${others}`); // 0.3 * 5 / 6
});

Deno.test("decide() takes the action with most votes, and each of several that have as many", () => {
  const { life, show } = madeLife("fsm");
  show({});
  life.vote(NORTH, 1);
  life.vote(WEST, 1);
  const chosen = new Set(Array.from({ length: 60 }, () => decide(life)));
  assertEquals([...chosen].sort(), [NORTH, WEST]);
});

Deno.test("switchMode() rests in a storm, and keepStill() then votes against moves", () => {
  const { life, signals, show } = madeLife("fsm");
  show({ perception: { sky: 1 } });
  switchMode(life);
  keepStill(life);
  assertEquals(signals.get("mode"), 2);
  assert(life.votes(NORTH) < 0 && life.votes(STAY) === 0 && life.votes(EAT) === 0);
  show({ step: 1, perception: { foodEast: 1 } });
  switchMode(life);
  assertEquals(signals.get("mode"), 1);
  show({ step: 30 });
  switchMode(life);
  assertEquals(signals.get("mode"), 0);
});

Deno.test("adrenaline() is not alarmed by one sign, but by many", () => {
  const { life, signals, show } = madeLife("hormones", { arousal: 0.3 });
  show({ perception: { sky: 1 } });
  adrenaline(life);
  assert(signals.get("alarm")! < 0.5);
  for (let i = 0; i < 5; i++) adrenaline(life);
  assert(signals.get("alarm")! > 0.8);
});

Deno.test("cortisol() rises with harm and fades", () => {
  const { life, signals, show } = madeLife("hormones");
  show({ perception: { hurt: 2 } });
  cortisol(life);
  const stressed = signals.get("stress")!;
  show({});
  cortisol(life);
  assert(signals.get("stress")! < stressed && signals.get("stress")! > 0);
});

Deno.test("explore() prefers places where the agent has been less often, the more when bored", () => {
  const { life, signals, show } = madeLife("curiosity");
  show({ perception: { column: 6 } });
  for (let i = 0; i < 4; i++) countVisits(life);
  show({});
  explore(life);
  const calmly = life.votes(WEST);
  assert(life.votes(EAST) < calmly);
  growBored(life);
  for (let i = 0; i < 20; i++) growBored(life);
  assert(signals.get("boredom")! > 0.7);
  show({});
  explore(life);
  assert(life.votes(WEST) > calmly);
});

Deno.test("towards() votes for free moves that lead there, and tells the distance", () => {
  const { life, show } = madeLife("memory_graph");
  show({ perception: { wayEast: 1 } });
  assertEquals(towards(life, 8, 3, 1), 5);
  assert(life.votes(NORTH) > 0 && life.votes(EAST) === 0 && life.votes(SOUTH) === 0);
});

Deno.test("revisit() finds the way around a wall that it came by", () => {
  const { life, show } = madeLife("memory_graph");
  // From a berry at (5, 5) west, south and south, east and east; then the berry lies behind a wall in the north.
  const way = [[5, 5, 1], [4, 5, 0], [4, 6, 0], [4, 7, 0], [5, 7, 0], [6, 7, 0]] as const;
  for (const [column, row, foodHere] of way) {
    show({ perception: { column, row, foodHere } });
    notePlace(life);
  }
  revisit(life);
  assert(life.votes(WEST) > 0 && life.votes(NORTH) === 0 && life.votes(EAST) === 0);
});

Deno.test("revisit() waits until a larder should be full again", () => {
  const { life, show } = madeLife("memory_graph", { patience: 30 });
  show({ step: 0, perception: { foodHere: 1 } });
  notePlace(life);
  show({ step: 1 });
  notePlace(life);
  const votesAt = (step: number) => {
    show({ step, perception: { column: 7 } });
    revisit(life);
    return life.votes(WEST);
  };
  assertEquals(votesAt(5), 0);
  assert(votesAt(40) > 0);
});

Deno.test("avoidScar() votes against places that hurt", () => {
  const { life, show } = madeLife("memory_graph");
  show({ lastAction: EAST, perception: { column: 6, hurt: 1 } });
  notePlace(life);
  show({});
  avoidScar(life);
  assert(life.votes(EAST) < 0 && life.votes(WEST) === 0);
});

Deno.test("tell() sends a place where several berries were found in a row", () => {
  const { life, show, sent } = madeLife("communication", { modesty: 3 });
  for (let step = 0; step < 5; step++) {
    show({ step, reward: 1, perception: { column: step } });
    tell(life);
  }
  assertEquals(sent, [[2, 5, 3]]);
});

Deno.test("listen() and follow() go where most is told to be, and not again", () => {
  const inbox = [{ from: 1, body: [9, 5, 8] }, { from: 2, body: [5, 9, 3] }, { from: 3, body: [1] }];
  const { life, show } = madeLife("communication", {}, inbox);
  const heading = (column: number) => {
    show({ perception: { column } });
    listen(life);
    follow(life);
    return [NORTH, EAST, SOUTH, WEST].filter((action) => life.votes(action) > 0);
  };
  assertEquals(heading(5), [EAST]);
  assertEquals(heading(9), [SOUTH, WEST]);
  assertEquals(heading(5), [SOUTH]);
});
