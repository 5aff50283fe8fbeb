/**
 * A broker, evaluators and a supervisor on one machine, and what may happen to each of them while a step runs.
 *
 * @module
 */

import { Broker } from "../../lib/evaluators/broker.ts";
import { broker as names, type Role } from "../../lib/evaluators/names.ts";
import { readServers } from "../../lib/evaluators/servers.ts";
import { Population } from "../acceptance/_population.ts";
import { NatsServer } from "../evaluators/nats.ts";
import { TestKeys } from "../evaluators/keys.ts";
import { begin, pipeline, type Running } from "../step/_run.ts";
import { Disk } from "./_disk.ts";
import { Liar, type LiarOptions } from "./_liar.ts";
import { hasMachines, type MachineName, Machines } from "./_machines.ts";

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

/** What a cluster has besides, where it is one of several hosts. */
export interface Apart {
  readonly machines: Machines;
  readonly keys: TestKeys;
  readonly disk: Disk;
}

/** The hosts of evaluators, which these take in turn. */
const places: readonly MachineName[] = ["one", "two", "three", "four"];

/** A broker with evaluators. */
export class Cluster implements AsyncDisposable {
  readonly server: NatsServer;
  readonly evaluators: Running[] = [];
  /** Its hosts; undefined where all of it is on the loopback. */
  readonly apart: Apart | undefined;
  readonly #guests: Running[] = [];
  #joined = 0;
  #liar: Liar | undefined;

  private constructor(server: NatsServer, apart?: Apart) {
    this.server = server;
    this.apart = apart;
  }

  static async start(): Promise<Cluster> {
    return new Cluster(await NatsServer.start());
  }

  /** One whose broker, runs and evaluators are on hosts of their own, with keys; where there can be none, on the loopback. */
  static async onHosts(): Promise<Cluster> {
    if (!hasMachines) return await Cluster.start();
    const keys = await TestKeys.make();
    const machines = await Machines.make(keys.folder);
    const disk = await Disk.make();
    const host = machines.addressOf("broker");
    await keys.again({ host: [host], renew: true });
    await disk.demand(keys.of("broker"));
    const server = await NatsServer.start({
      host,
      port: 4222,
      broker: keys.of("broker"),
      folder: disk.folder,
      within: (command) => ["ip", ...machines.on("broker", command)],
    });
    return new Cluster(server, { machines, keys, disk });
  }

  /** How a role reaches the broker from here. */
  access(role: Role): { servers: readonly string[]; keys?: string } {
    return { servers: readServers(this.server.url), ...(this.apart && { keys: this.apart.keys.of(role) }) };
  }

  /** Starts an evaluator, and waits until it says that it is there. */
  async join(...flags: string[]): Promise<Running> {
    // With roles evaluators make no streams, and wait for a supervisor.
    if (this.apart) await (await Broker.connect({ ...this.access("supervisor"), name: "test" }))[Symbol.asyncDispose]();
    return await this.joinBy(this.#on(places[this.#joined++ % places.length]!, "evaluator"), ...flags);
  }

  /** Starts an evaluator that runs another engine by what it says of itself; it leaves with the liar. */
  async visit(): Promise<void> {
    const [run, ...args] = pipeline("evaluator", "--server", this.server.url, "--concurrency", "1");
    const guest = this.#begin("four", "evaluator", [run!, "--preload=tests/cluster/fixtures/other_engine.ts", ...args]);
    this.#guests.push(guest);
    await guest.saw("is ready");
  }

  /** What starts a command of a role on a machine, if there are any. */
  #on(machine: MachineName, role: Role): readonly string[] {
    return this.apart ? ["ip", ...this.apart.machines.on(machine, [], role)] : [];
  }

  #begin(machine: MachineName, role: Role, args: readonly string[]): Running {
    const [program, ...rest] = [...this.#on(machine, role), Deno.execPath(), ...args];
    return begin(rest, undefined, program);
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
  supervise(run: Pick<Population, "name">, ...flags: string[]): Running {
    const args = ["--run", run.name, "--isolation", "shared", "--evaluators", this.server.url, ...flags];
    return this.#begin("home", "supervisor", pipeline("supervise", ...args));
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
    return this.#liar = await Liar.join(this.server.url, { ...options, keys: this.access("evaluator").keys });
  }

  /** The liar leaves, and who else was there for a round. */
  async settle(): Promise<void> {
    const guests = this.#guests.splice(0);
    for (const { child } of guests) signal(child, "SIGKILL");
    await Promise.all(guests.map(({ ended }) => ended));
    await this.#liar?.[Symbol.asyncDispose]();
    this.#liar = undefined;
  }

  /** How many messages of any run are left at the broker. */
  async left(): Promise<Record<string, number>> {
    await using broker = await Broker.connect({ ...this.access("supervisor"), name: "test" });
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
    await this.apart?.disk[Symbol.asyncDispose]();
    await this.apart?.machines[Symbol.asyncDispose]();
    await this.apart?.keys[Symbol.asyncDispose]();
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
