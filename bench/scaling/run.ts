/**
 * A run whose evaluations are handed out again and again, each time to other evaluators.
 *
 * @module
 */

import { Broker } from "../../lib/evaluators/broker.ts";
import { readReplies, type Replied } from "../../lib/evaluators/protocol.ts";
import { type RunPaths, runPaths } from "../../lib/run/paths.ts";
import { stepProcess } from "../../lib/step/command.ts";
import type { NatsServer } from "../../tests/evaluators/nats.ts";
import { median } from "../suite/compare.ts";
import { type Cell, idealSeconds, repeats } from "./cell.ts";
import { cpuSeconds, loopingShare, Simulation } from "./simulated.ts";

/** No measurement has more evaluations than so many seconds are enough for, at the ideal rate. */
const longest = 10;

/** What is measured. */
export interface CellOptions extends Pick<Cell, "ms" | "evaluators"> {
  /** Whether some loop. */
  readonly looping: boolean;
}

/** What one of the measurements of a cell comes to. */
type Once = Pick<Cell, "looping" | "seconds">;

/** A run, until it is disposed of. */
export class ScalingRun implements AsyncDisposable {
  readonly #server: NatsServer;
  readonly #agents: number;
  readonly #paths: RunPaths = runPaths(`bench-${crypto.randomUUID().slice(0, 8)}`);
  #due!: Uint8Array<ArrayBuffer>;
  #ids!: readonly string[];
  #known!: ReadonlyMap<string, Replied>;

  private constructor(server: NatsServer, agents: number) {
    [this.#server, this.#agents] = [server, agents];
  }

  /** Makes a run with agents that are due, and notes what a real evaluator replies to all that it asks. */
  static async make(server: NatsServer, agents: number): Promise<ScalingRun> {
    const run = new ScalingRun(server, agents);
    await run.#begin();
    // What is compiled and cached after it is so for all that is measured.
    await run.#once({ ms: 1, evaluators: 16, looping: false }, agents);
    return run;
  }

  /** Has evaluators at it, and takes the time, of some measurements the median. */
  async measure({ ms, evaluators: count, looping }: CellOptions): Promise<Cell> {
    const each = idealSeconds({ ms, evaluators: count, evaluations: 1, looping: looping ? loopingShare : 0 });
    const evaluations = Math.min(this.#agents, Math.ceil(longest / each));
    const all: Once[] = [];
    for (let i = 0; i < repeats; i++) all.push(await this.#once({ ms, evaluators: count, looping }, evaluations));
    const seconds = all.map((one) => one.seconds);
    const range = [Math.min(...seconds), Math.max(...seconds)] as const;
    return { ms, evaluators: count, evaluations, looping: all[0]!.looping, seconds: median(seconds), range };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.#paths.root, { recursive: true });
  }

  async #once({ ms, evaluators: count, looping }: CellOptions, evaluations: number): Promise<Once> {
    for (const end of ["-wal", "-shm"]) await Deno.remove(this.#paths.listing + end).catch(() => {});
    await Deno.writeFile(this.#paths.listing, this.#due);
    const simulation = await Simulation.begin({ server: this.#server.address, known: this.#known, count, ms, looping });
    await this.#supervise(evaluations);
    const seconds = await simulation.end();
    return { looping: simulation.looped, seconds };
  }

  async #begin(): Promise<void> {
    await Deno.mkdir(this.#paths.workspace, { recursive: true });
    const config = { world: { steps: 20, episodes: 1 }, limits: { cpuSeconds }, evaluators: { verifyFraction: 0 } };
    await Deno.writeTextFile(this.#paths.config, JSON.stringify(config));
    await this.#step("init", ["--count", String(this.#agents), "--seed", "7"]);
    for (const name of ["scan", "sync-wiring", "build"]) await this.#step(name);
    this.#ids = (await this.#step("status")).slice(0, -1);
    this.#due = await Deno.readFile(this.#paths.listing);
    this.#known = await this.#recorded();
  }

  /** What a real evaluator replies to all that is due, by key. */
  async #recorded(): Promise<ReadonlyMap<string, Replied>> {
    const known = new Map<string, Replied>();
    await using broker = await Broker.connect({ servers: [this.#server.address], name: "record" });
    broker.connection.subscribe("replies.*", {
      callback: (_error, message) => {
        for (const reply of readReplies(message.string()).replies) known.set(reply.key, reply);
      },
    });
    await broker.connection.flush();
    const flags = ["--server", this.#server.url, "--quiet"];
    const evaluator = stepProcess("evaluator", flags, { stdin: "null", stdout: "null" }).spawn();
    await this.#supervise(this.#agents);
    evaluator.kill("SIGTERM");
    await evaluator.status;
    return known;
  }

  /** Has so many agents evaluated. @throws {Error} If one was evaluated at home, which no evaluator's time says anything of. */
  async #supervise(count: number): Promise<void> {
    const flags = ["--isolation", "shared", "--concurrency", "1", "--evaluators", this.#server.url, "--stdin"];
    const lines = await this.#step("supervise", flags, this.#ids.slice(0, count).join("\n"));
    const { counts: { elsewhere, atHome } } = JSON.parse(lines.at(-1)!);
    if (elsewhere !== count) throw new Error(`${elsewhere} of ${count} were evaluated elsewhere, ${atHome} at home`);
  }

  /** The lines that a step writes. */
  async #step(name: string, flags: readonly string[] = [], input = ""): Promise<string[]> {
    const all = ["--run", this.#paths.name!, "--quiet", "--format", "ndjson", ...flags];
    const child = stepProcess(name, all, { stdin: "piped", stdout: "piped", stderr: "inherit" }).spawn();
    const fed = ReadableStream.from([new TextEncoder().encode(input)]).pipeTo(child.stdin).catch(() => {});
    const { code, stdout } = await child.output();
    await fed;
    if (code !== 0) throw new Error(`${name} has ended with exit code ${code}`);
    return new TextDecoder().decode(stdout).trimEnd().split("\n");
  }
}
