/**
 * The context that each gene is called with.
 *
 * @module
 */

import type { GenomeEditor, GenomeView, Life, Message, Past, WiredGene } from "./contract.ts";
import { limits } from "./limits.ts";
import type { Shelf } from "./memory.ts";
import type { Moment } from "./moment.ts";
import { deriveSeed, type Random, stream } from "./random.ts";

/** One gene's context in one episode. It is frozen; what changes lies in private fields out of genes' reach. */
export class Context implements Life {
  readonly #moment: Moment;
  readonly #name: string;
  readonly #shelf: Shelf;
  readonly #parameters: Readonly<Record<string, number>>;
  #random: Random | undefined;

  /**
   * @param gene The gene.
   * @param moment What all genes of the episode share.
   */
  constructor(gene: WiredGene, moment: Moment) {
    this.#moment = moment;
    this.#name = gene.name;
    this.#parameters = Object.freeze({ ...gene.parameters });
    this.#shelf = moment.memory.shelf(gene.name.slice(0, gene.name.indexOf("#")));
    Object.freeze(this);
  }

  get step(): number {
    return this.#moment.step;
  }

  get steps(): number {
    return this.#moment.steps;
  }

  get episode(): number {
    return this.#moment.episode;
  }

  get actions(): number {
    return this.#moment.votes.length;
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

  get parameters(): Readonly<Record<string, number>> {
    return this.#parameters;
  }

  get perception(): Readonly<Record<string, number>> {
    return this.#moment.perception;
  }

  random(): number {
    const random = this.#random ??= stream(deriveSeed(this.#moment.self.seed, this.#moment.episode, this.#name));
    return random();
  }

  signal(name: string, otherwise = 0): number {
    return this.#moment.signals.get(name) ?? otherwise;
  }

  emit(name: string, value: number): void {
    if (typeof name !== "string" || name.length > limits.name || !Number.isFinite(value)) return;
    const { signals } = this.#moment;
    if (signals.size < limits.signals || signals.has(name)) signals.set(name, value);
  }

  vote(action: number, weight: number): void {
    const { votes } = this.#moment;
    if (!Number.isInteger(action) || action < 0 || action >= votes.length || !Number.isFinite(weight)) return;
    votes[action]! += weight;
  }

  votes(action: number): number {
    return typeof action === "number" ? this.#moment.votes[action] ?? 0 : 0;
  }

  recall(key: string, otherwise = 0): number {
    return this.#shelf.recall(key, otherwise);
  }

  remember(key: string, value: number): void {
    this.#shelf.remember(key, value);
  }

  get inbox(): readonly Message[] {
    return this.#moment.self.inbox;
  }

  get addresses(): number {
    return this.#moment.self.outbox.addresses;
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

// Genes hold instances; from these they must not get at the class.
delete (Context.prototype as { constructor?: unknown }).constructor;
Object.freeze(Context.prototype);
