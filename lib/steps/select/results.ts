/**
 * The results of a cycle, as selection sees them.
 *
 * @module
 */

import { isComparable } from "../../db/comparable.ts";
import type { Listing } from "../../db/listing.ts";
import { type Cause, causeOfEnd } from "../../records/cause.ts";
import type { Config } from "../../run/config_schema.ts";
import { worldsOf } from "../../run/worlds.ts";
import type { WorldSettings } from "../../runtime/contract.ts";
import type { Doomed } from "../../selection/core.ts";
import { doomOf, type Mortal } from "../../selection/doom.ts";
import type { Candidate, Trial } from "../../selection/strategy.ts";
import type { Issue } from "../../util/issue.ts";
import type { Judge } from "./fitness.ts";
import type { Measured } from "./measured.ts";
import { type KeptEpisodes, Trials } from "../../evaluation/trials.ts";

interface ResultRow {
  readonly id: string;
  readonly ordinal: number;
  readonly status: string;
  readonly stage: string;
  readonly disabled_cycle: number | null;
  readonly code: string | null;
  readonly reason: string | null;
  readonly generation: number;
  readonly born: number;
  readonly birth_age: number;
  readonly island: number;
  readonly parents: string;
  readonly energy: number;
  readonly genome_hash: string;
  readonly code_hash: string;
  readonly build_hash: string | null;
  readonly birth_genes: number;
  readonly charged: 0 | 1;
  readonly judged_cycle: number | null;
  readonly judged_genome: string | null;
  readonly judged_code: string | null;
  readonly judged_build: string | null;
  readonly judged_score: number | null;
  readonly judged_violation: number;
  /** Whether it was judged under the present conditions, by what its genome reaches at present. */
  readonly comparable: number;
}

/** What is read of a cycle. */
export interface ResultsInput {
  readonly seed: string;
  readonly cycle: number;
  readonly world: WorldSettings;
  readonly config: Config;
  /** Whether agents whose energy has run out die. */
  readonly energyRule: boolean;
  /** Places of the race of the cycle by agent; absent: there was none. */
  readonly places?: ReadonlyMap<string, number>;
  /** Ids to which the selection is restricted; absent: all. */
  readonly only?: ReadonlySet<string>;
}

/** What a selection is of, and the results that a fitness module gave no number. */
export interface Results {
  readonly living: readonly Candidate[];
  readonly doomed: readonly Doomed[];
  /** How many agents take places besides. */
  readonly others: number;
  readonly issues: readonly { readonly id: string; readonly issue: Issue }[];
}

/**
 * Reads the results that count in a cycle.
 *
 * Only episodes of the same worlds are compared: in a noisy world those of the cycle, in any other those of the last
 * evaluation of the genome under the present conditions. A result belongs to the genome that earned it: an agent that
 * changed itself after its episodes has one for the genome that it left, and none for its present one.
 *
 * Trials are read when they are asked for: the listing stays open until then.
 */
export async function readResults(listing: Listing, fitness: Judge, input: ResultsInput): Promise<Results> {
  const { cycle, energyRule, only } = input;
  const texts = new Texts(listing, input);
  const failures = failuresIn(listing, cycle);
  const rows = listing.all<ResultRow>(query, cycle);
  const measured = rows.filter((row) => isMeasured(row, input));
  const given = await fitness.of(measured.map((row) => new MeasuredRow(row, texts)));
  const values = new Map(measured.map(({ id }, i) => [id, given[i]!]));
  const living: Candidate[] = [];
  const doomed: Doomed[] = [];
  const issues: { id: string; issue: Issue }[] = [];
  for (const row of rows) {
    const chosen = !only || only.has(row.id);
    if (!chosen) continue;
    const value = values.get(row.id);
    const isNumber = typeof value === "number" && Number.isFinite(value);
    if (value !== undefined && !isNumber) issues.push({ id: row.id, issue: notFinite(fitness.source, value) });
    const candidate = new Result(row, input, {
      texts: value === undefined ? undefined : texts,
      fitness: isNumber ? value : undefined,
      failure: failures.get(row.id),
    });
    const doom = doomOf(mortalOf(row), cycle, energyRule);
    if (doom) doomed.push({ candidate, ...doom });
    else if (row.status === "active" && row.stage === "adult" && row.born < cycle) living.push(candidate);
  }
  return { living, doomed, others: rows.length - living.length - doomed.length, issues };
}

const query = `
SELECT a.id, a.ordinal, a.status, a.stage, a.disabled_cycle, a.code, a.reason, a.generation, a.born, a.birth_age, a.island, a.parents, a.energy,
  a.genome_hash, a.code_hash, a.build_hash,
  coalesce(a.metrics ->> '$.birthGenes', 0) AS birth_genes, e.cycle IS NOT NULL AS charged, e.cycle AS judged_cycle,
  e.genome_hash AS judged_genome, e.code_hash AS judged_code, e.build_hash AS judged_build, e.score AS judged_score,
  e.violation AS judged_violation,
  ${isComparable} AS comparable
FROM agents a LEFT JOIN evaluations e ON e.agent = a.id AND e.kind = 'judged' AND e.cycle =
  (SELECT max(cycle) FROM evaluations WHERE agent = a.id AND kind = 'judged' AND score IS NOT NULL)
WHERE a.status != 'dead' ORDER BY a.ordinal`;

