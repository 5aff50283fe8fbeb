/**
 * What genes did, step by step: made by observers around them, which an evaluation that is not traced does not have.
 *
 * Genes are called with the same contexts, in the same order, and come to the same bits. What it needs is taken when it is
 * loaded; genes reach none of it.
 *
 * @module
 */

import type { Action, Agent, Gene, TracedGene, TracedStep, WiredGene } from "./contract.ts";
import { limits } from "./limits.ts";
import { type Kept, Shelf } from "./memory.ts";
import { Moment } from "./moment.ts";
import { type Choices, Players } from "./play.ts";
import type { Random } from "./random.ts";
import type { Space } from "./space.ts";
import type { Perceived } from "./stage.ts";

const { isFinite } = Number;
const { round } = Math;
const now = clockOf(globalThis as { readonly performance?: { now(): number } });

/** An engine without a clock tells no times. */
function clockOf({ performance }: { readonly performance?: { now(): number } }): () => number {
  return performance === undefined ? () => 0 : performance.now.bind(performance);
}

type Open<T> = { -readonly [Key in keyof T]: T[Key] };
type OpenGene = Open<TracedGene>;
type OpenStep = Open<Omit<TracedStep, "genes">> & { readonly genes: OpenGene[] };

/** Records the steps of one evaluation: all of a step, or nothing of it. */
export class Tracer {
  readonly #steps: OpenStep[] = [];
  #stepsLeft: number;
  #room: number = limits.traced;
  #open: OpenStep | undefined;
  #moment: TracedMoment | undefined;

  /** @param steps Most steps to record, in all episodes together. */
  constructor(steps: number) {
    this.#stepsLeft = steps;
  }

  /** The step that is recorded now. */
  get open(): OpenStep | undefined {
    return this.#open;
  }

  /** Begins with a step, if there is room for one. */
  begin(episode: number, timestep: number, perception: Perceived): void {
    if (this.#stepsLeft === 0) return;
    this.#stepsLeft--;
    this.#steps.push(this.#open = { episode, timestep, perception, genes: [] });
  }

  /** Ends the step; one that is too large ends the trace before it. */
  end(): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    this.#room -= sizeOf(open);
    if (this.#room >= 0) return;
    this.#steps.pop();
    this.#stepsLeft = 0;
  }

  /** All steps, the one in which the evaluation has failed included. */
  taken(): readonly TracedStep[] {
    this.end();
    return this.#steps;
  }

  /** What the genes of the next episode share, observed. */
  moment(...shared: ConstructorParameters<typeof Moment>): Moment {
    return this.#moment = new TracedMoment(...shared);
  }

  /** The genes of that episode, observed. */
  players(agent: Agent, space: Space): Players {
    return new TracedPlayers(agent, this.#moment!, space, this);
  }
}

/** How many values a step holds, about. */
function sizeOf({ perception, genes, votes = [], action = 0 }: OpenStep): number {
  let size = 8 + votes.length + lengthOf(action);
  for (const name in perception) size += 1 + lengthOf(perception[name]!);
  for (const { votes = [], emitted = [], returned = 0 } of genes) {
    size += 8 + 2 * votes.length + lengthOf(returned ?? 0);
    for (const [, value] of emitted) size += 1 + lengthOf(value);
  }
  return size;
}

function lengthOf(value: Kept): number {
  return typeof value === "number" ? 1 : value.length;
}

/** Signals that tell which of them are emitted. */
class Emitted extends Map<string, Kept> {
  noted: [string, Kept][] = [];

  override set(name: string, value: Kept): this {
    this.noted.push([name, value]);
    return super.set(name, value);
  }
}

/** What all genes of an episode share, and what each of them did with it. */
class TracedMoment extends Moment {
  readonly emitted: Emitted = new Emitted();
  override readonly signals: Shelf = new Shelf(
    { names: limits.signals, numbers: limits.signalNumbers },
    -0,
    this.emitted,
  );
  draws = 0;

  override streamOf(gene: string): Random {
    const random = super.streamOf(gene);
    return () => {
      this.draws++;
      return random();
    };
  }
}

/** What decides on actions, and tells whether it was by a list. */
class Watched implements Choices {
  readonly #space: Space;
  isList = false;

  constructor(space: Space) {
    this.#space = space;
  }

  isChoice(returned: unknown): boolean {
    return this.#space.isChoice(returned);
  }

  fit(choice: unknown): Action {
    this.isList = typeof choice === "object";
    return this.#space.fit(choice);
  }

  missing(): Action {
    return this.#space.missing();
  }
}

/** The genes of an episode, each with an observer around it. */
class TracedPlayers extends Players {
  readonly #tracer: Tracer;
  readonly #moment: TracedMoment;
  readonly #space: Space;
  readonly #choices: Watched;

  constructor(agent: Agent, moment: TracedMoment, space: Space, tracer: Tracer) {
    const choices = new Watched(space);
    super(agent, moment, choices, (gene, phase) => observed(gene, phase, moment, tracer));
    this.#tracer = tracer;
    this.#moment = moment;
    this.#space = space;
    this.#choices = choices;
  }

  override act(step: number, perception: Perceived): Action {
    const { episode, votes } = this.#moment;
    this.#tracer.begin(episode, step, perception);
    const { open } = this.#tracer;
    if (open === undefined) return super.act(step, perception);
    const { invalid } = this.#space;
    this.#choices.isList = false;
    const action = super.act(step, perception);
    if (votes.some((weight) => weight !== 0)) open.votes = votes.slice();
    open.action = action;
    if (this.#space.invalid > invalid) open.invalid = true;
    // What a gene returns as a list may be anything, so it is read but once: by the space.
    if (this.#choices.isList) open.genes.at(-1)!.returned = action;
    return action;
  }

  override learn(reward: number): void {
    const { open } = this.#tracer;
    if (open !== undefined) open.reward = reward;
    super.learn(reward);
    this.#tracer.end();
  }
}

/** A gene with an observer around it. */
function observed({ name, run }: WiredGene, phase: string, moment: TracedMoment, tracer: Tracer): Gene {
  return (context) => {
    const { open } = tracer;
    if (open === undefined) return run(context);
    const gene: OpenGene = { gene: name, phase, ms: 0 };
    open.genes.push(gene);
    const votes = moment.votes.slice();
    const probes = moment.stage!.probesLeft;
    moment.emitted.noted = [];
    moment.draws = 0;
    const began = now();
    let ended = began;
    try {
      const returned = run(context);
      ended = now();
      if (phase === "act" && typeof returned === "number") gene.returned = isFinite(returned) ? returned : null;
      return returned;
    } finally {
      if (ended === began) ended = now();
      gene.ms = round((ended - began) * 1000) / 1000;
      noteVotes(gene, votes, moment.votes);
      if (moment.emitted.noted.length > 0) gene.emitted = moment.emitted.noted;
      if (moment.draws > 0) gene.draws = moment.draws;
      if (moment.stage!.probesLeft < probes) gene.probes = probes - moment.stage!.probesLeft;
    }
  };
}

function noteVotes(gene: OpenGene, before: readonly number[], after: readonly number[]): void {
  const votes: [number, number][] = [];
  for (let action = 0; action < after.length; action++) {
    const weight = after[action]! - before[action]!;
    if (weight !== 0) votes.push([action, weight]);
  }
  if (votes.length > 0) gene.votes = votes;
}
