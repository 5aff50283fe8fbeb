/**
 * All that a run is, so that two runs can be compared: no times of day, no durations, no counts of starts.
 *
 * @module
 */

import { sha256 } from "../../lib/util/hash.ts";
import { Listing } from "../../lib/db/listing.ts";
import type { RunPaths } from "../../lib/run/paths.ts";

/** What a run is, by what it is of: rows of the listing and files by their hash. */
export type State = Readonly<Record<string, readonly string[]>>;

const queries: Readonly<Record<string, string>> = {
  meta: "SELECT * FROM meta ORDER BY key",
  agents: `SELECT ordinal, id, status, code, reason, disabled_cycle, disabled_key, kind, stage, generation, born, died,
    parents, genome_hash, code_hash, genome_ok, wired_from, build_key, built_from, build_hash, metrics, metrics_of,
    mutations, score, scored_genome_hash, score_cycles, best_score, best_genome_hash, energy, crashes, backoff_until_cycle
    FROM agents ORDER BY ordinal`,
  cycles: "SELECT * FROM cycles ORDER BY cycle",
  episodes:
    `SELECT cycle, agent, kind, genome_hash, code_hash, build_hash, inputs, outcome, message, limit_reached, score, scores,
    measures, evidence_hash, genome_after, reproducible FROM evaluations ORDER BY cycle, agent, kind`,
  blobs: "SELECT hash, kind FROM blobs ORDER BY hash",
  inboxes: "SELECT * FROM inboxes ORDER BY agent, position",
  outbox: "SELECT * FROM outbox ORDER BY cycle, sender, line",
  memories: "SELECT * FROM memories ORDER BY agent",
  builds: "SELECT * FROM builds ORDER BY key",
  "agent builds":
    "SELECT agent, cycle, trigger, built_from, artifact, code, message FROM agent_builds ORDER BY agent, id",
  ranks: `SELECT agent, cycle, place, ranked, score, fitness, has_ranked_genome, fertile, elite, drawn, won, message
    FROM ranks ORDER BY agent, cycle`,
  statements: "SELECT * FROM statements ORDER BY artifact, genome",
  events: "SELECT cycle, type, agent, data FROM events ORDER BY cycle, type, agent, data",
};

/** What a run is at the moment; nothing where there is no listing yet. */
export async function stateOf(paths: RunPaths): Promise<State> {
  return { ...rows(paths.listing), ...await files(paths), "event log": eventLog(`${paths.logs}/events.ndjson`) };
}

/** The names of what differs between two states. */
export function differences(one: State, other: State): string[] {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return names.flatMap((name) => {
    const [a, b] = [new Set(one[name]), new Set(other[name])];
    const only = (mine: Set<string>, others: Set<string>, sign: string) =>
      [...mine].filter((line) => !others.has(line)).slice(0, 3).map((line) =>
        `${name}: ${sign} ${line.slice(0, 1200)}`
      );
    return [...only(a, b, "-"), ...only(b, a, "+")];
  });
}

function rows(path: string): Record<string, string[]> {
  try {
    using listing = Listing.open(path);
    return Object.fromEntries(
      Object.entries(queries).map(([name, query]) => [name, listing.all(query).map((row) => JSON.stringify(row))]),
    );
  } catch (error) {
    if ((error as { issue?: { code: string } }).issue?.code === "listing.missing") return {};
    throw error;
  }
}

/** Files of agents, programs that they share and the template's copies; what a kill left unfinished is none of them. */
async function files({ agents, store, template }: RunPaths): Promise<Record<string, string[]>> {
  const folders = {
    "agents/": agents,
    "store/": `${store}/programs`,
    "pool/": template,
  };
  const found: Record<string, string[]> = {};
  for (const [name, folder] of Object.entries(folders)) {
    found[name] = [];
    for (const path of below(folder)) {
      found[name].push(`${path} ${await sha256(Deno.readFileSync(`${folder}/${path}`))}`);
    }
  }
  return found;
}

function below(folder: string): string[] {
  const entries = [...list(folder)].filter(({ name }) => !name.startsWith(".tmp-"));
  return entries.flatMap(({ name, isDirectory }) =>
    isDirectory ? below(`${folder}/${name}`).map((path) => `${name}/${path}`) : [name]
  ).sort();
}

function list(folder: string): Iterable<Deno.DirEntry> {
  try {
    return [...Deno.readDirSync(folder)];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

function eventLog(path: string): string[] {
  try {
    const events = Deno.readTextFileSync(path).trimEnd().split("\n").map((line) => JSON.parse(line));
    const numbers = events.map(({ number }) => number);
    if (numbers.some((number, i) => number !== i + 1)) return [`The numbers are ${numbers}`];
    return events.map(({ type, cycle, id, data }) => JSON.stringify({ type, cycle, id, data })).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
