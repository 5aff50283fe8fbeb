/**
 * What all genes of one episode share.
 *
 * @module
 */

import type { Action, GenomeView, Past } from "./contract.ts";
import { limits } from "./limits.ts";
import { type Memory, Shelf } from "./memory.ts";
import { deriveSeed, type Random, stream } from "./random.ts";
import type { Self } from "./self.ts";
import type { Perceived, Stage } from "./stage.ts";

/** What an episode needs of the agent itself. */
export type Individual = Pick<
  Self,
  "seed" | "genomeSeed" | "active" | "inbox" | "outbox" | "genes" | "checks" | "tellsDraws" | "drew" | "genome"
>;

/** The present of an episode; the runtime changes it, genes see it through their contexts. */
export class Moment {
  step = 0;
  lastAction = -1;
  reward = 0;
  total = 0;
  #last: readonly number[] | undefined = none;
  perception: Perceived = nothing;
  instance: unknown = undefined;
  /** Where genes probe; undefined outside of episodes. */
  stage: Stage | undefined;
  /** What tells genes' streams of this episode from those of others, where they come from the genome. */
  place = 0;
  mates: readonly GenomeView[] = none;
  past: Past = unknownPast;
  readonly signals = new Shelf({ names: limits.signals, numbers: limits.signalNumbers }, -0);
  readonly votes: number[];

  /**
   * @param self The agent.
   * @param memory What it remembers.
   * @param episode Number of the episode, from 0.
   * @param steps Steps that the episode may last.
   * @param actions Number of actions of a discrete space.
   */
  constructor(
    readonly self: Individual,
    readonly memory: Memory,
    readonly episode: number,
    readonly steps: number,
    actions: number,
  ) {
    this.votes = new Array(actions).fill(0);
  }

  /** The numbers of the action that was taken last. */
  get lastActions(): readonly number[] {
    return this.#last ??= Object.freeze([this.lastAction]);
  }

  /** The stream of a gene in this episode. */
  streamOf(gene: string): Random {
    const { self, place, episode } = this;
    if (this.stage === undefined) return stream(deriveSeed(self.seed, episode, gene));
    if (self.tellsDraws) self.drew = true;
    if (self.genomeSeed !== undefined) return stream(deriveSeed(self.genomeSeed, place, gene));
    return stream(deriveSeed(self.seed, episode, gene));
  }

  /** Takes up what the world tells of the episode. */
  begin(stage: Stage, place: number): void {
    this.stage = stage;
    this.place = place;
    this.instance = stage.inform();
  }

  /** Notes the action that is taken. */
  take(action: Action): void {
    if (typeof action === "number") {
      this.lastAction = action;
      this.#last = undefined;
    } else this.#last = action;
  }
}

const nothing = Object.freeze({});
const none: readonly never[] = Object.freeze([]);

/** The past as it is told outside the phases `birth` and `end`. */
export const unknownPast: Past = Object.freeze({ scores: none, present: none, bestScore: undefined, best: undefined });
