/**
 * Where genomes play worlds that no cycle uses: each group of episodes in a process of its own, judged, and kept so that it is
 * not run again.
 *
 * @module
 */

import type { Entrant, RaceEvaluation, RaceKey } from "../db/races.ts";
import { enterRaceEvaluation, raceEvaluation } from "../db/races.ts";
import type { Listing } from "../db/listing.ts";
import { costingGenes } from "../genome/active.ts";
import { catalogue, type Pool } from "../genome/pool.ts";
import { confirmed, refusalOf } from "./verdict.ts";
import { evaluate } from "../isolation/evaluate.ts";
import type { Isolation, Programs } from "../isolation/isolation.ts";
import type { Judge } from "../isolation/judge.ts";
import { agentLimits, limitsOf } from "../isolation/limits.ts";
import { type Failure, inFull, isLimit } from "../isolation/outcome.ts";
import { ownPart } from "../isolation/own_request.ts";
import type { ArtifactReference, EvaluationRequest } from "../isolation/request.ts";
import type { Config } from "../run/config_schema.ts";
import type { Worlds } from "../run/unseen_worlds.ts";
import { effortOf } from "../run/worlds.ts";
import type { WorldSeed } from "../runtime/contract.ts";
import { byteLimits } from "../runtime/genome_bytes.ts";
import type { Genome } from "../runtime/genome_schema.ts";
import type { Played } from "../selection/race.ts";
import { episodesOf, groupSize } from "../source/instances.ts";
import { bad, good, type Result } from "../util/issue.ts";
import { Semaphore } from "../util/semaphore.ts";

/** A genome that can be run. */
export interface RunnableGenome {
  readonly genomeHash: string;
  readonly bytes: Uint8Array;
  readonly genome: Genome;
  /** Key of its program, and that. */
  readonly buildHash: string;
  readonly program: string;
  /** Hash of a genome: genes draw the random numbers that they draw in that one. @default its own */
  readonly drawsAs?: string;
}

/** An entrant that can be run. */
export interface Runnable extends Entrant, RunnableGenome {}

/** What a field is made of. */
export interface FieldParts {
  readonly listing: Listing;
  readonly pool: Pool;
  readonly config: Config;
  /** The run's seed. */
  readonly seed: string;
  /** Hash of what the worlds depend on. */
  readonly conditions: string;
  readonly isolation: Isolation;
  readonly judge: Judge;
  readonly signal: AbortSignal;
}

/** A set of worlds, and its name. */
export interface WorldSet {
  readonly name: string;
  readonly worlds: Worlds;
}

/** Has genomes play worlds that no cycle uses. */
export class Field {
  readonly #parts: FieldParts;
  readonly #inside: Semaphore;
  readonly #size: number;
  readonly #catalogue: string;
  /** Why entrants failed, by genome. */
  readonly failures = new Map<string, string>();
  /** Evaluations that were run now, not before. */
  run = 0;

  constructor(parts: FieldParts) {
    this.#parts = parts;
    this.#inside = new Semaphore(Math.max(1, parts.isolation.capacity));
    this.#size = groupSize(parts.pool.world, parts.config.world.episodes);
    this.#catalogue = JSON.stringify(catalogue(parts.pool));
  }

