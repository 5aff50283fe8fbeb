/**
 * Cycles of a run that nothing has evaluated: written into the listing of a run that `init` has made, by the same transitions as the
 * steps', with results drawn from the run's seed. So a listing of a million evaluations takes minutes, and pages and queries can be
 * measured. `deno run -A tests/made_cycles.ts RUN CYCLES [RETENTION]`. That they are as those of a real run, of 16 agents and 8 cycles,
 * is tested; of 30 and 30 by `deno test -P tests/pipelines/made_cycles_test.ts -- --whole`.
 *
 * @module
 */

import { enterBuild, putBuild } from "../lib/db/builds.ts";
import { closeCycle, judgeCycle, openCycle, planCycle } from "../lib/db/cycle.ts";
import { enterEnd, enterStart, type EvaluationEnd } from "../lib/db/evaluations.ts";
import { lastEvent } from "../lib/db/events.ts";
import { Listing } from "../lib/db/listing.ts";
import { deliver, emptyInbox, post, waitingLetters } from "../lib/db/mail.ts";
import { forgetAllPending } from "../lib/db/pending_files.ts";
import { putRank } from "../lib/db/ranks.ts";
import { keepSharedInputs } from "../lib/db/shared_inputs.ts";
import { putStatement } from "../lib/db/signed_statements.ts";
import { noteStepRun } from "../lib/db/step_runs.ts";
import { bear } from "../lib/db/transitions/creation.ts";
import { changeGenome } from "../lib/db/transitions/genome.ts";
import { charge, score } from "../lib/db/transitions/score.ts";
import { enterAllRemoved, enterFolder, growUp } from "../lib/db/transitions/stage.ts";
import { die, disable } from "../lib/db/transitions/status.ts";
import { afterResult } from "../lib/evaluation/agent_score.ts";
import { drawParameter } from "../lib/genome/draw.ts";
import { structure } from "../lib/genome/metrics.ts";
import type { Pool } from "../lib/genome/pool.ts";
import { fileRanges } from "../lib/genome/ranges.ts";
import { agentId } from "../lib/run/id.ts";
import { runPaths } from "../lib/run/paths.ts";
import { fromBytes, toBytes } from "../lib/runtime/genome_bytes.ts";
import type { Genome } from "../lib/runtime/genome_schema.ts";
import { deriveSeed, type Random, stream } from "../lib/runtime/random.ts";
import { Stages } from "../lib/step/stages.ts";
import { compact, dueSpan } from "../lib/steps/select/compact.ts";
import { keepShares } from "../lib/steps/supervise/lineage.ts";
import { loadPool } from "../lib/template/pool_store.ts";
import { presentPool } from "../lib/template/template.ts";
import { unscored } from "../lib/twin/agent.ts";
import { sha256Now } from "../lib/util/hash_now.ts";

/** How cycles are made. */
export interface MadeCycles {
  readonly pool: Pool;
  readonly cycles: number;
  /** Cycles that are kept whole. */
  readonly retention: number;
}

/** An agent that is alive. */
interface Living {
  readonly id: string;
  readonly ordinal: number;
  readonly generation: number;
  readonly bornIn: number;
  readonly birthAge: number;
  genome: Genome;
  hash: string;
  energy: number;
  account: Parameters<typeof afterResult>[0];
}

/** Shares as in runs of the default template. */
const shares = { replaced: 0.3, unviable: 0.05, changedItself: 0.015, unchanged: 0.02, wrote: 0.15 };

const steps = ["scan", "sync-wiring", "build", "supervise", "select", "supervise", "hooks"];

/**
 * Writes closed cycles into the listing of a run that has agents and no cycle yet.
 *
 * @param listing Open to be written.
 */
