/**
 * The two parts of a replay: the judge plays again what is kept, and the agent's own program is run again.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import { costingGenes } from "../../genome/active.ts";
import type { Pool } from "../../genome/pool.ts";
import type { HostedData } from "../../isolation/data.ts";
import type { Judge } from "../../isolation/judge.ts";
import type { Sandbox } from "../../isolation/launcher.ts";
import { agentLimits } from "../../isolation/limits.ts";
import { type Failure, inFull, isLimit } from "../../isolation/outcome.ts";
import { sandboxFor } from "../../isolation/sandbox.ts";
import type { AgentReplay, ReplayDifference, ReplayPart } from "../../records/replay.ts";
import { traceRecords, type TraceStep } from "../../records/trace.ts";
import { conditionsOf } from "../../run/conditions.ts";
import type { Config } from "../../run/config_schema.ts";
import type { RunPaths } from "../../run/paths.ts";
import { worldsOf } from "../../run/worlds.ts";
import type { TracedStep, ViewArea, WorldSeed, WorldSettings } from "../../runtime/contract.ts";
import { loadPool } from "../../template/pool_store.ts";
import { judgeAgain, type KeptEpisodes } from "../../toolchain/judge_again.ts";
import { bad, Misuse, type Result, StepFailed } from "../../util/issue.ts";
import { shownText } from "../../util/text.ts";
import type { PageEpisode } from "../../view/page.ts";
import { differenceOfJudgement, differenceOfRun, parsed } from "./compare.ts";
import type { Drawing, DrawingFormat } from "./draw.ts";
import type { Kept } from "./kept.ts";
import { PoolPrograms } from "../../toolchain/pool_programs.ts";
import { runAgain } from "./run_again.ts";

/** The ways of keeping the processes of a replay apart. */
export type ReplayIsolation = "process" | "bwrap";

/** What a replay comes to. */
export type Parts = Pick<AgentReplay, "judged" | "ran" | "episodes" | "recordedEngine">;

/** What a replay comes to, and what it shows besides. */
export interface Replay {
  readonly parts: Parts;
  /** The world that it was in; absent where nothing could be played. */
  readonly world?: WorldSettings;
  /** The steps of the program; empty where they are not recorded. */
  readonly trace: readonly TraceStep[];
  /** Absent where it is not asked for, or not all could be played. */
  readonly drawn?: Drawing;
}

/** What a replay is done with. */
export interface ReplayTools {
  readonly listing: Listing;
  readonly paths: RunPaths;
  readonly config: Config;
  readonly isolation: ReplayIsolation;
  /** Whether the steps of the program are recorded. @default false */
  readonly trace?: boolean;
  /** What it is drawn as. @default it is not drawn */
  readonly view?: DrawingFormat;
}

/** What is known of an evaluation that can be played again. */
interface Setting {
  readonly kept: Kept;
  readonly tools: ReplayTools;
  readonly pool: Pool;
  readonly seed: string;
  readonly programs: PoolPrograms;
  readonly sandbox: Sandbox;
  readonly data: HostedData | undefined;
  /** Undefined where they are not known any more. */
  readonly worlds: readonly WorldSeed[] | undefined;
}

/**
 * Does both parts. Needs what `replay` needs.
 *
 * @throws {StepFailed} If processes can't be started, or the program of the present pool is not built.
 */
export async function replayParts(tools: ReplayTools, kept: Kept): Promise<Replay> {
  const recordedEngine = kept.shared?.engine ?? null;
  const setting = await settingOf(tools, kept);
  if ("result" in setting) return nothing(setting, recordedEngine);
  const { pool, worlds, programs, sandbox, data } = setting;
  const viewer = tools.view && await programs.viewer(tools.config, sandbox, data);
  const { episodes, ...judged } = await judgedPart(setting);
  const { trace = [], ...ran } = await ranPart(setting);
  const isPlayed = worlds !== undefined && episodes.length === worlds.length;
  return {
    parts: { judged, ran, episodes, recordedEngine },
    world: pool.world,
    trace: traceRecords(trace, { id: kept.row.id, cycle: kept.row.cycle, worlds: worlds ?? [] }),
    ...(viewer && viewer !== "lost" && isPlayed && { drawn: await drawnOf(viewer, setting, episodes) }),
  };
}