  /**
   * Has an entrant play the worlds from one place up to another one.
   *
   * @returns What it did; undefined where it failed.
   */
  async play(entrant: RunnableGenome, set: WorldSet, from: number, to: number): Promise<Played | undefined> {
    const starts = Array.from({ length: Math.ceil((to - from) / this.#size) }, (_, i) => from + i * this.#size);
    const groups = await Promise.all(
      starts.map((start) =>
        this.#inside.through(() => this.#group(entrant, set, start, Math.min(to, start + this.#size)))
      ),
    );
    const failed = groups.find(({ scores }) => scores === null);
    if (failed) {
      this.failures.set(entrant.genomeHash, failed.message ?? failed.outcome);
      return undefined;
    }
    return {
      scores: groups.flatMap(({ scores }) => scores!),
      violations: groups.flatMap(({ violations }) => violations!),
    };
  }

  async #group(entrant: RunnableGenome, { name, worlds }: WorldSet, from: number, to: number): Promise<RaceEvaluation> {
    const { listing, conditions, signal } = this.#parts;
    const { buildHash, genomeHash, drawsAs = genomeHash } = entrant;
    const some = worlds.at(from, to);
    const drawn = drawsAs === genomeHash ? "" : `:${drawsAs}`;
    const set = `${name}:${conditions}${drawn}`;
    const key: RaceKey = { worlds: set, buildHash, genomeHash, start: from, count: some.length };
    const known = raceEvaluation(listing, key);
    if (known) return known;
    signal.throwIfAborted();
    const found = await this.#evaluated(entrant, `${name} ${drawsAs}`, from, some);
    this.run++;
    enterRaceEvaluation(listing, key, found);
    return found;
  }

  async #evaluated(
    entrant: RunnableGenome,
    id: string,
    from: number,
    worlds: readonly WorldSeed[],
  ): Promise<RaceEvaluation> {
    const { isolation, judge, pool } = this.#parts;
    const request = this.#request(entrant, id, from, worlds);
    let run = await evaluate(isolation, good(request));
    // A limit may be the machine's doing.
    if (!run.ok && isLimit(run.failure.outcome)) run = await evaluate(isolation, good(request));
    const genes = costingGenes(entrant.genome, pool);
    const worldsJson = JSON.stringify(worlds);
    const one = { token: request.expected.token, episodes: worlds.length, genes, worlds: worldsJson };
    if (!run.ok) {
      const { failure } = run;
      if (failure.outcome !== "world") return failedBy(failure);
      const { actions = [], point } = failure;
      const verdict = await judge.judge({ ...one, evidence: JSON.stringify(actions), failed: true, point });
      return failedBy(confirmed(failure, verdict));
    }
    const verdict = await judge.judge({ ...one, evidence: JSON.stringify(run.reply.evidence) });
    if (!verdict.ok) return failedBy(refusalOf(verdict, run.reply.evidence));
    return {
      outcome: "finished",
      message: null,
      scores: verdict.judgements.map(({ score }) => score),
      violations: verdict.judgements.map(({ violation = 0 }) => violation),
    };
  }

  #request(
    { genome: _, bytes, genomeHash, buildHash }: RunnableGenome,
    id: string,
    from: number,
    worlds: readonly WorldSeed[],
  ): EvaluationRequest {
    const { seed, pool, config } = this.#parts;
    const past = { scores: [], present: [], bestScore: null, best: null };
    const given = { id, cycle: from, kind: "judged", genomeHash, genome: bytes, past, mates: [], inbox: [] } as const;
    const { token, own } = ownPart(seed, pool.world, { ...given, addresses: 0, memory: undefined });
    const episodes = episodesOf(pool.world, config.world.episodes);
    return {
      id,
      kind: "judged",
      cycle: from,
      artifact: { artifact: buildHash, genome: genomeHash, bytes },
      own,
      common: `"worlds":${JSON.stringify(worlds)},"pool":${this.#catalogue}`,
      expected: { token, episodes: worlds.length, addresses: 0, genomeBytes: byteLimits.size },
      limits: limitsOf(agentLimits(config), Math.ceil(worlds.length / episodes)),
      steps: effortOf(pool.world, worlds),
      verified: false,
      alone: true,
    };
  }
}

function failedBy(failure: Failure): RaceEvaluation {
  return { outcome: failure.outcome, message: inFull(failure), scores: null, violations: null };
}

/** Programs of entrants, each written into a folder when it is first started. */
export class EntrantPrograms implements Programs {
  readonly #folder: string;
  readonly #programs = new Map<string, string>();
  readonly #written = new Set<string>();

  /** @param folder That this process alone can enter. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Takes in programs. */
  add(entrants: readonly RunnableGenome[]): void {
    for (const { buildHash, program } of entrants) this.#programs.set(buildHash, program);
  }

  /** Needs write permission for the folder. */
  prove({ artifact }: ArtifactReference): Promise<Result<string>> {
    const program = this.#programs.get(artifact);
    if (program === undefined) return Promise.resolve(bad("artifact.missing", "There is no program of it."));
    const path = `${this.#folder}/${artifact}.js`;
    if (!this.#written.has(artifact)) {
      Deno.writeTextFileSync(path, program, { createNew: true });
      this.#written.add(artifact);
    }
    return Promise.resolve(good(path));
  }
}
