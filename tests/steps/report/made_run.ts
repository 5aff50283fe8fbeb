/**
 * A listing as a run would leave it, made for tests: a known pool, and evaluations drawn from a seed.
 *
 * @module
 */

import { sha256 } from "../../../lib/util/hash.ts";
import { agentId } from "../../../lib/run/id.ts";
import { Listing } from "../../../lib/db/listing.ts";
import { recordEvent } from "../../../lib/db/events.ts";
import { toBytes } from "../../../lib/runtime/genome_bytes.ts";
import type { Pool, PoolFile } from "../../../lib/genome/pool.ts";
import type { Genome } from "../../../lib/runtime/genome_schema.ts";
import { deriveSeed, type Random, stream } from "../../../lib/runtime/random.ts";

const files: Record<string, readonly string[]> = {
  "src/curiosity.ts": ["novelty", "wander"],
  "src/fsm.ts": ["decide", "mode"],
  "src/neural.ts": ["forward", "learn", "reset"],
  "src/rl.ts": ["choose", "learn"],
  "src/selfmod.ts": ["mutate", "recombine"],
};

/** The pool that made runs have. */
export const madePool: Pool = {
  hash: "a".repeat(64),
  worldHash: "b".repeat(64),
  worldSource: "d".repeat(64),
  world: {
    actions: ["stay", "go"],
    phases: ["sense", "act"],
    steps: 10,
    episodes: 1,
    noisy: true,
    memory: "episode",
    environments: { plain: {} },
  },
  files: Object.entries(files).map(([path, names]): PoolFile => ({
    path,
    hash: "c".repeat(64),
    tokens: "c".repeat(64),
    imports: [],
    lines: 40,
    functions: names.map((name, i) => ({
      name,
      phase: path === "src/selfmod.ts" ? "birth" : i === 0 ? "act" : "learn",
      line: 1 + i * 10,
      lines: 8,
      complexity: 2,
      calls: [],
    })),
    parameters: [{ name: "rate", min: 0.001, max: 1, default: 0.1, scale: "log" }],
  })),
};

/** Genes that raise the score of whoever has them on. */
const useful = new Set(["src/rl.ts#choose", "src/neural.ts#forward", "src/fsm.ts#decide"]);

interface Made {
  readonly id: string;
  readonly ordinal: number;
  readonly generation: number;
  genome: Genome;
  hash: string;
  score: number | null;
}

/** How a made run is to be. */
export interface MadeOptions {
  readonly agents: number;
  readonly cycles: number;
  readonly seed?: string;
}

/** Makes a listing at `path`, closed after its last cycle. */
export async function makeRun(path: string, { agents, cycles, seed = "1" }: MadeOptions): Promise<void> {
  using listing = Listing.open(path, { create: true });
  listing.setMeta("seed", seed);
  listing.setMeta("pool", madePool.hash);
  listing.setMeta("size", String(agents));
  listing.setMeta("draws", String(agents * 2));
  listing.setMeta("viable", String(agents));
  let living: Made[] = [];
  let ordinal = 0;
  for (; ordinal < agents; ordinal++) {
    const random = stream(deriveSeed(seed, "genome", ordinal));
    living.push(await add(listing, agentId(seed, "init", ordinal), ordinal, 0, 0, draw(random), []));
  }
  recordStep(listing, 0, "init", 300, agents);
  for (let cycle = 1; cycle <= cycles; cycle++) {
    const random = stream(deriveSeed(seed, "made", cycle));
    listing.run("INSERT INTO cycles (cycle, state) VALUES (?, 'open')", cycle);
    for (const agent of living) live(listing, agent, cycle, random);
    const ranked = living.filter((agent) => agent.score !== null).sort((a, b) => b.score! - a.score!);
    const dying = ranked.slice(Math.ceil(ranked.length * 0.7));
    for (const { id } of dying) {
      listing.run(
        "UPDATE agents SET status = 'dead', code = 'died.rank', reason = 'x', died = ? WHERE id = ?",
        cycle,
        id,
      );
      recordEvent(listing, cycle, "agent.died", id, { code: "died.rank", reason: "x" });
    }
    living = living.filter((agent) => !dying.includes(agent));
    for (let number = 0; number < dying.length; number++) {
      const parent = ranked[Math.floor(random() * Math.min(8, ranked.length))]!;
      const id = agentId(seed, "birth", cycle, number);
      const genome = mutate(parent.genome, random);
      const child = await add(listing, id, ordinal++, cycle, parent.generation + 1, genome, [parent]);
      gestate(listing, child, parent, cycle);
      living.push(child);
    }
    const scores = ranked.map((agent) => agent.score!);
    const score = {
      best: scores[0]!,
      median: scores[scores.length >> 1]!,
      mean: scores.reduce((a, b) => a + b, 0) / scores.length,
      ranked: scores.length,
    };
    const statistics = {
      cycle,
      alive: living.length,
      born: dying.length,
      died: dying.length,
      disabled: 0,
      changed: dying.length,
      score,
      evaluated: living.length,
      failed: {},
      limited: 0,
    };
    listing.run(
      "UPDATE cycles SET state = 'closed', statistics = ? WHERE cycle = ?",
      JSON.stringify(statistics),
      cycle,
    );
    recordEvent(listing, cycle, "cycle.finished", null, statistics);
    for (
      const [step, ms] of [["scan", 90], ["build", 160], ["supervise", 2100 + cycle * 40], ["select", 70]] as const
    ) {
      recordStep(listing, cycle, step, ms, agents);
    }
  }
  listing.setMeta("conditions", "made");
  listing.run("UPDATE evaluations SET conditions = 'made'");
}