/** What is known of an evaluation, or why it can't be played again. */
async function settingOf(tools: ReplayTools, kept: Kept): Promise<Setting | ReplayPart> {
  if (!kept.evidence) return undone;
  const { listing, paths, config } = tools;
  const pool = loadPool(paths, kept.row.codeHash);
  const seed = listing.meta("seed") ?? "";
  const [worlds, sandbox, programs] = await Promise.all([
    worldsOfKept(kept, pool, seed, config),
    sandboxFor(tools.isolation, agentLimits(config)),
    PoolPrograms.open(listing, paths, pool, kept.row.codeHash),
  ]);
  const data = await programs.data();
  if (data === "lost") return forgotten("the data of its template is not kept, as it is not the present one");
  return { kept, tools, pool, seed, programs, sandbox, data, worlds };
}

/** Episodes that were judged again and drawn. */
export interface Played {
  readonly episodes: readonly PageEpisode[];
  /** The part that is seen, where the view says it. */
  readonly area: ViewArea | undefined;
}

/**
 * Judges what is kept again and draws it; the agent's program is not run. Needs what `replay` needs.
 *
 * @param most Episodes at most, and frames of all of them.
 * @throws {Misuse} `view.none`, if the template has no view.
 * @throws {StepFailed} `view.failed`, if the view fails; or if processes can't be started, or the programs are not built.
 */
export async function drawParts(
  tools: ReplayTools,
  kept: Kept,
  most: { readonly episodes: number; readonly frames: number },
): Promise<Result<Played>> {
  const setting = await settingOf(tools, kept);
  if ("result" in setting) return bad("replay.forgotten", setting.reason!);
  const { pool, worlds, programs, sandbox, data } = setting;
  const opened = await programs.viewer(tools.config, sandbox, data);
  if (opened === "lost") {
    return bad("replay.forgotten", "what draws its world is not kept, as it is not the present one");
  }
  await using viewer = opened;
  const { episodes, result, reason } = await judgedPart(setting);
  if (result === "forgotten") return bad("replay.forgotten", reason!);
  if (result === "differs") return bad("replay.differs", "what it did does not come to what is recorded of it");
  const { drawEpisodes } = await import("./draw.ts");
  const drawn = await drawEpisodes(viewer, { ...episodesOf(kept, pool, worlds!), id: kept.row.id, episodes }, most);
  return { ok: true, value: { episodes: drawn, area: pool.view?.area } };
}

function nothing(part: ReplayPart, recordedEngine: AgentReplay["recordedEngine"]): Replay {
  return { parts: { judged: part, ran: part, episodes: [], recordedEngine }, trace: [] };
}

async function drawnOf(viewer: Judge, { kept, tools, pool, worlds }: Setting, episodes: AgentReplay["episodes"]) {
  await using _viewer = viewer;
  const { draw } = await import("./draw.ts");
  const { row: { id, cycle } } = kept;
  return await draw(
    viewer,
    { ...episodesOf(kept, pool, worlds!), id, cycle, episodes, area: pool.view?.area },
    tools.view!,
  );
}

function forgotten(reason: string): ReplayPart {
  return { result: "forgotten", reason };
}

const undone = forgotten("retention has dropped what it did");

function partOf(first: ReplayDifference | undefined): ReplayPart {
  return first ? { result: "differs", first } : { result: "same" };
}

/** Where it is not kept how the world was configured, the present configuration may come to the same conditions. */
async function worldsOfKept(
  { row, shared }: Kept,
  pool: Pool,
  seed: string,
  config: Config,
): Promise<readonly WorldSeed[] | undefined> {
  if (shared) return worldsOf(seed, row.cycle, pool.world, shared.world);
  try {
    const worlds = worldsOf(seed, row.cycle, pool.world, config.world);
    return await conditionsOf(pool, worlds) === row.conditions ? worlds : undefined;
  } catch (error) {
    if (error instanceof Misuse) return undefined;
    throw error;
  }
}

type JudgedPart = ReplayPart & Pick<AgentReplay, "episodes">;

