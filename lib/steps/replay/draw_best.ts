/**
 * Draws what the best agent did, for the report, which runs no code of a template itself.
 *
 * @module
 */

import { Listing } from "../../db/listing.ts";
import type { AgentDrawn } from "../../records/replay.ts";
import { loadConfig } from "../../run/config.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { loadPool } from "../../template/pool_store.ts";
import { presentPool } from "../../template/template.ts";
import { writeFileAtomicSync } from "../../util/files.ts";
import { bad, type Issue, Misuse, type Result, StepFailed } from "../../util/issue.ts";
import { type KeptReplay, keptReplayFile, mostKeptReplay, type ReplayOf, thinned } from "../../view/kept_replay.ts";
import type { PageEpisode } from "../../view/page.ts";
import { readKept } from "./kept.ts";
import { drawParts, type Played, type ReplayIsolation } from "./parts.ts";
import { findRecorded } from "./recorded.ts";

/** Episodes at most, and frames of all of them. */
const most = { episodes: 4, frames: 400 };

/** What the report shows in place of a drawing; all else that fails is no view's. */
const ofView: ReadonlySet<string> = new Set(["view.failed"]);

/**
 * Draws the episodes that the best agent's score is of into `workspace/reports/replay.json`, and emits one `agent.drawn`; nothing where
 * the template has no view. A view that fails ends no step: the file says how it failed, and the report tells.
 *
 * The view is run in a process without permissions. Needs read permission for configuration, listing, template, store, the public
 * key and `lib`, write permission for `workspace/reports`, and run permission for `/bin/sh`.
 *
 * @throws {Misuse} `best.none`, if no agent has a score yet.
 * @throws {StepFailed} If processes can't be started, or the program that draws is not built.
 */
export async function drawBest(step: StepContext, isolation: ReplayIsolation): Promise<Counts> {
  const { paths } = step;
  using listing = Listing.open(paths.listing, { readOnly: true });
  if (!loadPool(paths, presentPool(listing)).view) return { updates: 0, episodes: 0, frames: 0 };
  listing.db.exec("BEGIN");
  const found = findRecorded(listing, [], undefined);
  const kept = found.row && readKept(listing, found.row);
  listing.db.exec("COMMIT");
  const { id, cycle, genomeHash } = found.row ?? found.dropped;
  const of = { id, genomeHash, cycle };
  const played = kept
    ? await caught(async () =>
      await drawParts({ listing, paths, config: await loadConfig(paths), isolation }, kept, most)
    )
    : bad("replay.forgotten", "retention has dropped what it did");
  const drawing = fitting(of, played);
  Deno.mkdirSync(paths.reports, { recursive: true });
  const text = JSON.stringify(drawing);
  writeFileAtomicSync(`${paths.reports}/${keptReplayFile}`, text);
  const { episodes = [], issue } = drawing;
  const frames = episodes.reduce((sum, { drawn }) => sum + drawn.frames.length, 0);
  const record: AgentDrawn = {
    type: "agent.drawn",
    id,
    ok: issue === undefined,
    cycle,
    genomeHash,
    episodes: episodes.length,
    frames,
    bytes: text.length,
    ...(issue && { issue }),
  };
  step.emit(record);
  return { updates: 1, episodes: episodes.length, frames };
}

async function caught(draw: () => Promise<Result<Played>>): Promise<Result<Played>> {
  try {
    return await draw();
  } catch (error) {
    if (!(error instanceof StepFailed || error instanceof Misuse) || !ofView.has(error.issue.code)) throw error;
    return { ok: false, issue: error.issue };
  }
}

/** With fewer frames where it would be too long for a page. */
function fitting(of: ReplayOf, played: Result<Played>): KeptReplay {
  const failed = ({ code, message }: Issue): KeptReplay => ({ version: 1, of, issue: { code, message } });
  if (!played.ok) return failed(played.issue);
  const { episodes, area } = played.value;
  for (let frames = most.frames; frames >= 2; frames = Math.floor(frames / 2)) {
    const thin: PageEpisode[] = episodes.map((one) => ({ ...one, drawn: thinned(one.drawn, frames) }));
    const all: KeptReplay = { version: 1, of, episodes: thin, ...(area && { area }) };
    if (JSON.stringify(all).length <= mostKeptReplay) return all;
  }
  return failed({ code: "view.size", message: "Two frames of each episode are already more than a report takes in." });
}