async function add(
  listing: Listing,
  id: string,
  ordinal: number,
  born: number,
  generation: number,
  genome: Genome,
  parents: readonly Made[],
): Promise<Made> {
  const bytes = toBytes(genome);
  const hash = await sha256(bytes);
  listing.putBlob(hash, "genome", bytes);
  listing.run(
    `INSERT INTO agents (ordinal, id, status, kind, stage, generation, born, parents, genome_hash, code_hash, energy)
     VALUES (?, ?, 'active', ?, 'adult', ?, ?, ?, ?, ?, 100)`,
    ordinal,
    id,
    parents.length === 0 ? "init" : "birth",
    generation,
    born,
    JSON.stringify(parents.map((parent) => ({ id: parent.id, genomeHash: parent.hash, share: 1 }))),
    hash,
    madePool.hash,
  );
  if (parents.length > 0) recordEvent(listing, born, "agent.born", id, { kind: "birth", generation, parents: [] });
  else recordEvent(listing, born, "agent.created", id, { index: ordinal, genomeHash: hash, codeHash: madePool.hash });
  return { id, ordinal, generation, genome, hash, score: null };
}

function live(listing: Listing, agent: Made, cycle: number, random: Random): void {
  let value = 1;
  for (const file of agent.genome.files) {
    for (const [name, on] of Object.entries(file.functions)) {
      if (file.active && on) value += useful.has(`${file.path}#${name}`) ? 6 : -0.8;
    }
  }
  agent.score = Math.max(0, value + random() * 4);
  const crashed = random() < 0.02;
  if (crashed) agent.score = null;
  insertEvaluation(listing, cycle, agent, "judged", crashed ? "crash" : "finished", agent.score, null);
  if (agent.score === null) return;
  listing.run(
    "UPDATE agents SET score = ?, scored_genome_hash = genome_hash, score_cycles = score_cycles + 1 WHERE id = ?",
    agent.score,
    agent.id,
  );
}

function gestate(listing: Listing, child: Made, parent: Made, cycle: number): void {
  const after = child.hash === parent.hash ? null : child.hash;
  insertEvaluation(listing, cycle, { ...child, hash: parent.hash }, "gestation", "finished", null, after);
}

function insertEvaluation(
  listing: Listing,
  cycle: number,
  agent: Made,
  kind: string,
  outcome: string,
  score: number | null,
  after: string | null,
): void {
  listing.run(
    `INSERT INTO evaluations (cycle, agent, kind, genome_hash, code_hash, build_hash, inputs, outcome, score,
       genome_after, wall_ms) VALUES (?, ?, ?, ?, 'c', 'b', '{}', ?, ?, ?, 26)`,
    cycle,
    agent.id,
    kind,
    agent.hash,
    outcome,
    score,
    after,
  );
}

function recordStep(listing: Listing, cycle: number, step: string, wall: number, updates: number): void {
  listing.run(
    "INSERT INTO step_runs (cycle, step, wall_ms, counts) VALUES (?, ?, ?, ?)",
    cycle,
    step,
    wall,
    JSON.stringify({ updates }),
  );
}

function draw(random: Random): Genome {
  return {
    version: 1,
    files: Object.entries(files).map(([path, names]) => ({
      path,
      active: path === "src/selfmod.ts" || random() < 0.5,
      functions: Object.fromEntries(names.map((name) => [name, path === "src/selfmod.ts" || random() < 0.6])),
      parameters: { rate: 0.01 + random() * 0.5 },
    })),
  };
}

function mutate(genome: Genome, random: Random): Genome {
  if (random() < 0.2) return genome;
  const child = structuredClone(genome);
  const file = child.files[Math.floor(random() * 4)]!;
  if (random() < 0.4) file.active = !file.active;
  else {
    const names = Object.keys(file.functions);
    const name = names[Math.floor(random() * names.length)]!;
    file.functions[name] = !file.functions[name];
  }
  file.parameters.rate = 0.01 + random() * 0.5;
  return child;
}
