/**
 * The context that each gene is called with.
 *
 * @module
 */

import type { GeneContext, GenomeEditor, GenomeView, Message, Past, Probed, WiredGene } from "./contract.ts";
import { closeInstances } from "./freeze.ts";
import type { Kept, Shelf } from "./memory.ts";
import type { Moment } from "./moment.ts";
import type { Random } from "./random.ts";

const { freeze } = Object;
const { isFinite, isInteger } = Number;

const none: readonly never[] = freeze([]);

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
  // deno-lint-ignore no-explicit-any -- as the contract has it
  readonly instance: any;
  readonly inbox: readonly Message[];
  readonly addresses: number;
  readonly #moment: Moment;
  readonly #name: string;
  readonly #memory: Shelf;
  readonly #remembered: Map<string, Kept>;
  readonly #shared: Shelf;
  readonly #signals: Map<string, Kept>;
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
    this.instance = moment.instance;
    this.inbox = self.inbox;
    this.addresses = self.outbox.addresses;
    this.#moment = moment;
    this.#name = gene.name;
    this.#memory = moment.memory.shelf(gene.name.slice(0, gene.name.indexOf("#")));
    this.#remembered = this.#memory.kept;
    this.#shared = signals;
    this.#signals = signals.kept;
    this.#votes = votes;
    freeze(this);
  }

  get step(): number {
    return this.#moment.step;
  }

  get lastAction(): number {
    return this.#moment.lastAction;
  }

  get lastActions(): readonly number[] {
    return this.#moment.lastActions;
  }

  get reward(): number {
    return this.#moment.reward;
  }

  get total(): number {
    return this.#moment.total;
  }

  // deno-lint-ignore no-explicit-any -- as the contract has it
  get perception(): any {
    return this.#moment.perception;
  }

  random(): number {
    const random = this.#random ??= this.#moment.streamOf(this.#name);
    return random();
  }

  signal(name: string, otherwise?: number): number {
    const value = this.#signals.get(name);
    return typeof value === "number" ? value : otherwise === undefined ? 0 : otherwise;
  }

  vector(name: string, otherwise?: readonly number[]): readonly number[] {
    const value = this.#signals.get(name);
    return typeof value === "object" ? value : otherwise === undefined ? none : otherwise;
  }

  emit(name: string, value: number | readonly number[]): void {
    const signals = this.#signals;
    if (isFinite(value) && typeof signals.get(name) === "number") signals.set(name, value as number);
    else this.#shared.keep(name, value);
  }

  vote(action: number, weight: number): void {
    if (isInteger(action) && action >= 0 && action < this.actions && isFinite(weight)) this.#votes[action]! += weight;
  }

  votes(action: number): number {
    return isInteger(action) && action >= 0 && action < this.actions ? this.#votes[action]! : 0;
  }

  recall(key: string, otherwise?: number): number {
    const value = this.#remembered.get(key);
    return typeof value === "number" ? value : otherwise === undefined ? 0 : otherwise;
  }

  recallVector(key: string, otherwise?: readonly number[]): readonly number[] {
    const value = this.#remembered.get(key);
    return typeof value === "object" ? value : otherwise === undefined ? none : otherwise;
  }

  remember(key: string, value: number | readonly number[]): void {
    const remembered = this.#remembered;
    if (isFinite(value) && typeof remembered.get(key) === "number") remembered.set(key, (value as number) + 0);
    else this.#memory.keep(key, value);
  }

  probe(point: number | readonly number[]): Probed | undefined {
    return this.#moment.stage?.probe(point);
  }

  get probesLeft(): number {
    return this.#moment.stage === undefined ? 0 : this.#moment.stage.probesLeft;
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
