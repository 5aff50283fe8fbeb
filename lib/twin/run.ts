/**
 * A whole run in memory: what `init` and a chain of cycles would come to, without folders, processes and a listing.
 *
 * @module
 */

import type { Estimates } from "../db/estimates.ts";
import { drawViable, mostDraws } from "../genome/draw.ts";
import { conditionsOf } from "../run/conditions.ts";
import { agentId } from "../run/id.ts";
import { energyRule } from "../run/energy_rule.ts";
import { isPlugin } from "../run/strategy_names.ts";
import { environmentAt } from "../run/schedule.ts";
import { worldsOf } from "../run/worlds.ts";
import { toBytes } from "../runtime/genome_bytes.ts";
import { deriveSeed, stream } from "../runtime/random.ts";
import { type Plan, plan, type PlannedBirth } from "../selection/core.ts";
import { raceEntrants } from "../selection/race.ts";
import { demandNeeds } from "../selection/needs.ts";
import { loadStrategy } from "../selection/strategies.ts";
import type { Candidate, Strategy } from "../selection/strategy.ts";
import { initDefaults } from "../template/template_folder.ts";
import { TwinAgent } from "./agent.ts";
import { candidatesOf } from "./candidates.ts";
import { Demands } from "./demands.ts";
import { Entrants } from "./entrants.ts";
import { Figures } from "./figures.ts";
import { type Fitness, fitnessOf, onDiskOnly } from "./fitness.ts";
import { type Genotype, Genotypes } from "./genotype.ts";
import type { TwinCycle, TwinEnd, TwinJob, TwinRun } from "./job.ts";
import { type CycleFacts, Population } from "./population.ts";
import type { TwinProgram } from "./program.ts";
import { raceOf, type RaceParts } from "./race.ts";
import type { Realm } from "./realm.ts";

/**
 * Runs a job to its end. Needs no permission.
 *
 * @param realm Where the program runs.
 * @throws {Misuse} If the configuration can't be used with this world.
 * @throws {StepFailed} If the world fails where no gene is active, or no evaluation of a cycle gives a score.
 */
export async function runTwin(program: TwinProgram, realm: Realm, job: TwinJob): Promise<TwinRun> {
  const { seed, config } = job;
  const { strategy } = config.selection;
  if (isPlugin(strategy)) throw onDiskOnly("selection.strategy", strategy);
  const loaded = await loadStrategy(strategy);
  demandNeeds(strategy, loaded.needs ?? {}, program.pool.world, config);
  const run = new Run(program, realm, job, loaded);
  const cycles: TwinCycle[] = [];
  for (let cycle = 1;; cycle++) {
    const last = await run.cycle(cycle);
    if (job.tells !== "nothing") cycles.push(last);
    const end = run.endAfter(last);
    if (!end) continue;
    const estimates = run.figures.estimates();
    const population = run.figures.members(estimates);
    return { seed, end, last, cycles, population, entrants: run.entrants(estimates) };
  }
}

class Run {
  readonly figures: Figures;
  readonly #program: TwinProgram;
  readonly #realm: Realm;
  readonly #job: TwinJob;
  readonly #strategy: Strategy;
  readonly #energyRule: boolean;
  readonly #genotypes: Genotypes;
  readonly #population: Population;
  readonly #fitness: Fitness;
  readonly #demands: Demands;
  readonly #races: RaceParts;
  readonly #entrants: Entrants;
  #archive: readonly Candidate[] = [];
  /** Genomes by their hashes that the archive names. */
  #kept = new Map<string, Genotype>();
  #ordinals: number;
  #conditions: string | undefined;

