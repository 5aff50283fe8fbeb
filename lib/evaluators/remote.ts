/**
 * Evaluations by evaluators on other machines, behind the interface of all isolations.
 *
 * A good reply counts, and a failure that two machines tell alike. What one alone has seen fail, what is given back and what is
 * drawn to be verified is evaluated at home; and what one has given that was found to lie is evaluated again. So is what those
 * have given that were new then: a liar may have started many of them.
 *
 * @module
 */

import type { KnownEvaluator, KnownEvaluators } from "../db/evaluators.ts";
import type { Giver, Isolation, RunResult } from "../isolation/isolation.ts";
import type { CommandLine } from "../isolation/launcher.ts";
import { Left } from "../isolation/left.ts";
import { isLimit } from "../isolation/outcome.ts";
import { readReplyLine } from "../isolation/reply.ts";
import { ReplyError } from "../isolation/reply_checks.ts";
import type { EvaluationRequest } from "../isolation/request.ts";
import { type Issue, StepFailed } from "../util/issue.ts";
import { Semaphore } from "../util/semaphore.ts";
import { sentence } from "../util/text.ts";
import { Carrier } from "./carrier.ts";
import type { CarrierReport, CarrierSettings } from "./carrier_protocol.ts";
import { type Elsewhere, Failures, isAlike } from "./failures.ts";
import { most } from "./names.ts";
import type { Offer } from "./offer.ts";
import type { EvaluatorPresence } from "./presence.ts";
import { askedLine, batchText, ifMessage, keyOf, readBatch, readReplies } from "./protocol.ts";
import { isDrawn, trustStage, verifiedShare } from "./trust.ts";
import { type Given, WaitingReplies } from "./waiting_replies.ts";

/** How long a batch is to keep an evaluator busy, in milliseconds: short against the patience of the broker. */
const batchMs = 400;

/** Evaluations of a batch while nothing is known of how long one takes. */
const firstBatch = 2;

/** Evaluations that are under way while no evaluator is known. */
const firstUnderway = 64;

/** Pauses between the starts of carriers, in milliseconds. */
const pauses = { first: 100, longest: 3000 } as const;

/** What a remote isolation is made of. */
export interface RemoteParts {
  /** Evaluates at home. */
  readonly home: Isolation;
  /** What evaluators are handed besides. */
  readonly offer: Offer;
  /** Starts a carrier. */
  readonly carrier: CommandLine;
  readonly settings: Omit<CarrierSettings, "fresh">;
  /** Share of the replies that are evaluated at home as well, of an evaluator that is neither new nor proven. */
  readonly verifyFraction: number;
  /** How long there may be no broker, or no evaluator, in milliseconds. */
  readonly patienceMs: number;
  /** Aborted when the step is to end: what is not answered then is left for the next one. */
  readonly signal: AbortSignal;
  /** What evaluators have proven in this run. */
  readonly known: KnownEvaluators;
  /** Tells a person. */
  readonly say: (text: string) => void;
}

/** What came back of an evaluation: what an evaluator replied, or nothing that counts. */
type Returned = Given | undefined;

/** An evaluation that is not answered yet. */
interface Pending {
  readonly line: string;
  /** Whether it was published since the present carrier was started. */
  sent: boolean;
  readonly settle: (returned: Returned) => void;
  readonly fail: (error: unknown) => void;
}

/** Hands evaluations to a broker, and takes what evaluators reply. */
export class RemoteIsolation implements Isolation {
  /** Enough for hundreds of evaluators; how many are under way depends on those that are there. More cost memory, and time. */
  readonly capacity = 1024;
  /**
   * Replies that were verified at home, evaluations of which what they came to at home counts, and evaluators that were dropped;
   * what counts of those elsewhere, and how long it took, is known only when it is kept.
   */
  readonly counts = { elsewhere: 0, elsewhereMs: 0, verified: 0, atHome: 0, droppedEvaluators: 0 };
  readonly #parts: RemoteParts;
  readonly #home: Semaphore;
  /** By key, in the order in which they were asked for. */
  readonly #pending = new Map<string, Pending>();
  /** Keys of those that are to be published. */
  #queue: string[] = [];
  #underway = 0;
  /** Replies that were there before they were asked for, by key. */
  readonly #waiting = new WaitingReplies();
  /** Numbers of the events that evaluators were dropped in this step. */
  readonly #drops: number[] = [];
  /** The same by the numbers of the evaluators. */
  readonly #droppedBy = new Map<number, number>();
  #present: readonly EvaluatorPresence[] = [];
  /** The machine of each evaluator that was there, by its public key. */
  readonly #hosts = new Map<string, string>();
  #carrier: Carrier | undefined;
  #isOpen = false;
  #wasOpen = false;
  #fresh = false;
  /** Whether the carrier is ended for a liar: that is no trouble. */
  #isEnding = false;
  #starts = 0;
  /** Since when there has been no broker, or no evaluator; undefined while both are there. */
  #lackingSince: number | undefined = performance.now();
  #trouble: Issue | undefined;
  #ms: number | undefined;
  #isOver = false;
  #flushing = false;
  /** Why all that is asked for fails from now on. */
  #failure: StepFailed | undefined;
  readonly #clock: ReturnType<typeof setInterval>;
  #restart: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: RemoteParts) {
    this.#parts = parts;
    this.#home = new Semaphore(parts.home.capacity);
    this.#clock = setInterval(() => this.#look(), Math.min(1000, parts.patienceMs / 4));
    parts.signal.addEventListener("abort", this.#leave);
    this.#start();
  }

