/**
 * The evaluation of an agent: the episodes of a cycle and what comes after them, or its gestation. Pure.
 *
 * @module
 */

import { Context } from "./context.ts";
import type { Action, Agent, AgentReply, AgentRequest, Gene, WiredGene, WorldSeed } from "./contract.ts";
import { failureOf } from "./failure.ts";
import { Memory } from "./memory.ts";
import { Moment } from "./moment.ts";
import { Self } from "./self.ts";
import { type Space, spaceOf } from "./space.ts";
import { Stage } from "./stage.ts";

/**
 * Runs one evaluation.
 *
 * @param agent Its active genes and its world.
 * @param request What the orchestrator asks for.
 * @param fresh Gives the same agent, evaluated anew, for what comes after the first episode. @default the same again
 * @param played Takes the actions of each episode as they are taken.
 * @returns What the agent did and decided: the same for the same arguments, in every engine.
 * @throws {EvaluationFailure} If a gene or the world throws, or a limit of the machine is reached.
 */
export function evaluate(
  agent: Agent,
  request: AgentRequest,
  fresh: () => Agent = () => agent,
  played: Played = [],
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
    last = new Moment(self, memory, episode, seed.steps, space.actions);
    const actions: Action[] = [];
    played.push(actions);
    play(episode === 0 ? agent : fresh(), last, seed, space, actions);
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
  };
}

/** The actions of episodes, the last of which may be under way. */
export type Played = (readonly Action[])[];

/** A gene ready to be called. */
interface Bound {
  readonly name: string;
  readonly run: Gene;
  readonly context: Context;
}

/** The active genes of a phase, sorted by name. */
function genesOf({ wiring: { phases } }: Agent, phase: string): readonly WiredGene[] {
  return Object.hasOwn(phases, phase) ? phases[phase]! : [];
}

function bind(genes: readonly WiredGene[], moment: Moment): Bound[] {
  return genes.map((gene) => ({ name: gene.name, run: gene.run, context: new Context(gene, moment) }));
}

/** Plays one episode and gives its actions. */
function play(agent: Agent, moment: Moment, seed: WorldSeed, space: Space, actions: Action[]): void {
  const stage = new Stage(agent.world, seed, moment.self.genes, moment.self.checks);
  moment.begin(stage, seed.instance ?? moment.episode);
  const phases = agent.world.world.phases;
  const at = phases.indexOf("act");
  const before = phases.slice(0, at).flatMap((phase) => bind(genesOf(agent, phase), moment));
  const acting = bind(genesOf(agent, "act"), moment);
  const after = phases.slice(at + 1).flatMap((phase) => bind(genesOf(agent, phase), moment));
  for (let step = 0; step < seed.steps && !stage.finished(); step++) {
    moment.step = step;
    moment.perception = stage.perceive();
    moment.votes.fill(0);
    run(before);
    const action = choose(acting, space);
    actions.push(action);
    moment.take(action);
    moment.reward = stage.act(action);
    moment.total += moment.reward;
    run(after);
  }
}

function run(genes: readonly Bound[]): void {
  let at = 0;
  try {
    for (; at < genes.length; at++) {
      const { run, context } = genes[at]!;
      run(context);
    }
  } catch (thrown) {
    throw failureOf(thrown, genes[at]!.name, "crash");
  }
}

/** The first gene that returns an action decides. */
function choose(genes: readonly Bound[], space: Space): Action {
  let at = 0;
  try {
    for (; at < genes.length; at++) {
      const { run, context } = genes[at]!;
      const chosen: unknown = run(context);
      if (space.isChoice(chosen)) return space.fit(chosen);
    }
  } catch (thrown) {
    throw failureOf(thrown, genes[at]!.name, "crash");
  }
  return space.missing();
}

/** Runs the phase in which the agent may change itself. */
function decide(agentNow: () => Agent, self: Self, moment: Moment, phase: "birth" | "end"): void {
  if (!self.has(phase)) return;
  self.openGenome();
  moment.past = self.past();
  if (phase === "birth") moment.mates = self.mates();
  run(bind(genesOf(agentNow(), phase), moment));
}