export function makeCycles(listing: Listing, { pool, cycles, retention }: MadeCycles): void {
  const seed = listing.meta("seed")!, conditions = sha256Now("conditions"), runtime = sha256Now("runtime");
  const worth = worthOf(pool);
  let living = readLiving(listing);
  let ordinal = living.length;
  for (let cycle = 1; cycle <= cycles; cycle++) {
    const random = stream(deriveSeed(seed, "made", cycle));
    listing.transaction(() => {
      listing.setMeta("conditions", conditions);
      openCycle(listing);
      const shared = keepSharedInputs(listing, { world: { epochCycles: 10 }, mail: { messages: 8 } } as never, runtime);
      for (const one of living) built(listing, cycle, one, runtime);
      for (const one of living) {
        const due = { cycle, id: one.id, kind: "judged" as const, genomeHash: one.hash, buildHash: buildOf(one) };
        const addresses = [0, 1, 2, 3].map(() => living[Math.floor(random() * living.length)]!.id);
        enterStart(listing, {
          ...due,
          codeHash: pool.hash,
          reach: reachOf(one, pool),
          inputs: JSON.stringify({ memory: null, inbox: null, mates: [], addresses }),
          conditions,
        });
        const episodes = [0, 0, 0].map(() => Math.max(0, worth(one.genome) + 3 * (random() + random() - 1)));
        const earned = episodes.reduce((a, b) => a + b) / episodes.length;
        const evidence = new TextEncoder().encode(JSON.stringify(episodes));
        const evidenceHash = sha256Now(`${cycle} ${one.id}`);
        listing.putBlob(evidenceHash, "evidence", evidence);
        const changes = random() < shares.changedItself;
        const after = changes ? changed(listing, pool, one.genome, random) : undefined;
        enterEnd(listing, due, {
          ...ended(random),
          score: earned,
          scores: JSON.stringify(episodes),
          measures: JSON.stringify(measuresOf(earned, random)),
          evidenceHash,
          genomeAfter: after?.hash ?? null,
          given: {
            shared,
            bestScore: one.account.bestScore,
            bestGenome: one.account.bestGenomeHash === one.hash ? null : one.account.bestGenomeHash,
          },
        });
        one.account = afterResult(one.account, { genomeHash: one.hash, reach: reachOf(one, pool) }, {
          score: earned,
          violation: 0,
        });
        score(listing, one.id, one.account, { conditions, bestUnder: `${pool.hash}:${reachOf(one, pool)}` });
        emptyInbox(listing, one.id, "mail");
        charge(listing, one.id, one.energy = 100 + earned);
        if (after) take(listing, cycle, one, after, "judged");
        if (random() < shares.wrote) {
          post(listing, cycle, one.id, [{
            recipient: living[Math.floor(random() * living.length)]!.id,
            body: "[2,7,5]",
          }]);
        }
      }
      for (const letter of waitingLetters(listing, cycle)) deliver(listing, cycle, letter);
      judgeCycle(listing, cycle);
    });
    let born: Living[] = [];
    listing.transaction(() => {
      const ranked = living.toSorted((a, b) => b.account.score! - a.account.score! || a.ordinal - b.ordinal);
      const last = listing.get<{ last: number }>(`SELECT ${lastEvent} AS last`)!.last;
      const dying = new Set(ranked.slice(ranked.length - Math.floor(ranked.length * shares.replaced)));
      ranked.forEach((one, i) =>
        putRank(listing, {
          agent: one.id,
          cycle,
          afterEvent: last,
          place: i + 1,
          ranked: ranked.length,
          score: one.account.score,
          fitness: one.account.score,
          hasRankedGenome: one.hash === one.account.scoredGenomeHash,
          fertile: true,
          elite: i < ranked.length * 0.05,
          drawn: Math.floor(random() * 5),
          won: Math.floor(random() * 2),
          message: null,
        })
      );
      // Those that failed to be viable when they were born go first.
      for (const { id } of listing.all<{ id: string }>("SELECT id FROM agents WHERE status = 'disabled'")) {
        die(listing, id, cycle, { code: "died.disabled", message: "It was disabled before this cycle." });
      }
      for (const { id } of dying) {
        emptyInbox(listing, id, "mail");
        die(listing, id, cycle, {
          code: "died.rank",
          message: `It was among those that ranked last of ${ranked.length}.`,
        });
      }
      const survivors = living.filter((one) => !dying.has(one));
      const missing = Number(listing.meta("size")) - survivors.length;
      born = Array.from({ length: missing }, (_, number) => {
        const [first, mate] = [0, 1].map(() => ranked[Math.floor(random() ** 2 * ranked.length * 0.7)]!);
        return child(listing, { cycle, number, ordinal: ordinal++, first: first!, mate: mate!, seed, pool });
      });
      const scores = ranked.map(({ account }) => account.score!);
      planCycle(listing, {
        cycle,
        alive: survivors.length + born.length,
        born: born.length,
        died: dying.size,
        disabled: 0,
        changed: born.length,
        evaluated: ranked.length,
        failed: {},
        score: {
          best: scores[0]!,
          median: scores[scores.length >> 1]!,
          mean: scores.reduce((a, b) => a + b, 0) / scores.length,
          ranked: scores.length,
        },
        limited: 0,
      }, { strategy: "truncation-tournament", tournamentSize: 4, elites: 0.05, replacementFraction: 0.3, mates: 1 });
      living = [...survivors, ...born];
    });
    listing.transaction(() => {
      for (const one of born) {
        enterFolder(listing, one.id, {
          codeHash: pool.hash,
          stamp: `${sha256Now(one.id).slice(0, 32)} genome.bin,1,1,1`,
          wiredWith: `:${pool.hash}:${runtime}`,
          wiredStamp: sha256Now(one.id).slice(0, 32),
          buildKey: buildOf(one),
          reach: reachOf(one, pool),
          metrics: JSON.stringify({ ...structure(one.genome, pool), distance: one.ordinal % 40, mutations: 1 }),
        });
      }
      enterAllRemoved(listing, []);
      closeCycle(listing, cycle);
      const span = dueSpan(listing, cycle, retention);
      if (span) compact(listing, span, pool);
    });
    listing.transaction(() => {
      const unviable = new Set<Living>();
      for (const one of born) {
        const due = { cycle, id: one.id, kind: "gestation" as const, genomeHash: one.hash, buildHash: buildOf(one) };
        const inputs = JSON.stringify({ memory: null, inbox: null, mates: [], addresses: [] });
        enterStart(listing, { ...due, codeHash: pool.hash, reach: reachOf(one, pool), inputs, conditions: null });
        const after = random() < shares.unchanged ? undefined : changed(listing, pool, one.genome, random);
        enterEnd(listing, due, { ...ended(random), genomeAfter: after?.hash ?? null });
        keepShares(listing, one.id, toBytes(after?.genome ?? one.genome));
        growUp(listing, one.id);
        if (after) take(listing, cycle, one, after, "gestation");
        if (random() >= shares.unviable) continue;
        disable(listing, one.id, cycle, { code: "genotype.lethal", message: "A gene calls one that is off." });
        unviable.add(one);
      }
      living = living.filter((one) => !unviable.has(one));
      forgetAllPending(listing);
      for (const step of steps) noteStepRun(listing, step, 1000 * random(), noted(random));
    });
  }
}

