/**
 * The evaluation of an agent: the episodes of a cycle and what comes after them, or its gestation. Pure.
 *
 * @module
 */

import type { Action, Agent, AgentReply, AgentRequest, WorldSeed } from "./contract.ts";
import { Memory } from "./memory.ts";
import { Moment } from "./moment.ts";
import { Players, runPhase } from "./play.ts";
import { Self } from "./self.ts";
import { type Space, spaceOf } from "./space.ts";
import { Stage } from "./stage.ts";
import { Tracer } from "./trace.ts";

/**
 * Runs one evaluation.
 *
 * @param agent Its active genes and its world.
 * @param request What the orchestrator asks for.
 * @param fresh Gives the same agent, evaluated anew, for what comes after the first episode. @default the same again
 * @param played Takes the actions of each episode as they are taken.
 * @param tracer Records steps. @default as the request asks for it
 * @returns What the agent did and decided: the same for the same arguments, in every engine.
 * @throws {EvaluationFailure} If a gene or the world throws, or a limit of the machine is reached.
 */
export function evaluate(
  agent: Agent,
  request: AgentRequest,
  fresh: () => Agent = () => agent,
  played: Played = [],
  tracer: Tracer | undefined = tracerFor(request),
): AgentReply {
  const self = new Self(agent, request);
  const { world } = agent.world;
  const kept = world.memory === "lifetime";
  const space = spaceOf(world);
  let memory = new Memory(kept ? request.memory : []);
  let last: Moment | undefined;
  let total = 0;
  for (let episode = 0; episode < request.worlds.length; episode++) {
    const seed = request.worlds[episode]!;
    if (!kept) memory = new Memory([]);
    const shared = [self, memory, episode, seed.steps, space.actions] as const;
    last = tracer === undefined ? new Moment(...shared) : tracer.moment(...shared);
    const actions: Action[] = [];
    played.push(actions);
    play(episode === 0 ? agent : fresh(), last, seed, space, actions, tracer);
    total += last.total;
  }
  const birth = request.kind === "gestation";
  const moment = new Moment(self, memory, request.worlds.length, last?.steps ?? world.steps, space.actions);
  moment.total = total;
  if (last !== undefined) moment.signals.takeOver(last.signals);
  const evaluated = request.worlds.length > 0;
  decide(() => evaluated ? fresh() : agent, self, moment, birth ? "birth" : "end");
  return {
    version: 1,
    token: request.token,
    evidence: played.map((actions) => space.evidenceOf(actions)),
    genome: self.decided,
    memory: kept ? memory.entries() : [],
    outbox: self.outbox.sent,
    ...(space.invalid > 0 && { invalid: space.invalid }),
    ...(self.drew && { drew: true }),
    ...(tracer !== undefined && { trace: tracer.taken() }),
  };
}

/** What records the steps of an evaluation of which that is asked for. */
export function tracerFor({ trace }: AgentRequest): Tracer | undefined {
  return trace === undefined ? undefined : new Tracer(trace);
}

/** The actions of episodes, the last of which may be under way. */
export type Played = (readonly Action[])[];

/** Plays one episode and gives its actions. */
function play(
  agent: Agent,
  moment: Moment,
  seed: WorldSeed,
  space: Space,
  actions: Action[],
  tracer: Tracer | undefined,
): void {
  const stage = new Stage(agent.world, seed, moment.self.genes, moment.self.checks);
  moment.begin(stage, seed.instance ?? moment.episode);
  const players = tracer === undefined ? new Players(agent, moment, space) : tracer.players(agent, space);
  for (let step = 0; step < seed.steps && !stage.finished(); step++) {
    const action = players.act(step, stage.perceive());
    actions.push(action);
    players.learn(stage.act(action));
  }
}

/** Runs the phase in which the agent may change itself. */
function decide(agentNow: () => Agent, self: Self, moment: Moment, phase: "birth" | "end"): void {
  if (!self.has(phase)) return;
  self.openGenome();
  moment.past = self.past();
  if (phase === "birth") moment.mates = self.mates();
  runPhase(agentNow(), phase, moment);
}
