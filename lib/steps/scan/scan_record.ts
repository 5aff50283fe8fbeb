/**
 * Enters what `scan` has found into the listing, and tells it.
 *
 * @module
 */

import { recordEvent } from "../../db/events.ts";
import { fromBytes } from "../../runtime/genome_bytes.ts";
import { genomeDistance } from "../../genome/diff.ts";
import type { Genome } from "../../runtime/genome_schema.ts";
import type { Issue } from "../../util/issue.ts";
import type { StepContext } from "../../step/context.ts";
import { enterFiles } from "../../db/transitions/genome.ts";
import type { KnownPools } from "../../template/known_pools.ts";
import { genomeFile } from "../../run/layout.ts";
import { markPending } from "../../db/pending_files.ts";
import { forgetWiring } from "../../db/stamps.ts";
import type { Listing } from "../../db/listing.ts";
import { metricsOf } from "../../agents/metrics.ts";
import type { UnrecognisedCode } from "../../template/unrecognised_code.ts";
import { isChanged, type ScanRow } from "./scan_rows.ts";
import type { Look, Seen } from "./scan_worker.ts";
import { agentKey, folderKey, isFolderKey } from "../../db/agent_key.ts";
import { disable, disableAgain, reactivate } from "../../db/transitions/status.ts";

/** What was found of one agent. */
export interface Finding {
  readonly row: ScanRow;
  readonly look: Look;
  /** Its code by tokens, where its bytes are those of no pool. */
  readonly unrecognised?: UnrecognisedCode;
}

/** What all findings of one scan share. */
export interface ScanFrame {
  readonly cycle: number;
  readonly pools: KnownPools;
  /** Hashes of all pools that the run has had. */
  readonly known: ReadonlySet<string>;
}

/** An agent after the scan. */
interface After extends Pick<ScanRow, "status" | "genome_hash" | "code_hash" | "genome_ok" | "metrics" | "metrics_of"> {
  readonly stamp: string | null;
  readonly ignored?: readonly string[];
  /** What is wrong with it now, whatever it was disabled for. */
  readonly issue?: Issue;
  /** Why nothing of it was taken up, unless all was. */
  readonly pending?: Issue;
  /** Whether its genome was missing and is to be written from the listing. */
  readonly rewritten?: boolean;
  /** What it is now: stays disabled while this is what it was disabled as. */
  readonly key: string;
}

type State = Pick<ScanRow, "status" | "code" | "reason">;

/** Enters findings and counts them. */
export class Recorder {
  readonly counts = { updates: 0, scanned: 0, changed: 0, disabled: 0, reactivated: 0 };
  /** Paths of what is no code and no step's to read, of agents that have not been reported before. */
  readonly strays: string[] = [];
  readonly #step: StepContext;
  readonly #listing: Listing;
  readonly #frame: ScanFrame;

  constructor(step: StepContext, listing: Listing, frame: ScanFrame) {
    this.#step = step;
    this.#listing = listing;
    this.#frame = frame;
  }

  /** Enters a batch in one transaction, if there is anything to enter, and then tells of each agent. */
  record(findings: readonly Finding[]): void {
    const afters = findings.map((finding) => this.#judge(finding));
    const touched = findings.filter(({ row, look }, i) =>
      look.seen || look.leftovers || look.strays.length > 0 || this.#moves(row, afters[i]!)
    );
    const moved = new Set<string>();
    if (touched.length > 0) {
      this.#listing.transaction(() =>
        findings.forEach((finding, i) => {
          if (this.#enter(finding, afters[i]!)) moved.add(finding.row.id);
        })
      );
    }
    findings.forEach(({ row }, i) => this.#tell(row, afters[i]!, moved.has(row.id)));
  }

  #judge({ row, look, unrecognised }: Finding): After {
    const { seen } = look;
    if (!seen) return { ...row, key: agentKey(row.genome_hash, row.reach) };
    // The listing has the genome, and `supervise` writes it again: nothing has happened to the agent.
    if (seen.isMissing && this.#listing.blob(row.genome_hash)) {
      return { ...row, stamp: null, rewritten: true, key: agentKey(row.genome_hash, row.reach) };
    }
    if (seen.folder) return unfit(row, seen.folder);
    // The genome on disk is the one before, or a part of the new one: taking it up would undo what the agent decided.
    if (row.ahead === 1 && (seen.isDamaged || seen.genomeHash !== row.genome_hash)) {
      return { ...row, key: agentKey(row.genome_hash, row.reach), pending };
    }
    if (unrecognised?.issue) return unfit(row, unrecognised.issue);
    if (seen.isDamaged) return unfit(row, damageOf(seen));
    const codeHash = seen.codeHash ?? unrecognised!.hash;
    const base = { ...row, stamp: seen.stamp, genome_hash: seen.genomeHash, code_hash: codeHash };
    const { genome } = seen;
    if (!genome) return { ...base, key: agentKey(base.genome_hash, row.reach) };
    const key = agentKey(base.genome_hash, genome.ok ? genome.value.reach : null);
    if (!genome.ok) return { ...base, genome_ok: 0, issue: genome.issue, key };
    const { genome: fitted, ignored } = genome.value;
    const metrics = metricsOf(fitted, this.#frame.pools.pool, this.#distance(row, seen, fitted), row.mutations);
    return {
      ...base,
      genome_ok: 1,
      metrics: JSON.stringify(metrics),
      metrics_of: base.genome_hash,
      ...(ignored.length > 0 && { ignored }),
      key,
    };
  }

  /** Loci that differ from the genome that was looked at before, or from that which it was born with. */
  #distance(row: ScanRow, seen: Seen, genome: Genome): number {
    const parents: { genomeHash: string }[] = JSON.parse(row.parents);
    const before = row.metrics_of ?? parents[0]?.genomeHash;
    if (before === seen.genomeHash) return row.metrics ? JSON.parse(row.metrics).distance : 0;
    const bytes = before === undefined ? undefined : this.#listing.blob(before);
    return bytes ? genomeDistance(fromBytes(bytes) as Genome, genome) : 0;
  }