  withdrawnBy({ id, wasNew, drops, isVerified }: Giver): number | undefined {
    if (isVerified) return undefined;
    return this.#droppedBy.get(id) ?? (wasNew ? this.#drops[drops] : undefined);
  }

  #isDropped({ evaluator, instance }: Pick<Given, "evaluator" | "instance">): boolean {
    return this.#parts.known.isDropped(evaluator, instance);
  }

  /**
   * Has an evaluator run it, and verifies some at home.
   *
   * @throws {Left} If the step is to end, and it was not answered yet.
   * @throws {StepFailed} If there has been no broker, or no evaluator, for longer than there may be none.
   */
  async evaluate(request: EvaluationRequest): Promise<RunResult> {
    const { home, offer } = this.#parts;
    if (request.alone) return await this.#home.through(() => home.evaluate(request));
    const { artifact, genome } = request.artifact;
    const signature = await offer.signature(artifact, genome);
    if (signature === undefined) return await this.#atHome(request);
    const line = await askedLine(request, signature, offer.shared);
    // No message holds it.
    if (line.length > most.pieceBytes) return await this.#atHome(request);
    const failures = new Failures();
    for (;;) {
      const returned = await this.#reply(line);
      if (!returned) return await this.#atHome(request);
      const { failure } = returned.replied;
      if (failure && failures.areOpen(returned, this.#hosts.get(returned.instance), this.#ableHosts)) continue;
      const result = failure ? failures.agreed() : read(returned, request);
      if (!result) return await this.#atHome(request);
      const taken = this.#taken(result);
      return isDrawn(taken.share) ? await this.verify(request, taken.result) : taken.result;
    }
  }

  /** Counts a reply that is taken; with the share of such ones that is verified. */
  #taken({ evaluator: name, instance, ...result }: Elsewhere): { result: RunResult; share: number } {
    const one = this.#parts.known.of(name, instance, this.#hosts.get(instance) ?? null);
    const share = verifiedShare(this.#parts.verifyFraction, one);
    const evaluator: Giver = {
      id: one.id,
      wasNew: trustStage(one) === "new",
      drops: this.#drops.length,
      isVerified: false,
    };
    one.replies++;
    one.ms += result.wallMs;
    one.lastAt = new Date().toISOString();
    return { result: { ...result, evaluator }, share };
  }

  /** What it comes to at home too; that counts where the two differ, and the evaluator has lied. */
  async verify(request: EvaluationRequest, theirs: RunResult): Promise<RunResult> {
    this.counts.verified++;
    const own = await this.#home.through(() => this.#parts.home.evaluate(request));
    const counting = this.#compared(request, own, theirs);
    if (counting === own) this.counts.atHome++;
    return counting;
  }

  /** What counts of both, and what is to be thought of the evaluator. */
  #compared(request: EvaluationRequest, own: RunResult, theirs: RunResult): RunResult {
    // What a limit of a machine ended says nothing of the other.
    if ([own, theirs].some((one) => !one.ok && isLimit(one.failure.outcome))) return own;
    const giver = theirs.evaluator!;
    const one = this.#parts.known.get(giver.id)!;
    const isSame = own.ok && theirs.ok
      ? JSON.stringify(own.reply) === JSON.stringify(theirs.reply)
      : !own.ok && !theirs.ok && isAlike(own.failure, theirs.failure);
    if (isSame) one.verified++;
    else this.#drop(one, request);
    return isSame && own.ok ? { ...theirs, evaluator: { ...giver, isVerified: true } } : own;
  }

  /** Ends the carrier; what is left of the run on the broker is removed if all was answered. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#clock);
    clearTimeout(this.#restart);
    this.#parts.signal.removeEventListener("abort", this.#leave);
    const isDone = this.#wasOpen && this.#pending.size === 0 && !this.#parts.signal.aborted && !this.#failure;
    // The last reply may be the one that shows a lie: another carrier is on its way then.
    if (isDone && this.#isEnding) await this.#carrier?.ended;
    this.#isOver = true;
    this.#parts.known.save();
    if (isDone) {
      if (!this.#carrier) this.#start();
      this.#carrier!.send({ done: true });
      await this.#carrier!.close();
    } else {
      this.#carrier?.end();
      await this.#carrier?.ended;
    }
    await this.#parts.home[Symbol.asyncDispose]();
  }

  async #atHome(request: EvaluationRequest): Promise<RunResult> {
    this.counts.atHome++;
    return await this.#home.through(() => this.#parts.home.evaluate(request));
  }

  /** An evaluator that has lied: nothing of it counts, neither what was taken in this step nor what waits. */
  #drop(one: KnownEvaluator, { id, kind, cycle }: EvaluationRequest): void {
    if (one.dropped) return;
    this.counts.droppedEvaluators++;
    const event = this.#parts.known.drop(one, { cycle, agent: id, kind });
    this.#drops.push(event);
    this.#droppedBy.set(one.id, event);
    this.#parts.say(
      `evaluator ${one.name} is dropped: the ${kind} evaluation of ${id} in cycle ${cycle} comes to something else ` +
        "here. All that it has given in this step is evaluated again.",
    );
    this.#waiting.clear();
    this.#fresh = true;
    this.#isEnding = this.#carrier !== undefined;
    this.#carrier?.end();
  }

  /** Resolves to what came back of an evaluation. */
  #reply(line: string): Promise<Returned> {
    const key = keyOf(line);
    const waiting = this.#waiting.take(key);
    if (waiting && !this.#isDropped(waiting)) return Promise.resolve(waiting);
    if (this.#parts.signal.aborted) return Promise.reject(new Left());
    return new Promise((settle, fail) => {
      this.#pending.set(key, { line, sent: false, settle, fail });
      this.#queue.push(key);
      this.#flushSoon();
    });
  }

  #settle(key: string, returned: Returned): void {
    const pending = this.#pending.get(key);
    if (!pending) {
      if (returned) this.#waiting.keep(key, returned);
      return;
    }
    this.#pending.delete(key);
    if (pending.sent) this.#underway--;
    pending.settle(returned);
  }

  readonly #leave = () => {
    for (const { fail } of this.#empty()) fail(new Left());
  };

  #empty(): Pending[] {
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    this.#queue = [];
    this.#underway = 0;
    return pending;
  }

  #start(): void {
    const { carrier: command, settings, offer } = this.#parts;
    this.#isOpen = false;
    this.#starts++;
    this.#underway = 0;
    for (const pending of this.#pending.values()) pending.sent = false;
    const carrier = new Carrier(command, { ...settings, fresh: this.#fresh }, (report) => this.#take(report));
    this.#carrier = carrier;
    for (const [content, text] of offer.contents) carrier.send({ content, text });
    carrier.ended.then((issue) => this.#ended(issue));
  }

  #ended(issue: Issue | undefined): void {
    this.#carrier = undefined;
    this.#isOpen = false;
    if (this.#isOver) return;
    if (this.#isEnding) {
      this.#isEnding = false;
      return this.#start();
    }
    this.#lack(issue);
    // What was never reached is an error of the address or of the server; a connection, or a carrier, that was lost is neither.
    if (issue && issue.code !== "broker.lost" && !this.#wasOpen) return this.#fail(issue);
    const pause = Math.min(pauses.longest, pauses.first * 2 ** Math.min(this.#starts, 10));
    this.#restart = setTimeout(() => this.#start(), pause);
  }

  #take(report: CarrierReport): void {
    if ("replies" in report) this.#takeReplies(report.replies);
    else if ("returned" in report) {
      // What is no batch was a stranger's.
      const returned = ifMessage(() => readBatch(report.returned));
      for (const { key } of returned?.evaluations ?? []) this.#settle(key, undefined);
    } else if ("present" in report) {
      this.#present = report.present;
      for (const { instance, host } of report.present) this.#hosts.set(instance, host);
      this.#check();
    } else if ("open" in report) {
      this.#isOpen = this.#wasOpen = true;
      this.#fresh = false;
      this.#starts = 0;
      this.#queue = [...this.#pending.keys()];
      this.#check();
    }
    this.#flushSoon();
  }

  #takeReplies(text: string): void {
    const replies = ifMessage(() => readReplies(text));
    if (!replies) return;
    const { evaluator, instance } = replies;
    const isDropped = this.#isDropped(replies);
    for (const replied of replies.replies) {
      const pending = this.#pending.get(replied.key);
      if (isDropped) {
        if (!pending?.sent) continue;
        pending.sent = false;
        this.#underway--;
        this.#queue.push(replied.key);
        continue;
      }
      // What ends by a limit takes its time as well; what was refused takes none.
      if (pending && (replied.reply !== undefined || replied.wallMs > 0)) {
        this.#ms = this.#ms === undefined ? replied.wallMs : 0.95 * this.#ms + 0.05 * replied.wallMs;
      }
      this.#settle(replied.key, { evaluator, instance, replied });
    }
  }

  /** Evaluators of this engine and protocol that have not lied. */
  get #able(): readonly EvaluatorPresence[] {
    const { engine } = this.#parts.settings;
    return this.#present.filter((one) => one.engine === engine && !this.#isDropped({ ...one, evaluator: one.name }));
  }

  /** How many machines these are on. */
  get #ableHosts(): number {
    return new Set(this.#able.map((one) => one.host)).size;
  }

  #check(): void {
    if (this.#isOpen && this.#able.length > 0) this.#lackingSince = this.#trouble = undefined;
    else this.#lack(this.#isOpen ? none(this.#present, this.#parts.settings.engine) : undefined);
  }

  #lack(issue: Issue | undefined): void {
    this.#lackingSince ??= performance.now();
    this.#trouble = issue ?? this.#trouble;
  }

  /** Ends the step where what it needs has been away for too long; evaluators that say nothing more are gone. */
  #look(): void {
    if (this.#lackingSince === undefined || performance.now() - this.#lackingSince < this.#parts.patienceMs) return;
    this.#fail(this.#trouble ?? none(this.#present, this.#parts.settings.engine));
  }

  #fail(issue: Issue): void {
    this.#trouble = issue;
    const failure = new StepFailed({
      ...issue,
      message: `${sentence(issue.message)} Nothing is lost: run the step again when it is there.`,
    });
    for (const { fail } of this.#empty()) fail(failure);
    this.#failure = failure;
  }

  /** Publishes when all that is asked for at the same time has been. */
  #flushSoon(): void {
    if (this.#failure) {
      for (const { fail } of this.#empty()) fail(this.#failure);
      return;
    }
    if (this.#flushing) return;
    this.#flushing = true;
    setTimeout(() => {
      this.#flushing = false;
      this.#flush();
    });
  }

  #flush(): void {
    const { offer } = this.#parts;
    if (!this.#isOpen) return;
    const slots = this.#able.reduce((sum, one) => sum + one.slots, 0);
    // As many as keep one busy for so long: what is under way is to outlast the way there and back, in batches or not.
    const wanted = this.#ms === undefined ? firstBatch : Math.ceil(batchMs / Math.max(this.#ms, 0.1));
    const each = Math.min(most.batch, wanted);
    const room = slots === 0 ? firstUnderway : Math.max(firstUnderway, 2 * slots * wanted);
    let at = 0;
    while (at < this.#queue.length) {
      // Towards the end all are to have some of it.
      const size = Math.min(each, Math.ceil((this.#queue.length - at) / Math.max(slots, 1)));
      if (this.#underway + size > room) break;
      const lines: string[] = [];
      let bytes = 0;
      for (; at < this.#queue.length && lines.length < size; at++) {
        const pending = this.#pending.get(this.#queue[at]!);
        if (!pending || pending.sent) continue;
        if (lines.length > 0 && bytes + pending.line.length > most.batchBytes) break;
        pending.sent = true;
        this.#underway++;
        bytes += pending.line.length;
        lines.push(pending.line);
      }
      if (lines.length > 0) this.#carrier!.send({ batch: batchText(offer.shared, lines) });
    }
    this.#queue.splice(0, at);
  }
}

/** What an evaluator replied as a result; undefined if that is not to count. */
function read(
  { evaluator, instance, replied }: Given,
  { expected }: EvaluationRequest,
): Elsewhere | undefined {
  if (replied.reply === undefined) return undefined;
  try {
    return { ok: true, reply: readReplyLine(replied.reply, expected), wallMs: replied.wallMs, evaluator, instance };
  } catch (error) {
    if (!(error instanceof ReplyError)) throw error;
    return undefined;
  }
}

function none(present: readonly EvaluatorPresence[], engine: string): Issue {
  const others = [...new Set(present.map((one) => one.engine).filter((one) => one !== engine))];
  const seen = others.length === 0 ? "" : ` There are some of ${others.slice(0, 3).join(", ")}.`;
  return {
    code: "evaluators.missing",
    message: `Cannot go on as there must be an evaluator of ${engine} at the broker.${seen} Start one with ` +
      "`deno task evaluator --server nats://HOST:PORT`.",
  };
}
