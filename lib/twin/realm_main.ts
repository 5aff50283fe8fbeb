/**
 * What a twin's program begins with, before the genes and the world of a pool: it evaluates and judges in one hardened realm.
 *
 * @module
 */

import type { GenePool, HostedRequest, JudgeReply, SharedInputs } from "../runtime/contract.ts";
import { deepFreeze } from "../runtime/freeze.ts";
import { expose, harden } from "../runtime/harden.ts";
import { judge } from "../runtime/judge.ts";
import { type ChosenTake, type Load, loadedFor } from "../runtime/load.ts";
import { replyAsOneOf } from "../runtime/shared.ts";

/** What the outside lays before the program, and takes from it, since a call into a realm that has a deadline hands nothing over. */
export interface Port {
  /** The line that is asked. */
  asked: string;
  /** The lines of the answer. */
  answer: string;
}

/** One evaluation. */
export interface TwinRequest {
  readonly request: HostedRequest;
  /** Active genes that cost something in each step: what the judge is told. */
  readonly genes: number;
}

// Taken before the realm is hardened, which removes it: no gene can reach it.
const port: Port = (globalThis as unknown as { readonly __port: Port }).__port;

harden();

const { parse, stringify } = JSON;
const none: ReadonlySet<number> = new Set();

/**
 * Leaves a function `__twin` in the global object, which answers the line at the port: given members of `SharedInputs` it takes
 * them for all that follows; given a `TwinRequest` it gives the reply and, where there was something to judge, after a line
 * feed the verdict.
 *
 * @param load Evaluates the world and what the chosen genes of the pool need, which is done for each episode anew.
 */
export function twin(load: Load<GenePool, ChosenTake<GenePool>>): void {
  const fresh = (active: ReadonlySet<number>) => loadedFor(load, active);
  let shared: SharedInputs = { pool: { files: [] }, worlds: [] };
  expose("__twin", () => {
    const given: Partial<SharedInputs & TwinRequest> = parse(port.asked);
    if (given.request === undefined) shared = { ...shared, ...deepFreeze(given) };
    else port.answer = answered(given as TwinRequest);
    return "";
  });

  function answered({ request, genes }: TwinRequest): string {
    const reply = replyAsOneOf(fresh, shared, request);
    const text = stringify(reply);
    if (request.kind !== "judged") return text;
    const world = () => fresh(none).world;
    const asked = { token: request.token, worlds: shared.worlds, genes, evidence: reply.evidence };
    if (!("error" in reply)) return lines(text, judge(world(), asked, world));
    if (reply.error.code !== "world") return text;
    return lines(text, judge(world(), { ...asked, failed: true, point: reply.point }, world));
  }
}

function lines(text: string, verdict: JudgeReply): string {
  return `${text}\n${stringify(verdict)}`;
}
