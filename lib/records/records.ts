/**
 * All records: a step can write no other.
 *
 * @module
 */

import type * as ablation from "./ablation.ts";
import type * as agents from "./agents.ts";
import type * as bench from "./bench.ts";
import type * as compare from "./compare.ts";
import type * as evaluations from "./evaluations.ts";
import type { EvaluatorReady, EvaluatorStatus } from "./evaluators.ts";
import type { StepFinished } from "./finished.ts";
import type * as report from "./report.ts";
import type { ReportCycle } from "./report_cycle.ts";
import type * as lineage from "./report_lineage.ts";
import type * as run from "./run.ts";
import type * as selection from "./selection.ts";
import type { AnswerRecord } from "./answer.ts";
import type { ControlsFound, RaceEntrant, RaceFinished } from "./race.ts";
import type { AgentDrawn, AgentReplay } from "./replay.ts";
import type { AgentShown } from "./shown.ts";
import type * as story from "./story.ts";
import type { TraceStep } from "./trace.ts";
import type * as tried from "./try.ts";

/** A record that a step emits, before the step's name is added. */
export type StepRecord =
  | ablation.AblationFinished
  | ablation.AblationGene
  | ablation.AblationStep
  | agents.AgentBuilt
  | agents.AgentCreated
  | agents.AgentEnabled
  | agents.AgentScanned
  | agents.AgentStray
  | agents.AgentUnknown
  | agents.AgentWired
  | bench.BenchFigure
  | bench.BenchOmitted
  | bench.SoakGrowth
  | compare.CompareArm
  | compare.CompareBegun
  | compare.CompareRun
  | evaluations.AgentEvaluated
  | evaluations.ResidentAdopted
  | evaluations.ResidentBackoff
  | evaluations.ResidentDisabled
  | evaluations.ResidentEnded
  | evaluations.ResidentStarted
  | evaluations.ResidentStatusRecord
  | evaluations.ResidentStopped
  | lineage.ReportBirths
  | lineage.ReportBranch
  | lineage.ReportAncestor
  | lineage.ReportClade
  | lineage.ReportLineage
  | report.ReportArchive
  | report.ReportDeath
  | report.ReportDisabled
  | report.ReportFile
  | report.ReportFront
  | report.ReportGene
  | report.ReportLeader
  | report.ReportOutcome
  | report.ReportParameter
  | report.ReportStep
  | report.ReportSummary
  | ReportCycle
  | run.AgentStopped
  | run.BackupPlugin
  | run.BackupWritten
  | run.ExportFile
  | run.DoctorFound
  | run.EventDelivered
  | run.KeyReady
  | run.KeysReady
  | run.TemplateWritten
  | run.RestorePlugin
  | run.RunListed
  | run.RunRemoved
  | run.RunRestored
  | run.StepStopped
  | selection.AgentBorn
  | selection.AgentDied
  | selection.AgentUnranked
  | selection.CycleFinished
  | AgentDrawn
  | AgentReplay
  | AgentShown
  | AnswerRecord
  | ControlsFound
  | EvaluatorReady
  | EvaluatorStatus
  | RaceEntrant
  | RaceFinished
  | StepFinished
  | story.AgentExplained
  | story.AgentLogged
  | story.AgentStatus
  | TraceStep
  | tried.TryEpisode
  | tried.TryEvaluated
  | tried.TryTypes;

type FieldOf<Record> = Record extends unknown ? keyof Record : never;

/** A field of any record, or what a table tells besides. */
export type RecordField = FieldOf<StepRecord> | keyof story.StatusCells | keyof run.RunCells;