function readLiving(listing: Listing): Living[] {
  const rows = listing.all<{ id: string; ordinal: number; hash: string; energy: number }>(
    "SELECT id, ordinal, genome_hash AS hash, energy FROM agents WHERE status = 'active' ORDER BY ordinal",
  );
  return rows.map((row) => ({
    ...row,
    generation: 0,
    bornIn: 0,
    birthAge: 0,
    genome: fromBytes(listing.blob(row.hash)!) as Genome,
    account: unscored,
  }));
}

/** A hidden worth of each gene, so that there is something to select: some help, most cost a little. */
function worthOf(pool: Pool): (genome: Genome) => number {
  const worth = new Map<string, number>();
  for (const { path, functions } of pool.files) {
    for (const { name } of functions) {
      const random = stream(deriveSeed("worth", path, name));
      worth.set(`${path}#${name}`, random() < 0.3 ? 4 * random() : -2 * random());
    }
  }
  return ({ files }) =>
    files.reduce(
      (sum, { path, active, functions }) =>
        sum + (active
          ? Object.entries(functions).reduce((all, [name, on]) => all + (on ? worth.get(`${path}#${name}`) ?? 0 : 0), 0)
          : 0),
      0,
    );
}

function measuresOf(earned: number, random: Random): Record<string, number> {
  return { gathered: earned + 10 * random(), harm: 30 * random(), lived: 200 * random() };
}

