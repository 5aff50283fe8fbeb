/**
 * The active genes of one episode, called in their order.
 *
 * @module
 */

import { Context } from "./context.ts";
import type { Action, Agent, Gene, WiredGene } from "./contract.ts";
import { failureOf } from "./failure.ts";
import type { Moment } from "./moment.ts";
import type { Space } from "./space.ts";
import type { Perceived } from "./stage.ts";

/** A gene ready to be called. */
interface Bound {
  readonly name: string;
  readonly run: Gene;
  readonly context: Context;
}

/** What is called for a gene of a phase: the gene itself, or an observer around it. */
export type Observe = (gene: WiredGene, phase: string) => Gene;

/** What decides on the actions that genes return. */
export type Choices = Pick<Space, "isChoice" | "fit" | "missing">;

/** The genes of an agent in one episode. */
export class Players {
  readonly #moment: Moment;
  readonly #space: Choices;
  readonly #before: readonly Bound[];
  readonly #acting: readonly Bound[];
  readonly #after: readonly Bound[];

  constructor(agent: Agent, moment: Moment, space: Choices, observe: Observe = itself) {
    this.#moment = moment;
    this.#space = space;
    const { phases } = agent.world.world;
    const at = phases.indexOf("act");
    this.#before = phases.slice(0, at).flatMap((phase) => bind(agent, phase, moment, observe));
    this.#acting = bind(agent, "act", moment, observe);
    this.#after = phases.slice(at + 1).flatMap((phase) => bind(agent, phase, moment, observe));
  }

  /** Calls the genes of the phases before `act`, and those of `act` until one decides. */
  act(step: number, perception: Perceived): Action {
    const moment = this.#moment;
    moment.step = step;
    moment.perception = perception;
    moment.votes.fill(0);
    run(this.#before);
    const action = choose(this.#acting, this.#space);
    moment.take(action);
    return action;
  }

  /** Tells genes what the action was worth, and calls those of the phases after `act`. */
  learn(reward: number): void {
    const moment = this.#moment;
    moment.reward = reward;
    moment.total += reward;
    run(this.#after);
  }
}

/** Calls all active genes of a phase. */
export function runPhase(agent: Agent, phase: string, moment: Moment): void {
  run(bind(agent, phase, moment));
}

/** The active genes of a phase, sorted by name. */
function genesOf({ wiring: { phases } }: Agent, phase: string): readonly WiredGene[] {
  return Object.hasOwn(phases, phase) ? phases[phase]! : [];
}

const itself: Observe = ({ run }) => run;

function bind(agent: Agent, phase: string, moment: Moment, observe: Observe = itself): Bound[] {
  return genesOf(agent, phase).map((gene) => ({
    name: gene.name,
    run: observe(gene, phase),
    context: new Context(gene, moment),
  }));
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
function choose(genes: readonly Bound[], space: Choices): Action {
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
