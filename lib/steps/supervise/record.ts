/**
 * The record of one life on stdout.
 *
 * @module
 */

import { causeOfEnd } from "../../records/cause.ts";
import { isLimit, issueOf } from "../../isolation/outcome.ts";
import type { StepRecord } from "../../step/context.ts";
import type { Settled } from "./settled.ts";

/** The record `agent.lived` of a life. */
export function livedRecord({ life, wallMs, end }: Settled): StepRecord {
  const told = {
    type: "agent.lived",
    id: life.id,
    kind: life.kind,
    cycle: life.cycle,
    genomeHash: life.genomeHash,
    wallMs: wallMs === null ? null : Math.round(wallMs * 10) / 10,
  };
  if (end.ok) {
    const { score, genome } = end.finished;
    return { ...told, ok: true, outcome: "finished", score, genomeAfter: genome?.hash ?? null, reproducible: true };
  }
  const { outcome, reached, artifact, message } = end.failure;
  return {
    ...told,
    ok: false,
    outcome,
    score: null,
    genomeAfter: null,
    reproducible: !isLimit(outcome),
    cause: causeOfEnd(outcome),
    ...(reached && { reached }),
    issue: artifact === undefined ? issueOf(end.failure) : { code: artifact, message },
  };
}