/** How an evaluation ends that does not fail. */
function ended(random: Random): EvaluationEnd {
  return {
    outcome: "finished",
    message: null,
    limit: null,
    score: null,
    scores: null,
    measures: null,
    episodes: null,
    violation: 0,
    invalid: 0,
    drew: 0,
    evidenceHash: null,
    genomeAfter: null,
    reproducible: 1,
    wallMs: 40 + 20 * random(),
    cpuMs: 35 + 10 * random(),
    memoryBytes: null,
    evaluator: null,
    given: null,
    memoryAfter: null,
  };
}

/** A genome with some switches and numbers that are others, kept. */
function changed(listing: Listing, pool: Pool, genome: Genome, random: Random): { genome: Genome; hash: string } {
  const other = structuredClone(genome);
  for (let i = 0; i < 3; i++) {
    const file = other.files[Math.floor(random() * other.files.length)]!;
    const names = Object.keys(file.functions);
    const name = names[Math.floor(random() * names.length)];
    if (random() < 0.15) file.active = !file.active;
    else if (name !== undefined && random() < 0.5) file.functions[name] = !file.functions[name];
    const ranges = fileRanges(pool.files.find(({ path }) => path === file.path)!);
    const range = ranges[Math.floor(random() * ranges.length)];
    if (range && typeof file.parameters[range.name] === "number") {
      file.parameters[range.name] = drawParameter(range, random());
    }
  }
  const bytes = toBytes(other), hash = sha256Now(bytes);
  listing.putBlob(hash, "genome", bytes);
  return { genome: other, hash };
}

function take(
  listing: Listing,
  cycle: number,
  one: Living,
  { genome, hash }: { readonly genome: Genome; readonly hash: string },
  trigger: "judged" | "gestation",
): void {
  if (hash === one.hash) return;
  changeGenome(listing, cycle, one.id, trigger, { before: one.hash, after: hash });
  one.genome = genome;
  one.hash = hash;
}

function built(listing: Listing, cycle: number, one: Living, runtime: string): void {
  const buildHash = buildOf(one), from = `${one.hash}:${runtime}`;
  const { was } = listing.get<{ was: string | null }>("SELECT built_from AS was FROM agents WHERE id = ?", one.id)!;
  if (was === from) return;
  putBuild(listing, buildHash, undefined);
  enterBuild(listing, cycle, { id: one.id, trigger: was === null ? "unbuilt" : "changed", from, buildHash });
  putStatement(listing, {
    artifact: buildHash,
    genome: one.hash,
    runtime,
    world: runtime,
    policy: runtime,
    signature: "A".repeat(86),
  });
}

function buildOf({ hash }: Living): string {
  return sha256Now(`build ${hash}`);
}

/** What a genome reaches: of it here is that it goes with the files that are on. */
function reachOf({ genome }: Living, pool: Pool): string {
  return sha256Now(`${pool.hash} ${genome.files.filter(({ active }) => active).map(({ path }) => path)}`);
}

interface Conceived {
  readonly cycle: number;
  readonly number: number;
  readonly ordinal: number;
  readonly first: Living;
  readonly mate: Living;
  readonly seed: string;
  readonly pool: Pool;
}

function child(listing: Listing, { cycle, number, ordinal, first, mate, seed, pool }: Conceived): Living {
  const id = agentId(seed, "birth", cycle, number);
  const born = { id, generation: first.generation + 1, birthAge: first.birthAge + cycle - first.bornIn };
  bear(listing, cycle, {
    ...born,
    kind: "birth",
    parents: [first, mate].map((parent) => ({ id: parent.id, genomeHash: parent.hash })),
    genomeHash: first.hash,
    codeHash: pool.hash,
    buildHash: buildOf(first),
    energy: 100,
    island: 0,
  });
  const { genome, hash } = first;
  return { ...born, ordinal, bornIn: cycle, genome, hash, energy: 100, account: unscored };
}

function noted(random: Random): Record<string, unknown> {
  const stages = new Stages();
  for (const name of ["one", "two", "three"]) stages.add(name, 100 * random());
  return { updates: 10, perSecond: 100 * random(), stages: stages.counted() };
}

if (import.meta.main) {
  const [run, cycles, retention = "100"] = Deno.args;
  const paths = runPaths(run);
  using listing = Listing.open(paths.listing);
  const pool = loadPool(paths, presentPool(listing));
  makeCycles(listing, { pool, cycles: Number(cycles), retention: Number(retention) });
}
