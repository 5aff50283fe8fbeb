/**
 * The agents of a twin, and what evaluations change of them: the same rules as those of `supervise`, in memory.
 *
 * @module
 */

import { historyLength } from "../db/score_history.ts";
import type { Pool } from "../genome/pool.ts";
import { keepsEpisodes } from "../evaluation/kept_episodes.ts";
import { AddressBook } from "../evaluation/addresses.ts";
import { afterResult } from "../evaluation/agent_score.ts";
import { backoffUntilCycle, isWornOut } from "../evaluation/backoff.ts";
import type { Failure } from "../isolation/outcome.ts";
import { causeOfEnd } from "../records/cause.ts";
import type { Config } from "../run/config_schema.ts";
import { mean, meansOf } from "../run/means.ts";
import type { AgentReply, JudgedEpisode, WorldSeed, WorldSettings } from "../runtime/contract.ts";
import { type Account, chargedAll } from "../selection/energy.ts";
import type { Trial } from "../selection/strategy.ts";
import { type TwinAgent, unscored } from "./agent.ts";
import { type Bench, evaluated, type TwinResult } from "./evaluation.ts";
import type { Genotypes } from "./genotype.ts";

/** What the evaluations of a cycle have in common. */
export interface CycleFacts {
  readonly cycle: number;
  readonly worlds: readonly WorldSeed[];
  /** Hash of the conditions of its scores. */
  readonly conditions: string;
  /** What failures depend on besides the genome: a back-off ends with these. */
  readonly circumstances: string;
}

/** What the evaluations of a run have in common. */
export interface RunFacts {
  readonly bench: Bench;
  readonly pool: Pool;
  readonly config: Config;
  readonly genotypes: Genotypes;
}

/** A letter on its way. */
interface Letter {
  readonly from: number;
  readonly recipient: string;
  readonly body: readonly number[];
}

/** The agents of a twin that are not dead, in the order of their creation. */
export class Population {
  agents: TwinAgent[];
  readonly #facts: RunFacts;
  /** What was due in the present cycle. */
  #due: ReadonlySet<TwinAgent> = new Set();
  #letters: Letter[] = [];

  constructor(facts: RunFacts, agents: TwinAgent[]) {
    this.#facts = facts;
    this.agents = agents;
  }

  /** Looks at genomes that are new, as `scan` and `build` do; gives how many agents are disabled by that. */
  look(cycle: number): number {
    let disabled = 0;
    for (const agent of this.agents) {
      if (agent.isLookedAt) continue;
      const issue = agent.look(this.#facts.pool);
      if (!issue || !agent.isActive) continue;
      agent.disable(cycle, issue);
      disabled++;
    }
    return disabled;
  }

  /**
   * Runs and judges all that is due in a cycle.
   *
   * @param failing Called once something has failed.
   * @returns How the evaluations ended, in order.
   */
  judge(facts: CycleFacts, failing: () => void): TwinResult[] {
    const { cycle, circumstances } = facts;
    for (const agent of this.agents) agent.revive(circumstances);
    const members = this.agents.filter((agent) => agent.isActive || agent.disabled!.cycle === cycle);
    const book = new AddressBook(this.#facts.bench.seed, cycle, members.map(({ id }) => id));
    this.#due = new Set(this.agents.filter((agent) => this.#isDue(agent, facts)));
    let hasFailed = false;
    return [...this.#due].map((agent) => {
      const result = this.#judge(agent, facts, book);
      if (!result.ok && !hasFailed) failing();
      hasFailed ||= !result.ok;
      return result;
    });
  }

  /** Ends the episodes of a cycle: mail is delivered, and accounts are charged. */
  close(cycle: number): void {
    this.#deliver();
    this.#charge(cycle);
  }

  /** Lets the newborn change themselves; gives how their gestations ended, in order. */
  gestate(facts: CycleFacts): TwinResult[] {
    return this.agents.filter(({ stage, isActive }) => stage === "newborn" && isActive).map((agent) => {
      const { id, born, genotype, mates } = agent;
      const result = evaluated(this.#facts.bench, {
        id,
        kind: "gestation",
        cycle: born,
        genotype,
        mates,
        past: { scores: [], present: [], bestScore: null, best: null },
        inbox: [],
        addresses: 0,
        memory: undefined,
        episodes: 0,
      });
      agent.mates = [];
      if (!result.ok) this.#fail(agent, { ...facts, cycle: born }, "gestation", result.failure);
      else {
        agent.account = { ...agent.account, crashes: 0 };
        agent.backoffUntil = 0;
        agent.stage = "adult";
        this.#change(agent, result.reply);
      }
      return result;
    });
  }

