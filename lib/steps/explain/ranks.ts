/**
 * How an agent came off in each selection.
 *
 * @module
 */

import type { CycleStatistics } from "../../records/cycle.ts";
import type { BirthKind } from "../../records/selection.ts";
import type { RankedFact } from "../../records/story_facts.ts";
import type { Objective } from "../../runtime/contract.ts";
import type { Parent } from "../../records/record.ts";
import { count, type Entry, stages, type Subject } from "./entry.ts";
import { besideScore } from "../../records/objective.ts";
import { withViolations } from "./violations.ts";
import { scoreText, short, shown } from "./shown.ts";

interface RankRow {
  readonly cycle: number;
  readonly event: number;
  readonly place: number | null;
  readonly ranked: number;
  readonly score: number | null;
  readonly fitness: number | null;
  readonly violation: number;
  readonly hasRankedGenome: 0 | 1;
  readonly fertile: 0 | 1;
  readonly elite: 0 | 1;
  readonly drawn: number | null;
  readonly won: number | null;
  readonly message: string | null;
  readonly selection: string | null;
  readonly statistics: string | null;
}

/** A child, and what its parent gave. */
interface Child {
  readonly id: string;
  readonly kind: BirthKind;
  readonly born: number;
  readonly first: boolean;
}

const query =
  `SELECT r.cycle, r.after_event AS event, r.place, r.ranked, r.score, r.fitness, r.has_ranked_genome AS hasRankedGenome, r.fertile, r.elite,
    r.drawn, r.won, r.message, c.selection, c.statistics
  FROM ranks r JOIN cycles c ON c.cycle = r.cycle WHERE r.agent = ? ORDER BY r.cycle`;

/** What is shown of an agent's ranks, and whose parent they made it. */
export function rankEntries(subject: Subject): Entry[] {
  const children = Map.groupBy(childrenOf(subject), ({ born }) => born);
  const rows = withViolations(subject, subject.listing.all<Omit<RankRow, "violation">>(query, subject.id));
  return rows.map((row) => rankEntry(subject, row, children.get(row.cycle) ?? []));
}

function childrenOf({ listing, id }: Subject): Child[] {
  const rows = listing.all<{ id: string; kind: BirthKind; born: number; parents: string }>(
    "SELECT id, kind, born, parents FROM agents WHERE kind <> 'init' AND instr(parents, ?) > 0 ORDER BY ordinal",
    id,
  );
  return rows.map(({ parents, ...child }) => {
    const [first] = JSON.parse(parents) as Parent[];
    return { ...child, first: first?.id === id };
  });
}

/** Its place in the race of the cycle; undefined where that has not kept it. */
function racePlace({ statistics }: RankRow, id: string): number | undefined {
  const { race }: Partial<CycleStatistics> = JSON.parse(statistics ?? "{}");
  return race?.kept.find((one) => one.id === id)?.place;
}

function rankEntry({ objective, id }: Subject, row: RankRow, children: readonly Child[]): Entry {
  const { cycle, event, place, ranked, score, fitness, drawn, won } = row;
  const after = { event, stage: stages.rank };
  if (place === null) return { cycle, reason: row.message ?? "it had no fitness", facts: { event: "unranked" }, after };
  const { strategy, sterileParents } = JSON.parse(row.selection ?? "{}");
  const race = racePlace(row, id);
  const facts: RankedFact = {
    event: "ranked",
    strategy: strategy ?? null,
    place,
    ranked,
    score,
    ...besideScore(score, objective),
    ...(row.violation > 0 && { violation: row.violation }),
    fitness,
    ...(race !== undefined && { race }),
    elite: row.elite === 1,
    drawn,
    won,
    children: children.map(({ id, kind, first }) => ({ id, kind, first })),
  };
  const barred = row.fertile === 0 && sterileParents !== true;
  const [first, ...others] = sentences(row, objective, children, barred);
  const raced = race === undefined
    ? []
    : [`kept by the race of the cycle as number ${race}, so before all that it has not kept`];
  return { cycle, reason: [first, ...raced, ...others].join("; "), facts, after };
}

function sentences(
  row: RankRow,
  objective: Objective | undefined,
  children: readonly Child[],
  barred: boolean,
): string[] {
  const { place, ranked, score, fitness, violation, hasRankedGenome, elite, drawn, won } = row;
  const earned = scoreText(score!, objective);
  // Where fitness is the score itself, its turned sign would say nothing more.
  const by = objective && fitness === score ? earned : `fitness ${shown(fitness!)} (${earned})`;
  const said = [`number ${place} of ${ranked} by ${by}`];
  if (violation > 0) said.push(`infeasible (violation ${shown(violation)}), so after all that is feasible`);
  if (hasRankedGenome === 0) said.push("with the genome that it has left since");
  if (elite === 1) said.push("an elite, whose genome is kept");
  if (barred) said.push("no parent, as its genome has no active gene of phase birth");
  else if (drawn !== null) {
    said.push(
      drawn === 0
        ? "drawn for no tournament"
        : `drawn for ${count(drawn, "tournament")}, of which it won ${won === 0 ? "none" : won}`,
    );
  }
  if (children.length > 0) said.push(...parenthood(children));
  else if (!barred) said.push("not chosen as a parent");
  return said;
}

function parenthood(children: readonly Child[]): string[] {
  const list = (some: readonly Child[]) => some.map(({ id }) => short(id)).join(", ");
  const told = (some: readonly Child[], as: string) => some.length > 0 ? [`${as} of ${list(some)}`] : [];
  const born = children.filter(({ kind }) => kind === "birth");
  return [
    ...told(children.filter(({ kind }) => kind === "copy"), "model"),
    ...told(born.filter(({ first }) => first), "first parent"),
    ...told(born.filter(({ first }) => !first), "further parent"),
  ];
}
