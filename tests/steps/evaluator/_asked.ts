/** Evaluations that are due in a run, as a supervisor would ask for them by a broker. */

import { Listing } from "../../../lib/db/listing.ts";
import { AddressBook } from "../../../lib/evaluation/addresses.ts";
import { Broker } from "../../../lib/evaluators/broker.ts";
import { broker as names, engineName, evaluationsOf, repliesTo } from "../../../lib/evaluators/names.ts";
import { type Offer, offerOf } from "../../../lib/evaluators/offer.ts";
import { askedLine, batchText, readReplies, type Replied, repliedOf } from "../../../lib/evaluators/protocol.ts";
import { evaluate } from "../../../lib/isolation/evaluate.ts";
import { agentLimits } from "../../../lib/isolation/limits.ts";
import type { EvaluationRequest } from "../../../lib/isolation/request.ts";
import type { RunPaths } from "../../../lib/run/paths.ts";
import { loadVerifier } from "../../../lib/signing/sign.ts";
import { dueJudged } from "../../../lib/steps/supervise/due.ts";
import { prepareEvaluation } from "../../../lib/steps/supervise/evaluation.ts";
import { withEvaluators } from "../../../lib/steps/supervise/evaluators.ts";
import { PoolEvaluations } from "../../../lib/steps/supervise/pool_evaluations.ts";
import { readFacts } from "../../../lib/steps/supervise/run_facts.ts";
import { Artifacts } from "../../../lib/toolchain/artifacts.ts";
import { good } from "../../../lib/util/issue.ts";

/** What is due in a run. */
export interface AskedOf {
  readonly offer: Offer;
  readonly requests: readonly EvaluationRequest[];
  /** A line of a batch for each. */
  readonly lines: readonly string[];
}

/**
 * What is due in an open cycle, offered.
 *
 * @param withOwn Whether the first one is asked for once more so that it is run by its own program, whatever the isolation.
 */
export async function askedOf(paths: RunPaths, { withOwn = false } = {}): Promise<AskedOf> {
  using listing = Listing.open(paths.listing);
  const facts = await readFacts(listing, paths);
  const { pool, due: { runtime, cycle }, worldsJson, poolJson, config } = facts;
  using artifacts = new Artifacts(listing, paths, await loadVerifier(paths.publicKey), facts);
  const limits = agentLimits(config);
  const offer = await offerOf({ listing, artifacts, pool, runtime, limits, worldsJson, poolJson });
  const found = await PoolEvaluations.find({ facts, artifacts });
  const book = AddressBook.of(listing, facts.seed, cycle!);
  const requests: EvaluationRequest[] = [], lines: string[] = [];
  for (const due of dueJudged(listing, facts.due)) {
    const prepared = prepareEvaluation(listing, facts, book, due);
    const [evaluation = prepared] = await found?.chosenBy([prepared]) ?? [];
    if (!evaluation.request.ok) throw new Error(evaluation.request.issue.message);
    const request = { ...evaluation.request.value, verified: false };
    const { artifact, genome } = request.artifact;
    const isFirst = requests.length === 0;
    for (const one of withOwn && isFirst ? [request, { ...request, chosen: undefined }] : [request]) {
      requests.push(one);
      lines.push(await askedLine(one, (await offer.signature(artifact, genome))!, offer.shared));
    }
  }
  return { offer, requests, lines };
}

/** What the same come to at home, in processes of their own, without times. */
export async function atHome(paths: RunPaths, { requests, lines }: AskedOf): Promise<Replied[]> {
  using listing = Listing.open(paths.listing);
  const facts = await readFacts(listing, paths);
  return await withEvaluators(
    { paths, listing, facts, judged: false, concurrency: 2, evaluations: requests.length },
    ({ isolation }) =>
      Promise.all(requests.map(async (request, i) => {
        const result = await evaluate(isolation, good(request), true);
        return { ...repliedOf(lines[i]!.slice(0, 64), result), wallMs: 0 };
      })),
  );
}

/** The side of a supervisor. */
export class Asking implements AsyncDisposable {
  readonly broker: Broker;
  readonly #run: string;

  private constructor(broker: Broker, run: string) {
    this.broker = broker;
    this.#run = run;
  }

  static async at(address: string, run: string = crypto.randomUUID().replaceAll("-", "")): Promise<Asking> {
    return new Asking(await Broker.connect({ servers: [address], name: "test" }), run);
  }

  /** Puts what a batch needs, and publishes it. */
  async ask({ offer, lines }: AskedOf): Promise<void> {
    for (const [hash, text] of offer.contents) await this.broker.put(hash, new TextEncoder().encode(text));
    await this.send(batchText(offer.shared, lines));
  }

  /** Publishes any text as a batch. */
  async send(text: string): Promise<void> {
    await this.broker.streams.publish(evaluationsOf(this.#run, engineName()), text);
  }

  /** The first replies to so many, sorted by key and without times; and who gave them. */
  async replies(count: number): Promise<{ replies: Replied[]; evaluators: string[] }> {
    const { manager, streams } = this.broker;
    await manager.consumers.add(names.replies, {
      name: this.#run,
      ack_policy: "none",
      deliver_policy: "all",
      filter_subject: repliesTo(this.#run),
    });
    const consumer = await streams.consumers.get(names.replies, this.#run);
    const replies: Replied[] = [], evaluators = new Set<string>();
    while (replies.length < count) {
      for await (const message of await consumer.fetch({ max_messages: 1, expires: 1000 })) {
        const { evaluator, replies: more } = readReplies(message.string());
        evaluators.add(evaluator);
        replies.push(...more.map((one) => ({ ...one, wallMs: 0 })));
      }
    }
    await manager.consumers.delete(names.replies, this.#run);
    replies.sort((a, b) => a.key < b.key ? -1 : 1);
    return { replies, evaluators: [...evaluators] };
  }

  /** How many batches were handed out and not replied to, and how many wait. */
  async state(): Promise<{ out: number; waiting: number }> {
    const { num_ack_pending, num_pending } = await this.broker.manager.consumers.info(names.evaluations, engineName());
    return { out: num_ack_pending, waiting: num_pending };
  }

  /** How many batches another evaluator would be handed at once, at most one. */
  async offered(): Promise<number> {
    const consumer = await this.broker.streams.consumers.get(names.evaluations, engineName());
    let found = 0;
    for await (const message of await consumer.fetch({ max_messages: 1, expires: 1000 })) {
      message.nak();
      found++;
    }
    return found;
  }

  /** How often batches were handed out so far. */
  async handedOut(): Promise<number> {
    return (await this.broker.manager.consumers.info(names.evaluations, engineName())).delivered.consumer_seq;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.broker[Symbol.asyncDispose]();
  }
}