async function judgedPart(setting: Setting): Promise<JudgedPart> {
  const { kept, worlds, programs, tools, sandbox, data } = setting;
  if (!worlds) {
    return { ...forgotten("its worlds are not known any more, as the configuration has changed"), episodes: [] };
  }
  if (!kept.decoded) {
    const tampered = kept.changed.find(({ what }) => what === "genome");
    return { ...(tampered ? partOf(tampered) : forgotten("its genome is not kept")), episodes: [] };
  }
  const judge = await programs.judge(tools.config, sandbox, data);
  if (judge === "lost") {
    return { ...forgotten("the judge of its world is not kept, as the world has changed"), episodes: [] };
  }
  await using _judge = judge;
  return await judgeAll(judge, setting, worlds);
}

async function judgeAll(
  judge: Judge,
  { kept, pool }: Setting,
  worlds: readonly WorldSeed[],
): Promise<JudgedPart> {
  const { row, changed } = kept;
  const again = episodesOf(kept, pool, worlds);
  const done = again.evidence;
  const episodes: JudgedPart["episodes"][number][] = [];
  const tampered = changed.find(({ what }) => what === "evidence");
  for (let episode = 0; episode < worlds.length; episode++) {
    const verdict = await judgeAgain(judge, again, episode);
    if (!verdict.ok) {
      const now = shownText(verdict.message);
      return { ...partOf(tampered ?? { what: "outcome", episode, recorded: "finished", now }), episodes };
    }
    const { answer } = verdict;
    episodes.push({ ...verdict.episode, ...(pool.worldFunctions?.includes("answer") && { answer }) });
  }
  const count = { what: "outcome", recorded: `${done.length} episodes`, now: `${worlds.length} episodes` };
  const first = tampered ?? (done.length === worlds.length ? differenceOfJudgement(row, episodes) : count);
  return { ...partOf(first), episodes };
}

function episodesOf({ decoded, evidence }: Kept, pool: Pool, worlds: readonly WorldSeed[]): KeptEpisodes {
  return {
    worlds,
    evidence: parsed(new TextDecoder().decode(evidence)),
    genes: costingGenes(decoded!, pool),
    objective: pool.world.objectives?.[0],
  };
}

/** What the program comes to, with its steps where they are recorded. */
type RanPart = ReplayPart & { readonly trace?: readonly TracedStep[] };

async function ranPart(setting: Setting): Promise<RanPart> {
  const { kept: { row, shared, genome, decoded, given, changed }, worlds, programs } = setting;
  const tampered = changed.find(({ what }) => what !== "evidence");
  if (tampered) return partOf(tampered);
  if (!shared || !worlds || !given) {
    return forgotten("what it was given is not kept, as an earlier release judged it, or a part of it is lost");
  }
  if (!genome || !decoded) return forgotten("its genome is not kept");
  const cut = await programs.cut(decoded);
  if (cut === "lost") return forgotten("the programs of its template are not kept, as it is not the present one");
  // Another runtime of the same semantics is in other artifacts.
  if (cut.buildHash !== row.buildHash && shared.runtime === programs.runtime) {
    return partOf({ what: "artifact", recorded: row.buildHash, now: cut.buildHash });
  }
  return await runOnce(setting, cut.program);
}

async function runOnce(setting: Setting, program: string): Promise<RanPart> {
  const { kept, tools: { config, trace = false }, pool, seed, sandbox, data, worlds } = setting;
  const { row, letters, evidence, genome } = kept;
  const [shared, given] = [kept.shared!, kept.given!];
  const result = await runAgain({
    row,
    genome: genome!,
    given,
    worlds: worlds!,
    pool,
    seed,
    config,
    program,
    sandbox,
    data,
    trace,
  });
  if (!result.ok) return { ...partOf(failed(row.id, result.failure)), trace: result.failure.trace };
  const { addresses } = given;
  const recorded = {
    row,
    letters,
    addresses,
    messages: shared.messages,
    evidence: new TextDecoder().decode(evidence),
  };
  return { ...partOf(differenceOfRun(recorded, result.reply, pool.world)), trace: result.reply.trace };
}

/** @throws {StepFailed} If a limit of the machine has ended it, which tells nothing of the agent. */
function failed(id: string, failure: Failure): ReplayDifference {
  const message = inFull(failure);
  if (!isLimit(failure.outcome)) {
    return { what: "outcome", recorded: "finished", now: `${failure.outcome}: ${message}` };
  }
  throw new StepFailed({
    code: "replay.limits",
    message: `Cannot replay ${id} as its program must keep the limits, as it did: ${message} Raise the limit in ` +
      "config.json, or give the machine less other work.",
    path: id,
  });
}
