/**
 * What the best agent did, as `draw` has drawn it: the page of a report takes it in as data.
 *
 * @module
 */

import type { Pool } from "../../genome/pool.ts";
import { withRun } from "../../step/hint.ts";
import { readIfWhole } from "../../util/files.ts";
import { keptReplayFile, mostKeptReplay, parseKeptReplay } from "../../view/kept_replay.ts";
import { playerData } from "../../view/page.ts";
import { bestOf } from "./best_agent.ts";
import type { Report } from "./types.ts";

/** What the page shows of it. */
export interface ReplayInReport {
  /** What is said above it, or in its place. */
  readonly note: string;
  /** What the player is given; absent where nothing is shown. */
  readonly player?: unknown;
}

/**
 * Reads what `draw` has written, if it is of the best agent with the genome that it is here for.
 *
 * Needs read permission for the folder of reports.
 *
 * @returns Undefined where the template has no view, or there is no best agent.
 */
export function readReplay(report: Report, { view }: Pick<Pool, "view">, reports: string): ReplayInReport | undefined {
  const best = bestOf(report);
  if (!view || !best) return undefined;
  const hint = withRun("Run `deno task draw`, then `deno task report`.", report.summary.run ?? undefined);
  // Signs of several bytes make the file longer than its text.
  const bytes = readIfWhole(`${reports}/${keptReplayFile}`, 4 * mostKeptReplay);
  if (bytes === undefined) return { note: `What the best agent did is not drawn yet. ${hint}` };
  const kept = parseKeptReplay(new TextDecoder().decode(bytes));
  if (!kept) return { note: `${keptReplayFile} is not what draws of the best agent are kept as. ${hint}` };
  if (kept.of.id !== best.id || kept.of.genomeHash !== best.genomeHash) {
    return { note: `What is drawn is of another agent than the best one now. ${hint}` };
  }
  if (kept.issue) return { note: `What the best agent did can't be drawn: ${kept.issue.message}` };
  const { id, cycle } = kept.of;
  return {
    note:
      "The episodes that its score in that cycle is the mean of, judged again and drawn by the template's view; of long ones " +
      "some steps, evenly spread.",
    player: playerData(kept.episodes, { title: `Agent ${id.slice(0, 8)} in cycle ${cycle}`, area: kept.area }),
  };
}