/** What the failed evaluations of a cycle were due to, by agent. */
function failuresIn(listing: Listing, cycle: number): Map<string, Cause> {
  const failed = listing.all<{ agent: string; outcome: string }>(
    "SELECT agent, outcome FROM evaluations WHERE cycle = ? AND kind = 'judged' AND outcome <> 'finished'",
    cycle,
  );
  return new Map(failed.map(({ agent, outcome }) => [agent, causeOfEnd(outcome) ?? "orchestrator"]));
}

/** Whether it has a result that can be compared. */
function isMeasured(row: ResultRow, { cycle, world, only }: ResultsInput): boolean {
  return row.status === "active" && row.stage === "adult" && row.born < cycle && (!only || only.has(row.id)) &&
    row.judged_score !== null && row.comparable === 1 && (row.judged_cycle === cycle || !world.noisy);
}

/** What the listing keeps of results as texts, read where it is asked for: most fitnesses and strategies go by the score alone. */
class Texts {
  readonly #listing: Listing;
  readonly #trials: Trials;
  /** By agent: fitness and strategy ask for the same. */
  readonly #known = new Map<string, readonly Trial[]>();

  constructor(listing: Listing, { seed, world, config }: ResultsInput) {
    this.#listing = listing;
    this.#trials = new Trials((cycle) => worldsOf(seed, cycle, world, config.world), world);
  }

  trials(row: ResultRow): readonly Trial[] {
    const { id, judged_cycle: cycle, judged_violation } = row;
    let trials = this.#known.get(id);
    if (!trials) {
      this.#known.set(id, trials = this.#trials.of({ ...this.#evaluation(row), cycle: cycle!, judged_violation }));
    }
    return trials;
  }

  measures(row: ResultRow): Record<string, number> {
    return JSON.parse(this.#evaluation(row).measures);
  }

  metrics({ id }: ResultRow): Record<string, number> {
    const query = "SELECT coalesce(metrics, '{}') AS metrics FROM agents WHERE id = ?";
    return JSON.parse(this.#listing.get<{ metrics: string }>(query, id)!.metrics);
  }

  #evaluation({ id, judged_cycle: cycle }: ResultRow): Omit<KeptEpisodes, "cycle" | "judged_violation"> {
    const query =
      "SELECT conditions, scores, measures, episodes FROM evaluations WHERE cycle = ? AND agent = ? AND kind = 'judged'";
    return this.#listing.get(query, cycle!, id)!;
  }
}

/** A result as a fitness is given it. */
class MeasuredRow implements Measured {
  readonly id: string;
  readonly score: number;
  readonly #row: ResultRow;
  readonly #texts: Texts;

  constructor(row: ResultRow, texts: Texts) {
    this.id = row.id;
    this.score = row.judged_score!;
    this.#row = row;
    this.#texts = texts;
  }

  get measures() {
    return this.#texts.measures(this.#row);
  }

  get metrics() {
    return this.#texts.metrics(this.#row);
  }

  get trials(): readonly Trial[] {
    return this.#texts.trials(this.#row);
  }
}

function mortalOf({ status, disabled_cycle, code, reason, charged, energy }: ResultRow): Mortal {
  const disabled = { cycle: disabled_cycle ?? 0, code: code ?? "", reason };
  return { energy, isCharged: charged === 1, ...(status === "disabled" && { disabled }) };
}

/** An agent with its result, of which what costs time is read when it is asked for. */
class Result implements Candidate {
  readonly id: string;
  readonly genome: string;
  readonly code: string;
  readonly build: string;
  readonly ordinal: number;
  readonly born: number;
  readonly age: number;
  readonly island: number;
  readonly generation: number;
  readonly hasRankedGenome: boolean;
  readonly fertile: boolean;
  readonly energy: number;
  readonly failure?: Cause;
  readonly score?: number;
  readonly fitness?: number;
  readonly violation: number;
  readonly race?: number;
  readonly #row: ResultRow;
  readonly #texts: Texts | undefined;

  /** @param ranked Absent texts: it has no result that can be compared. */
  constructor(
    row: ResultRow,
    { cycle, config, places }: ResultsInput,
    ranked: Pick<Candidate, "fitness" | "failure"> & { readonly texts?: Texts },
  ) {
    const { texts, fitness, failure } = ranked;
    this.id = row.id;
    this.genome = texts ? row.judged_genome! : row.genome_hash;
    this.code = texts ? row.judged_code! : row.code_hash;
    this.build = (texts ? row.judged_build : row.build_hash) ?? "";
    this.ordinal = row.ordinal;
    this.born = row.born;
    this.age = row.birth_age + cycle - row.born;
    this.island = row.island;
    this.generation = row.generation;
    this.hasRankedGenome = this.genome === row.genome_hash;
    this.fertile = config.selection.sterileParents || row.birth_genes > 0;
    this.energy = row.energy;
    this.violation = texts ? row.judged_violation : 0;
    if (failure !== undefined) this.failure = failure;
    if (texts) this.score = row.judged_score!;
    if (fitness !== undefined) this.fitness = fitness;
    const place = texts ? places?.get(row.id) : undefined;
    if (place !== undefined) this.race = place;
    this.#row = row;
    this.#texts = texts;
  }

  get parents(): readonly string[] {
    return (JSON.parse(this.#row.parents) as { readonly id: string }[]).map(({ id }) => id);
  }

  get trials(): readonly Trial[] {
    return this.#texts?.trials(this.#row) ?? [];
  }
}

function notFinite(source: string, value: number | string): Issue {
  return {
    code: "fitness.number",
    message: `The fitness of this agent must be a finite number: ${source} gave ${String(value)}.`,
  };
}
