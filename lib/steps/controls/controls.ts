/**
 * What a run is to beat: random search with a race, at the budget that the run has spent.
 *
 * @module
 */

import { chosen } from "../../arms/choice.ts";
import { Judge } from "../../arms/judge.ts";
import { random } from "../../arms/search.ts";
import { Twins } from "../../arms/twins.ts";
import { Listing } from "../../db/listing.ts";
import { lastRace } from "../../db/races.ts";
import { spentEpisodes } from "../../db/spent.ts";
import { loadConfig } from "../../run/config.ts";
import { episodesOf } from "../../source/instances.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { initDefaults } from "../../template/template_folder.ts";
import { loadPool } from "../../template/pool_store.ts";
import { presentPool } from "../../template/template.ts";
import { PoolPrograms } from "../../toolchain/pool_programs.ts";
import { runProgram } from "../../twin/twin.ts";
import { sha256Now } from "../../util/hash_now.ts";

/**
 * Emits `controls.found`: what random search comes to with the run's seed, template and configuration, as the arm `random` of
 * `compare` does.
 *
 * It is worked out anew each time, and keeps nothing. Needs read permission for the listing, the configuration, the store, the
 * public key and `lib/`, and run permission for `/bin/sh`.
 *
 * @param budget Judged episodes; absent: as many as the run has spent.
 * @throws {StepFailed} If the present pool is not built.
 */
export async function controls(step: StepContext, budget: number | undefined): Promise<Counts> {
  const { paths, signal, workers, stages } = step;
  const config = await loadConfig(paths);
  using listing = Listing.open(paths.listing, { readOnly: true });
  const poolHash = presentPool(listing);
  const pool = loadPool(paths, poolHash);
  const programs = await PoolPrograms.open(listing, paths, pool, poolHash);
  const program = await stages.time("program", () => runProgram(pool, programs, signal));
  const each = episodesOf(pool.world, config.world.episodes);
  const ground = {
    program,
    config,
    seed: listing.meta("seed") ?? "",
    active: Number(listing.meta("active") ?? initDefaults.active),
    budget: budget ?? spentEpisodes(listing, pool.world, config) + (lastRace(listing)?.raceEpisodes ?? 0),
  };
  let played = 0;
  using twins = new Twins(program, {
    workers,
    signal,
    onEpisodes: (episodes) => step.progress(played += episodes, ground.budget),
  });
  const judge = new Judge(ground, twins.examine);
  const found = await stages.time("search", () => random(judge, ground));
  const { winner, episodes } = await stages.time("race", () => chosen(judge, ground, found));
  step.emit({
    type: "controls.found",
    id: null,
    ok: true,
    budget: ground.budget,
    episodes: found.episodes + episodes,
    raceEpisodes: episodes,
    genomes: found.episodes / each,
    lethal: found.lethal,
    limited: judge.limited,
    genomeHash: winner ? sha256Now(winner) : null,
    genome: winner ? winner.toBase64() : null,
  });
  return { updates: 0, genomes: found.episodes / each };
}
