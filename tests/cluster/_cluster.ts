/**
 * A broker, evaluators and a supervisor on one machine, and what may happen to each of them while a step runs.
 *
 * @module
 */

import { Broker } from "../../lib/evaluators/broker.ts";
import { broker as names } from "../../lib/evaluators/names.ts";
import { Population } from "../acceptance/_population.ts";
import { NatsServer } from "../evaluators/nats.ts";
import { begin, pipeline, type Running } from "../step/_run.ts";
import { Liar, type LiarOptions } from "./_liar.ts";

/** What a run has come to, whoever has evaluated. */
const tables = [
  `SELECT cycle, agent, kind, genome_hash, build_hash, inputs, outcome, message, score, scores, measures, episodes,
    violation, invalid, drew, evidence_hash, genome_after, reproducible FROM evaluations ORDER BY cycle, agent, kind`,
  "SELECT id, status, genome_hash, score, energy, generation FROM agents ORDER BY ordinal",
  "SELECT hash, kind FROM blobs ORDER BY hash",
  "SELECT agent, position, sender, body FROM inboxes ORDER BY agent, position",
];

/** All of it. */
export function told(run: Pick<Population, "rows">): readonly unknown[] {
  return tables.flatMap((table) => run.rows(table));
}

/** What runs are configured with. @param verifyFraction Share of the replies that are evaluated at home as well. */
export function configuration(verifyFraction: number): Record<string, unknown> {
  return {
    world: { steps: 40, episodes: 2 },
    selection: { replacementFraction: 0.5, elites: 0.2 },
    evaluators: { verifyFraction, patienceSeconds: 20 },
  };
}

/** A run whose agents are built and due: ones of a second cycle, so that they have mail, memory and a past. */
export async function dueRun(count: number): Promise<Population> {
  return await new Population().like(`${count} due in their second cycle`, async (run) => {
    await Deno.mkdir(run.paths.workspace, { recursive: true });
    await run.configure(configuration(0.1));
    await run.step("init", "--count", String(count), "--seed", "7", "--quiet");
    for (const step of ["scan", "sync-wiring", "build", "supervise", "select", "supervise"]) await run.step(step);
    for (const step of ["scan", "sync-wiring", "build"]) await run.step(step);
  });
}

/** The evaluations of a cycle: judged ones, and those of births. */
export async function evaluated(run: Population, supervise: () => Promise<unknown>): Promise<readonly unknown[]> {
  await supervise();
  await run.step("select");
  await supervise();
  return told(run);
}

/** A broker with evaluators. */
export class Cluster implements AsyncDisposable {
  readonly server: NatsServer;
  readonly evaluators: Running[] = [];
  #liar: Liar | undefined;

  private constructor(server: NatsServer) {
    this.server = server;
  }

  static async start(): Promise<Cluster> {
    return new Cluster(await NatsServer.start());
  }

  /** Starts an evaluator, and waits until it says that it is there. */
  async join(...flags: string[]): Promise<Running> {
    return await this.joinBy([], ...flags);
  }

  /** Starts one on what is another machine by its name; the kernel has to be told so by root. */
  async joinOn(host: string, ...flags: string[]): Promise<void> {
    await this.joinBy(["unshare", "--uts", "/bin/sh", "-c", 'hostname "$0" && exec "$@"', host], ...flags);
  }

  /** Starts one by another command, which is given its command line. */
  async joinBy(command: readonly string[], ...flags: string[]): Promise<Running> {
    const args = pipeline("evaluator", "--server", this.server.url, "--concurrency", "1", ...flags);
    const [program, ...rest] = [...command, Deno.execPath(), ...args];
    const evaluator = begin(rest, undefined, program);
    this.evaluators.push(evaluator);
    await evaluator.saw("is ready");
    return evaluator;
  }

  /** Starts a supervisor of a run. */
  supervise(run: Pick<Population, "begin">, ...flags: string[]): Running {
    return run.begin("supervise", "--isolation", "shared", "--evaluators", this.server.url, ...flags);
  }

  /** Has as many evaluators as there are to be, in the place of those that have ended. */
  async staff(count: number): Promise<void> {
    const there = await Promise.all(
      this.evaluators.map(async (one) => await isOver(one.ended) ? undefined : one),
    );
    this.evaluators.splice(0, Infinity, ...there.filter((one) => one !== undefined));
    while (this.evaluators.length < count) await this.join();
  }

  /** Lets a liar answer beside the evaluators. */
  async deceive(options?: LiarOptions): Promise<Liar> {
    return this.#liar = await Liar.join(this.server.url, options);
  }

  /** The liar leaves. */
  async settle(): Promise<void> {
    await this.#liar?.[Symbol.asyncDispose]();
    this.#liar = undefined;
  }

  /** How many messages of any run are left at the broker. */
  async left(): Promise<Record<string, number>> {
    await using broker = await Broker.connect({ servers: [this.server.url.slice("nats://".length)], name: "test" });
    const counts: Record<string, number> = {};
    for (const name of [names.evaluations, names.replies]) {
      counts[name] = (await broker.manager.streams.info(name)).state.messages;
    }
    return counts;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.settle();
    for (const { child } of this.evaluators) signal(child, "SIGKILL");
    await Promise.all(this.evaluators.map(({ ended }) => ended));
    await this.server[Symbol.asyncDispose]();
  }
}

async function isOver(ended: Promise<unknown>): Promise<boolean> {
  const pending = Symbol();
  return await Promise.race([ended, Promise.resolve(pending)]) !== pending;
}

/** Sends a signal to a process that may have ended. */
export function signal(child: Pick<Deno.ChildProcess, "kill">, name: Deno.Signal): void {
  try {
    child.kill(name);
  } catch {
    // It has ended.
  }
}
