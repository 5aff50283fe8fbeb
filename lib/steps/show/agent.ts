/**
 * What is known of an agent and of the genome that it is judged by.
 *
 * @module
 */

import { keptGenome } from "../../agents/kept_genome.ts";
import { writtenParameters } from "../../agents/written_genome.ts";
import type { JudgedGenome } from "../../db/best_agent.ts";
import { lastRace } from "../../db/races.ts";
import type { Listing } from "../../db/listing.ts";
import { activeGenes } from "../../genome/active.ts";
import { genomeChanges } from "../../genome/diff.ts";
import type { Pool } from "../../genome/pool.ts";
import { besideScore } from "../../records/objective.ts";
import type { Parent } from "../../records/record.ts";
import type { AgentShown, ShownEvaluation, ShownGene, ShownRace, ShownRank } from "../../records/shown.ts";
import type { Status } from "../../records/status.ts";
import type { CodeFile } from "../../run/layout.ts";
import { fullName } from "../../runtime/names.ts";
import type { Genome } from "../../runtime/genome_schema.ts";
import { StepFailed } from "../../util/issue.ts";

interface AgentRow {
  readonly status: Status;
  readonly generation: number;
  readonly born: number;
  readonly parents: string;
  readonly present: string;
  readonly scored: string | null;
  readonly score: number | null;
  readonly scoreCycles: number;
  readonly violation: number;
}

const query = `SELECT status, generation, born, parents, genome_hash AS present, scored_genome_hash AS scored, score,
  score_cycles AS scoreCycles, violation FROM agents WHERE id = ?`;

/**
 * An agent as it is shown.
 *
 * @param code The pool's files.
 * @throws {StepFailed} If its genome is not kept.
 */
export function shownAgent(
  listing: Listing,
  pool: Pool,
  code: readonly CodeFile[],
  judged: JudgedGenome,
): AgentShown {
  const { id, genomeHash, cycle } = judged;
  const row = listing.get<AgentRow>(query, id)!;
  const genome = keptGenome(listing, genomeHash);
  if (!genome) throw lost(id);
  const parents = JSON.parse(row.parents) as Parent[];
  const [first] = parents;
  const before = first && keptGenome(listing, first.genomeHash);
  const score = row.scored === genomeHash ? row.score : null;
  const [objective] = pool.world.objectives ?? [];
  return {
    type: "agent.shown",
    id,
    ok: true,
    status: row.status,
    generation: row.generation,
    born: row.born,
    genomeHash,
    isPresent: row.present === genomeHash,
    genes: genesOf(code, pool, genome),
    parameters: writtenParameters(genome, pool),
    parents,
    changes: before ? genomeChanges(before, genome) : null,
    score,
    scoreCycles: row.scoreCycles,
    violation: row.violation,
    ...besideScore(score, objective),
    evaluation: cycle === null ? null : evaluationOf(listing, id, cycle),
    rank: rankOf(listing, id),
    race: raceOf(listing, genomeHash),
  };
}

function genesOf(code: readonly CodeFile[], pool: Pool, genome: Genome): ShownGene[] {
  const texts = new Map(code.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes).split("\n")]));
  return activeGenes(genome, pool).map(({ file, function: name, phase = null, facts }) => {
    const source = texts.get(file)!.slice(facts.line - 1, facts.line - 1 + facts.lines).join("\n");
    return { gene: fullName(file, name), phase, source };
  });
}

interface EvaluationRow {
  readonly scores: string | null;
  readonly measures: string | null;
  readonly episodes: string | null;
  readonly inputs: string;
  readonly invalid: number;
  readonly drew: number;
}

function evaluationOf(listing: Listing, id: string, cycle: number): ShownEvaluation {
  const row = listing.get<EvaluationRow>(
    `SELECT scores, measures, episodes, inputs, invalid, drew FROM evaluations
      WHERE agent = ? AND cycle = ? AND kind = 'judged'`,
    id,
    cycle,
  )!;
  const scores: number[] = JSON.parse(row.scores ?? "[]");
  const measures: Record<string, number>[] | null = JSON.parse(row.episodes ?? "null");
  const { instances }: { instances?: number[] } = JSON.parse(row.inputs);
  return {
    cycle,
    measures: JSON.parse(row.measures ?? "{}"),
    invalid: row.invalid,
    drew: row.drew === 1,
    episodes: scores.map((score, at) => ({
      ...(instances && { instance: instances[at]! }),
      score,
      ...(measures && { measures: measures[at]! }),
    })),
  };
}

function rankOf(listing: Listing, id: string): ShownRank | null {
  return listing.get<ShownRank>(
    "SELECT cycle, place, ranked FROM ranks WHERE agent = ? ORDER BY cycle DESC LIMIT 1",
    id,
  ) ?? null;
}

function raceOf(listing: Listing, genomeHash: string): ShownRace | null {
  const race = lastRace(listing);
  if (!race) return null;
  const { cycle, entrants, winner, expected, unexpected } = race;
  const place = race.ranking.find((one) => one.genomeHash === genomeHash)?.place ?? null;
  return { cycle, entrants, winner, expected, ...(unexpected !== undefined && { unexpected }), place };
}

function lost(id: string): StepFailed {
  return new StepFailed({
    code: "shown.forgotten",
    message: `Cannot show ${id} as its genome must be kept: it died long ago, and retention has dropped it. ` +
      "`retention.cycles` in config.json says how long genomes are kept.",
    path: id,
  });
}