  /** Takes from agents the scores that they earned under other conditions. */
  forgetScores(): void {
    for (const agent of this.agents) {
      const { crashes, failedUnder } = agent.account;
      agent.bestGenotype = undefined;
      agent.account = { ...unscored, crashes, failedUnder };
    }
  }

  get #world(): WorldSettings {
    return this.#facts.bench.world;
  }

  #isDue(
    { isActive, stage, backoffUntil, account, genotype }: TwinAgent,
    { cycle, circumstances }: CycleFacts,
  ): boolean {
    const { failedUnder } = account;
    const isOther = failedUnder !== null && failedUnder !== circumstances;
    return isActive && stage === "adult" && (backoffUntil <= cycle || isOther) &&
      (this.#world.noisy || account.score === null || account.scoredGenomeHash !== genotype.hash);
  }

  #judge(agent: TwinAgent, facts: CycleFacts, book: AddressBook): TwinResult {
    const { bench, config } = this.#facts;
    const { id, ordinal, genotype } = agent;
    const { cycle, worlds, conditions } = facts;
    const addresses = book.draw(id, config.mail.addresses);
    const result = evaluated(bench, {
      id,
      kind: "judged",
      cycle,
      genotype,
      past: this.#past(agent, conditions),
      inbox: agent.inbox,
      addresses: addresses.length,
      memory: this.#world.memory === "lifetime" ? agent.memory : undefined,
      episodes: worlds.length,
    });
    agent.inbox = [];
    if (!result.ok) this.#fail(agent, facts, "judged", result.failure);
    else {
      this.#score(agent, facts, result.judgements);
      // Memory belongs to a genome: what changes loses it.
      agent.memory = result.reply.memory.length > 0 ? JSON.stringify(result.reply.memory) : undefined;
      this.#change(agent, result.reply);
      for (const { address, body } of result.reply.outbox.slice(0, config.mail.messages)) {
        this.#letters.push({ from: ordinal, recipient: addresses[address]!, body });
      }
    }
    return result;
  }

  #past({ history, genotype, account, bestGenotype }: TwinAgent, conditions: string) {
    const rows = history.filter((past) => past.conditions === conditions).slice(-historyLength);
    const change = rows.findLastIndex(({ genome }) => genome !== genotype.hash);
    const scores = rows.map(({ score }) => score);
    return {
      scores,
      present: scores.slice(change + 1),
      bestScore: bestGenotype ? account.bestScore : null,
      best: bestGenotype?.bytes.toBase64() ?? null,
    };
  }

  #score(agent: TwinAgent, facts: CycleFacts, judgements: readonly JudgedEpisode[]): void {
    const { genotype, history } = agent;
    const { cycle, conditions } = facts;
    const score = mean(judgements.map((judgement) => judgement.score));
    const violation = mean(judgements.map(({ violation = 0 }) => violation));
    const measures = meansOf(judgements);
    agent.account = afterResult(
      agent.account,
      { genomeHash: genotype.hash, reach: "" },
      { score, violation },
    );
    if (agent.account.bestGenomeHash === genotype.hash) agent.bestGenotype = genotype;
    agent.backoffUntil = 0;
    agent.failed = undefined;
    history.push({ score, genome: genotype.hash, conditions });
    const same = history.filter((past) => past.conditions === conditions);
    if (same.length > historyLength) history.splice(history.indexOf(same[0]!), 1);
    const trials = trialsOf(facts, judgements, { violation, measures }, this.#world, this.#facts.config.fitness);
    agent.judged = { cycle, genotype, conditions, score, violation, measures, trials };
  }

  #change(agent: TwinAgent, { genome }: AgentReply): void {
    if (genome === null) return;
    const genotype = this.#facts.genotypes.of(Uint8Array.fromBase64(genome));
    if (genotype.hash !== agent.genotype.hash) agent.change(genotype);
  }

  #fail(
    agent: TwinAgent,
    { cycle, circumstances }: CycleFacts,
    kind: "judged" | "gestation",
    { outcome, message }: Failure,
  ): void {
    const { config: { backoff }, bench: { seed } } = this.#facts;
    agent.failed = { cycle, outcome };
    if (causeOfEnd(outcome) !== "agent") return;
    // What failed in other circumstances is no part of the row of failures that a back-off is for.
    const { crashes: before, failedUnder } = agent.account;
    const crashes = (failedUnder !== null && failedUnder !== circumstances ? 0 : before) + 1;
    agent.account = { ...agent.account, crashes, failedUnder: circumstances };
    if (kind === "gestation") {
      agent.disable(cycle, { code: `gestation.${outcome}`, message: `Its gestation failed: ${message}` });
      return;
    }
    agent.backoffUntil = backoffUntilCycle(seed, agent.id, cycle, crashes, backoff);
    if (!isWornOut(crashes, backoff)) return;
    const often = `It failed ${crashes} times in a row, the last time so: ${message}`;
    agent.disable(cycle, { code: `evaluation.${outcome}`, message: often });
  }

  /** In the order of senders and letters; what an inbox can't hold goes, the oldest first. */
  #deliver(): void {
    const letters = this.#letters;
    if (letters.length === 0) return;
    this.#letters = [];
    const { inbox } = this.#facts.config.mail;
    const byId = new Map(this.agents.map((agent) => [agent.id, agent]));
    for (const { from, recipient, body } of letters) byId.get(recipient)?.inbox.push({ from, body });
    for (const agent of this.agents) if (agent.inbox.length > inbox) agent.inbox.splice(0, agent.inbox.length - inbox);
  }

  /** Charges all at once that took part, as `chargeCycle` does. */
  #charge(cycle: number): void {
    const charged = this.agents.flatMap((agent) => {
      const account = this.#due.has(agent) ? evaluatedAccount(agent, cycle) : this.#settledAccount(agent, cycle);
      return account ? [{ agent, account }] : [];
    });
    const energies = chargedAll(charged.map(({ account }) => account), this.#facts.config.energy);
    for (const [i, { agent }] of charged.entries()) agent.energy = energies[i]!;
  }

  /** What was not due since its genome has its score earns it again. */
  #settledAccount({ energy, account, genotype, isActive, stage, backoffUntil }: TwinAgent, cycle: number) {
    const { score, scoredGenomeHash, violation } = account;
    const isSettled = !this.#world.noisy && isActive && stage === "adult" && score !== null &&
      scoredGenomeHash === genotype.hash && backoffUntil <= cycle;
    return isSettled ? { energy, result: { score, violation } } satisfies Account : undefined;
  }
}

function evaluatedAccount({ energy, judged, failed }: TwinAgent, cycle: number): Account | undefined {
  if (judged?.cycle === cycle) return { energy, result: judged };
  return failed && causeOfEnd(failed.outcome) === "agent" ? { energy } : undefined;
}

/**
 * The episodes of an evaluation, as a selection is given them.
 *
 * @param means Of which the measures stand for those of each episode, where these are not kept.
 */
export function trialsOf(
  { cycle, worlds, conditions }: CycleFacts,
  judgements: readonly JudgedEpisode[],
  means: { readonly violation: number; readonly measures: Readonly<Record<string, number>> },
  world: WorldSettings,
  fitness: Config["fitness"],
): Trial[] {
  const { objectives = [], noisy } = world;
  const isKept = keepsEpisodes(world, fitness);
  return judgements.map(({ score, measures }, i) => ({
    cycle,
    instance: worlds[i]!.instance ?? null,
    seed: noisy ? worlds[i]!.seed : "",
    environment: conditions,
    objectives: objectives.length < 2
      ? [score]
      : objectives.map(({ name, sense }) => (sense === "minimise" ? -measures[name]! : measures[name]!) + 0),
    violation: means.violation,
    measures: isKept ? measures : means.measures,
  }));
}