  #moves(row: ScanRow, after: After): boolean {
    return after.issue ? row.status === "active" : row.status === "disabled" && row.disabled_key !== after.key;
  }

  /** Tells whether the agent's status or the reason for it is another one now. */
  #enter({ row, look }: Finding, after: After): boolean {
    const { counts } = this;
    const listing = this.#listing;
    if (look.leftovers && row.wired_stamp !== null) {
      // To clear up is for a step that may write in agents' folders: sync-wiring looks at this one.
      forgetWiring(listing, row.id);
    }
    if (look.strays.length > 0) this.#stray(row.id, look.strays);
    if (after.pending) return false;
    if (after.rewritten) {
      markPending(listing, row.id, genomeFile);
      counts.updates++;
    }
    const { seen } = look;
    const edited = enterFiles(listing, this.#frame.cycle, row.id, { before: row, after });
    if (seen?.genome?.ok && after.genome_hash === seen.genomeHash) {
      listing.putBlob(seen.genomeHash, "genome", seen.genome.value.bytes);
    }
    const moved = this.#move(row, after);
    if (moved || edited || after.metrics !== row.metrics) counts.updates++;
    return moved;
  }

  /** Said once, and again where they have become others. */
  #stray(id: string, strays: readonly string[]): void {
    const data = { files: strays.slice(0, mostStrays), count: strays.length };
    const last = this.#listing.get<{ data: string }>(lastStray, id)?.data;
    if (last === JSON.stringify(data)) return;
    recordEvent(this.#listing, this.#frame.cycle, "agent.stray", id, data);
    this.strays.push(...strays.map((path) => `${id}/${path}`));
    this.#step.emit({ type: "agent.stray", id, ok: true, ...data });
  }

  #move(row: ScanRow, after: After): boolean {
    const { cycle } = this.#frame;
    const { issue, key } = after;
    if (issue && row.status === "active") {
      this.counts.disabled++;
      return disable(this.#listing, row.id, cycle, issue, key);
    }
    if (row.status !== "disabled" || row.disabled_key === key) return false;
    if (!issue) {
      this.counts.reactivated++;
      return reactivate(this.#listing, row.id, cycle, "repaired");
    }
    // An agent that was disabled for what it is, such as for crashes, is not excused by something wrong with its folder.
    const excused = isFolderKey(key) && !isFolderKey(row.disabled_key);
    return !excused && disableAgain(this.#listing, row.id, cycle, issue, key);
  }

  #state(id: string): State {
    return this.#listing.get<State>("SELECT status, code, reason FROM agents WHERE id = ?", id)!;
  }

  #tell(row: ScanRow, after: After, moved: boolean): void {
    const now = moved ? this.#state(row.id) : row;
    const changed = isChanged({ ...after, built_from: row.built_from }, this.#frame.pools.present);
    this.counts.scanned++;
    if (changed) this.counts.changed++;
    this.#step.emit({
      type: "agent.scanned",
      id: row.id,
      ok: now.status === "active" && !after.pending,
      changed,
      genomeHash: after.genome_hash,
      codeHash: after.code_hash,
      metrics: after.metrics === null ? null : JSON.parse(after.metrics),
      ...(after.rewritten && { rewritten: [genomeFile] }),
      ...(after.ignored && { ignored: after.ignored }),
      ...(now.status !== "active" && { issue: issueOf(now, after.issue) }),
      ...(after.pending && { issue: after.pending }),
    });
  }
}

/** What can't be taken up is not entered: the listing keeps what it is repaired from. */
function unfit(row: ScanRow, issue: Issue): After {
  const isTold = issue.code === "agent.unreadable" || issue.message.includes("deno task doctor");
  const message = isTold ? issue.message : `${issue.message} \`deno task doctor\` repairs it.`;
  return { ...row, stamp: null, issue: { ...issue, message }, key: folderKey(issue) };
}

/** The listed genome stays the agent's, so what is wrong is the file's, whatever has written it. */
function damageOf({ genome }: Seen): Issue {
  const { code, message } = (genome as Extract<Seen["genome"], { ok: false }>).issue;
  const fix = "The listing has the one before: `deno task doctor` writes it again.";
  const how = code === "genome.unreadable" ? message : `Its genome is damaged (${code}): ${message}`;
  return {
    code: code === "genome.unreadable" ? code : "genome.damaged",
    message: `${how} ${fix}`,
    path: genomeFile,
  };
}

/** Strays of one agent that are named in a record. */
const mostStrays = 16;

const lastStray = "SELECT data FROM events WHERE agent = ? AND type = 'agent.stray' ORDER BY id DESC LIMIT 1";

const pending: Issue = {
  code: "supervise.pending",
  message: "Its new genome is in the listing but not yet in its folder, since `supervise` was cut short; " +
    "run `deno task supervise`, which writes it.",
  path: genomeFile,
};

function issueOf(now: State, found: Issue | undefined): Issue {
  if (found && found.code === now.code) return found;
  return { code: now.code ?? "agent.disabled", message: now.reason ?? "It is disabled." };
}