  constructor(program: TwinProgram, realm: Realm, job: TwinJob, strategy: Strategy) {
    const { pool } = program;
    const { seed, config, count } = job;
    this.#program = program;
    this.#realm = realm;
    this.#job = job;
    this.#strategy = strategy;
    this.#energyRule = energyRule({ energy: strategy.energy ?? "configured" }, config);
    this.#genotypes = new Genotypes(pool);
    const bench = { realm, seed, world: pool.world, limits: config.limits };
    const agents = Array.from({ length: count }, (_, index) => this.#initial(index));
    this.#population = new Population({ bench, pool, config, genotypes: this.#genotypes }, agents);
    this.#ordinals = count;
    this.#fitness = fitnessOf(config.fitness);
    this.#demands = new Demands(bench, pool, this.#genotypes);
    this.#races = { bench, config, fitness: this.#fitness, demands: this.#demands };
    this.#entrants = new Entrants(config.retention.cycles);
    this.figures = new Figures(this.#population);
  }

  /** One cycle, in the order of its steps. */
  async cycle(cycle: number): Promise<TwinCycle> {
    const facts = await this.#begin(cycle);
    const lethal = this.#population.look(cycle);
    const judged = this.#population.judge(facts, () => this.#demands.control(facts));
    this.#demands.score(cycle, judged);
    const race = this.#strategy.uses.includes("race") ? raceOf(this.#races, facts, this.#population.agents) : undefined;
    this.#population.close(cycle);
    const candidates = candidatesOf(this.#population.agents, {
      ...facts,
      places: race?.places,
      world: this.#program.pool.world,
      code: this.#program.pool.hash,
      energyRule: this.#energyRule,
      sterileParents: this.#job.config.selection.sterileParents,
      fitness: this.#fitness,
    });
    const made = plan(this.#input(cycle, candidates), this.#strategy);
    const dead = this.#apply(cycle, made);
    this.#entrants.died(dead, cycle);
    const gestated = this.#population.gestate(facts);
    return this.figures.of({
      cycle,
      conditions: facts.conditions,
      episodes: facts.worlds.length,
      lethal,
      judged,
      race: race && { raced: race.raced, episodes: this.#job.config.selection.race!.episodes },
      gestated,
      plan: made,
      living: candidates.living,
      dead,
      tellsAgents: this.#job.tells === "agents",
    });
  }

  /** What a final race would begin with. */
  entrants(estimates: Estimates | undefined): Uint8Array<ArrayBuffer>[] {
    const archive = this.#archive.map(({ genome }) => this.#kept.get(genome)!);
    const { agents } = this.#population;
    const facts = { agents, archive, conditions: this.#conditions!, estimates, most: raceEntrants };
    return this.#entrants.of(facts).map(({ bytes }) => new Uint8Array(bytes));
  }

  /** Whether the run ends after a cycle, and by what. */
  endAfter({ cycle, episodes, best, alive }: TwinCycle): TwinEnd | undefined {
    const { until, episodes: budget = Infinity, cycles = Infinity } = this.#job;
    if (until !== undefined && best !== undefined && best.score >= until) return "score";
    if (episodes >= budget) return "episodes";
    if (cycle >= cycles) return "cycles";
    return alive === 0 ? "extinct" : undefined;
  }

  #initial(index: number): TwinAgent {
    const { seed, genomes = [], config } = this.#job;
    const genotype = genomes[index] ? this.#genotypes.of(genomes[index]) : this.#drawn("genome", index);
    return new TwinAgent({
      id: agentId(seed, "init", index),
      ordinal: index,
      kind: "init",
      born: 0,
      generation: 0,
      island: index % (config.selection.islands?.count ?? 1),
      birthAge: 0,
      parents: [],
      genotype,
      energy: config.energy.start,
    });
  }

  /** A genome drawn from the stream of this name. */
  #drawn(...name: readonly (string | number)[]): Genotype {
    const { seed, active = initDefaults.active } = this.#job;
    const random = stream(deriveSeed(seed, ...name));
    return this.#genotypes.of(toBytes(drawViable(this.#program.pool, random, active, mostDraws).genome));
  }

  /** The worlds of a cycle, which the realm holds from now on. */
  async #begin(cycle: number): Promise<CycleFacts> {
    const { pool } = this.#program;
    const worlds = worldsOf(this.#job.seed, cycle, pool.world, this.#job.config.world);
    this.#realm.share("worlds", JSON.stringify(worlds));
    const conditions = await conditionsOf(pool, worlds);
    if (this.#conditions !== undefined && conditions !== this.#conditions) this.#population.forgetScores();
    this.#conditions = conditions;
    return { cycle, worlds, conditions, circumstances: environmentAt(this.#job.config.world, cycle) ?? "" };
  }

  #input(cycle: number, candidates: ReturnType<typeof candidatesOf>) {
    const { seed, config: { selection: options }, count } = this.#job;
    const { objectives = [] } = this.#program.pool.world;
    return { seed, cycle, size: options.size ?? count, options, objectives, ...candidates, archive: this.#archive };
  }

  /** Carries out a plan; gives the agents that die. */
  #apply(cycle: number, { deaths, births, archive }: Plan): TwinAgent[] {
    const { agents } = this.#population;
    const genomes = new Map(this.#kept);
    for (const { genotype, judged } of agents) {
      genomes.set(genotype.hash, genotype);
      if (judged) genomes.set(judged.genotype.hash, judged.genotype);
    }
    const dying = new Set(deaths.map(({ id }) => id));
    const newborn = births.map((birth) => this.#born(cycle, birth, genomes));
    this.#population.agents = [...agents.filter(({ id }) => !dying.has(id)), ...newborn];
    this.#archive = archive;
    this.#kept = new Map(archive.map(({ genome }) => [genome, genomes.get(genome)!]));
    return agents.filter(({ id }) => dying.has(id));
  }

  #born(cycle: number, birth: PlannedBirth, genomes: ReadonlyMap<string, Genotype>): TwinAgent {
    const { kind, number, generation, island, age } = birth;
    const parents = birth.parents.map(({ id, genome }) => ({ id: id.split("@")[0]!, genotype: genomes.get(genome)! }));
    return new TwinAgent({
      id: agentId(this.#job.seed, "birth", cycle, number),
      ordinal: this.#ordinals++,
      kind,
      born: cycle,
      generation,
      island,
      birthAge: age,
      parents,
      genotype: parents[0]?.genotype ?? this.#drawn("genome", "birth", cycle, number),
      energy: this.#job.config.energy.start,
    });
  }
}
