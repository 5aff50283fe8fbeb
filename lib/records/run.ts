/**
 * Records of a run as a whole: its key, its events, backups, what was repaired and what was ended.
 *
 * @module
 */

import type { EventType } from "./events.ts";
import type { ShownObjective } from "./objective.ts";
import type { RecordOf } from "./record.ts";

/** The project's signing key. */
export interface KeyReady extends RecordOf<"key.ready", null> {
  /** Whether there was none before. */
  readonly made: boolean;
  /** SHA-256 of the 32 bytes of the public key. */
  readonly fingerprint: string;
}

/** The keys of a broker. */
export interface KeysReady extends RecordOf<"keys.ready", null> {
  /** The files that were written, by their paths within `workspace/keys/nats/`. */
  readonly written: readonly string[];
  /** Names and addresses that the broker's certificate has. */
  readonly hosts: readonly string[];
  /** How long it holds. */
  readonly until: string;
}

/** A template that was written to begin with, or its copy of the contract. */
export interface TemplateWritten extends RecordOf<"template.written", null> {
  /** The whole path of its folder. */
  readonly folder: string;
  /** The files that were written, by their paths within it. */
  readonly files: readonly string[];
}

/** An event that was written to the log, or given to a hook; not `ok` is a hook that failed. */
export interface EventDelivered extends RecordOf<"event.delivered", string | null> {
  /** Type of the event. */
  readonly event: EventType;
  /** Number of the event. */
  readonly number: number;
  /** The cycle. */
  readonly cycle: number;
  /** The receiver. */
  readonly to: string;
  /** To a hook: which attempt it was; 0 where none was made, as the event has waited for too long or with too many. */
  readonly attempt?: number;
  /** When the next attempt is due: time of day, ISO 8601. */
  readonly due?: string;
  /** Why the event is a dead letter, which no further attempt is made for unless it is asked for. */
  readonly dead?: DeathOfLetter;
}

/**
 * Why an event is not given to a hook any more. `refused`: the receiver does not want it. `attempts`: it was tried as often
 * as may be. `age`: it has waited for too long. `waiting`: too many others waited. `removed`: the hook is not configured any more.
 */
export type DeathOfLetter = "refused" | "attempts" | "age" | "waiting" | "removed";

/** A backup that was written and read again. */
export interface BackupWritten extends RecordOf<"backup.written", null> {
  /** Where it is. */
  readonly file: string;
  /** Its size. */
  readonly bytes: number;
  /** Files in it. */
  readonly files: number;
  /** The present cycle. */
  readonly cycle: number;
  /** Agents, the dead included. */
  readonly agents: number;
  /** When it was made: time of day, ISO 8601. */
  readonly at: string;
}

/** A module in `plugins/` that is not in the backup; never `ok`. */
export type BackupPlugin = RecordOf<"backup.plugin", null>;

/** A table that was exported. */
export interface ExportFile extends RecordOf<"export.file", null> {
  /** Where it is. */
  readonly file: string;
  /** Rows in it. */
  readonly rows: number;
  /** Its size. */
  readonly bytes: number;
}

/** A run that was restored. */
export interface RunRestored extends RecordOf<"run.restored", null> {
  /** Where it is. */
  readonly file: string;
  /** When the backup was made: time of day, ISO 8601. */
  readonly at: string;
  /** The cycle. */
  readonly cycle: number;
  /** Agents, the dead included. */
  readonly agents: number;
  /** Files in the backup. */
  readonly files: number;
}

/** A module of the backup that was not put into `plugins/`; never `ok`. */
export type RestorePlugin = RecordOf<"restore.plugin", null>;

/** Something that was wrong; not `ok` is what is still so. */
export interface DoctorFound extends RecordOf<"doctor.found", string | null> {
  /** Whether it is well again. */
  readonly repaired: boolean;
  /** Code of what was wrong. */
  readonly code: string;
  /** The same in words. */
  readonly found: string;
  /** Where it was. */
  readonly path?: string;
  /** What was done; absent where it is not repaired. */
  readonly action?: string;
}

/** A run of the project; not `ok` is one that can't be read. */
export interface RunListed extends RecordOf<"run.listed", null> {
  /** Its name; null for the one at the top of the project. */
  readonly run: string | null;
  /** The template that `init` was given; null where that is not known. */
  readonly template: string | null;
  /** The last closed cycle; null where the run can't be read. */
  readonly cycles: number | null;
  /** Agents that are not dead; null where the run can't be read. */
  readonly size: number | null;
  /** Of these the one of which most is expected; null where none has a score. */
  readonly best: string | null;
  /** Its score; null where there is none. */
  readonly score: number | null;
  /** The same as the world means it; absent where it gives scores itself. */
  readonly objective?: ShownObjective;
  /** What its agents, logs and workspace take of the disk, without what links lead to. */
  readonly bytes: number;
  /** The step that holds its lock; null where none does. */
  readonly holder: string | null;
}

/** What a table tells of a run besides. */
export interface RunCells {
  readonly value?: string | null;
  readonly disk?: string;
}

/** A run that was removed. */
export interface RunRemoved extends RecordOf<"run.removed", null> {
  /** Its name. */
  readonly run: string;
  /** Of its folders those that were links: what they led to is still there. */
  readonly left: readonly string[];
}

/** A step that was ended. */
export interface StepStopped extends RecordOf<"step.stopped", null> {
  /** Its name. */
  readonly stopped: string;
  /** Id of its process. */
  readonly pid: number;
  /** When it took the lock: time of day, ISO 8601. */
  readonly since: string;
  /** Whether force was needed. */
  readonly forced: boolean;
}

/** An agent that was on stdin. */
export interface AgentStopped extends RecordOf<"agent.stopped", string> {
  /** Whether any step was ended. */
  readonly stopped: boolean;
}
