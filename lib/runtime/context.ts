/**
 * The context that each gene is called with.
 *
 * @module
 */

import type { GeneContext, GenomeEditor, GenomeView, Message, Past, WiredGene } from "./contract.ts";
import { closeInstances } from "./freeze.ts";
import { isName, limits } from "./limits.ts";
import type { Shelf } from "./memory.ts";
import type { Moment } from "./moment.ts";
import { deriveSeed, type Random, stream } from "./random.ts";

const { freeze } = Object;
const { isFinite, isInteger } = Number;

/**
 * One gene's context in one episode. It is frozen; what changes lies in private fields out of genes' reach.
 *
 * Genes call it a hundred times a step, so what lasts for the episode is a plain property, or at hand in a field of its
 * own: an engine that interprets takes several times as long for a call within a call.
 */
// deno-lint-ignore no-explicit-any -- each file declares parameters of its own
export class Context implements GeneContext<any> {
  readonly steps: number;
  readonly episode: number;
  readonly actions: number;
  readonly parameters: WiredGene["parameters"];
  readonly inbox: readonly Message[];
  readonly addresses: number;
  readonly #moment: Moment;
  readonly #name: string;
  readonly #shelf: Shelf;
  readonly #remembered: Map<string, number>;
  readonly #signals: Map<string, number>;
  readonly #votes: number[];
  #random: Random | undefined;

  /**
   * @param gene The gene.
   * @param moment What all genes of the episode share.
   */
  constructor(gene: WiredGene, moment: Moment) {
    const { self, votes, signals } = moment;
    this.steps = moment.steps;
    this.episode = moment.episode;
    this.actions = votes.length;
    this.parameters = freeze({ ...gene.parameters });
    this.inbox = self.inbox;
    this.addresses = self.outbox.addresses;
    this.#moment = moment;
    this.#name = gene.name;
    this.#shelf = moment.memory.shelf(gene.name.slice(0, gene.name.indexOf("#")));
    this.#remembered = this.#shelf.numbers;
    this.#signals = signals;
    this.#votes = votes;
    freeze(this);
  }

  get step(): number {
    return this.#moment.step;
  }

  get lastAction(): number {
    return this.#moment.lastAction;
  }

  get reward(): number {
    return this.#moment.reward;
  }

  get total(): number {
    return this.#moment.total;
  }

  get perception(): Readonly<Record<string, number>> {
    return this.#moment.perception;
  }

  random(): number {
    const random = this.#random ??= stream(deriveSeed(this.#moment.self.seed, this.episode, this.#name));
    return random();
  }

  signal(name: string, otherwise?: number): number {
    const value = this.#signals.get(name);
    return value !== undefined ? value : otherwise === undefined ? 0 : otherwise;
  }

  emit(name: string, value: number): void {
    if (!isFinite(value)) return;
    const signals = this.#signals;
    if (signals.has(name) || isName(name) && signals.size < limits.signals) signals.set(name, value);
  }

  vote(action: number, weight: number): void {
    if (isInteger(action) && action >= 0 && action < this.actions && isFinite(weight)) this.#votes[action]! += weight;
  }

  votes(action: number): number {
    return isInteger(action) && action >= 0 && action < this.actions ? this.#votes[action]! : 0;
  }

  recall(key: string, otherwise?: number): number {
    const value = this.#remembered.get(key);
    return value !== undefined ? value : otherwise === undefined ? 0 : otherwise;
  }

  remember(key: string, value: number): void {
    if (!isFinite(value)) return;
    const remembered = this.#remembered;
    if (remembered.has(key)) remembered.set(key, value + 0); // -0 would not survive JSON
    else this.#shelf.remember(key, value);
  }

  send(address: number, body: readonly number[]): void {
    this.#moment.self.outbox.send(address, body);
  }

  active(gene: string): boolean {
    return this.#moment.self.active.has(gene);
  }

  get genome(): GenomeEditor {
    return this.#moment.self.genome;
  }

  get mates(): readonly GenomeView[] {
    return this.#moment.mates;
  }

  get past(): Past {
    return this.#moment.past;
  }
}

closeInstances(Context);
