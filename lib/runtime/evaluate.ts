/**
 * The evaluation of an agent: the episodes of a cycle and what comes after them, or its gestation. Pure.
 *
 * @module
 */

import { Context } from "./context.ts";
import type { Agent, AgentReply, AgentRequest, Gene, WiredGene, WorldSeed } from "./contract.ts";
import { failureOf } from "./failure.ts";
import { Memory } from "./memory.ts";
import { Moment } from "./moment.ts";
import { Self } from "./self.ts";
import { Stage } from "./stage.ts";

const { isInteger } = Number;

/**
 * Runs one evaluation.
 *
 * @param agent Its active genes and its world.
 * @param request What the orchestrator asks for.
 * @param fresh Gives the same agent, evaluated anew, for what comes after the first episode. @default the same again
 * @returns What the agent did and decided: the same for the same arguments, in every engine.
 * @throws {EvaluationFailure} If a gene or the world throws, or a limit of the machine is reached.
 */
export function evaluate(
  agent: Agent,
  request: AgentRequest,
  fresh: () => Agent = () => agent,
  evidence: number[][] = [],
): AgentReply {
  const self = new Self(agent, request);
  const { world } = agent.world;
  const kept = world.memory === "lifetime";
  let memory = new Memory(kept ? request.memory : []);
  let last: Moment | undefined;
  let total = 0;
  for (let episode = 0; episode < request.worlds.length; episode++) {
    const seed = request.worlds[episode]!;
    if (!kept) memory = new Memory([]);
    last = new Moment(self, memory, episode, seed.steps, world.actions.length);
    const actions: number[] = [];
    evidence.push(actions);
    play(episode === 0 ? agent : fresh(), self, last, seed, actions);
    total += last.total;
  }
  const birth = request.kind === "gestation";
  const moment = new Moment(self, memory, request.worlds.length, last?.steps ?? world.steps, world.actions.length);
  moment.total = total;
  if (last !== undefined) { for (const [name, value] of last.signals) moment.signals.set(name, value); }
  const evaluated = request.worlds.length > 0;
  decide(() => evaluated ? fresh() : agent, self, moment, birth ? "birth" : "end");
  return {
    version: 1,
    token: request.token,
    evidence,
    genome: self.decided,
    memory: kept ? memory.entries() : [],
    outbox: self.outbox.sent,
  };
}

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
function play(agent: Agent, self: Self, moment: Moment, seed: WorldSeed, actions: number[]): void {
  const phases = agent.world.world.phases;
  const at = phases.indexOf("act");
  const before = phases.slice(0, at).flatMap((phase) => bind(genesOf(agent, phase), moment));
  const acting = bind(genesOf(agent, "act"), moment);
  const after = phases.slice(at + 1).flatMap((phase) => bind(genesOf(agent, phase), moment));
  const stage = new Stage(agent.world, seed, self.genes);
  for (let step = 0; step < seed.steps && !stage.finished(); step++) {
    moment.step = step;
    moment.perception = stage.perceive();
    moment.votes.fill(0);
    run(before);
    const action = choose(acting, moment.votes.length);
    actions.push(action);
    moment.lastAction = action;
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

/** The first gene that returns a number decides; what is no action, and no decision, is action 0. */
function choose(genes: readonly Bound[], actions: number): number {
  let at = 0;
  try {
    for (; at < genes.length; at++) {
      const { run, context } = genes[at]!;
      const chosen: unknown = run(context);
      if (typeof chosen === "number") return isInteger(chosen) && chosen > 0 && chosen < actions ? chosen : 0;
    }
  } catch (thrown) {
    throw failureOf(thrown, genes[at]!.name, "crash");
  }
  return 0;
}

/** Runs the phase in which the agent may change itself. */
function decide(agentNow: () => Agent, self: Self, moment: Moment, phase: "birth" | "end"): void {
  if (!self.has(phase)) return;
  self.openGenome();
  moment.past = self.past();
  if (phase === "birth") moment.mates = self.mates();
  run(bind(genesOf(agentNow(), phase), moment));
}
