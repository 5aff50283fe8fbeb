/**
 * Machines that are network namespaces of this one, with a wire between them.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { begin, pipeline, type Running } from "../step/_run.ts";
import { evaluated, signal } from "./_cluster.ts";
import { succeeds } from "./_installed.ts";

/** Whether this machine can have any. */
export function hasHosts(): boolean {
  return Deno.uid() === 0 && succeeds("unshare", "--net", "ip", "link", "add", "wire", "type", "veth");
}

/** Two machines that reach each other, and nothing else, until they are disposed of. */
export class Hosts implements AsyncDisposable {
  /** Processes in which the namespaces begin. */
  readonly #holders: readonly [Running, Running];
  /** What was started there, which ends with them. */
  readonly #begun: Running[] = [];

  private constructor(holders: readonly [Running, Running]) {
    this.#holders = holders;
  }

  /** The first is 10.0.0.1, the other one 10.0.0.2. */
  static async make(): Promise<Hosts> {
    const hosts = new Hosts([hold(), hold()]);
    await Promise.all(hosts.#holders.map((holder) => holder.saw("up")));
    const second = hosts.#holders[1].child.pid;
    await hosts.run(0, "ip", "link", "add", "wire", "type", "veth", "peer", "name", "wire", "netns", String(second));
    for (const at of [0, 1] as const) {
      await hosts.run(at, "ip", "address", "add", `10.0.0.${at + 1}/24`, "dev", "wire");
      await hosts.run(at, "ip", "link", "set", "wire", "up");
    }
    return hosts;
  }

  /** The command line by which another one runs on a machine. */
  on(at: 0 | 1, ...line: string[]): [program: string, ...args: string[]] {
    return ["nsenter", `--net=/proc/${this.#holders[at].child.pid}/ns/net`, ...line];
  }

  /** Starts a command on a machine. */
  begin(at: 0 | 1, ...line: string[]): Running {
    const [program, ...args] = this.on(at, ...line);
    const running = begin(args, undefined, program);
    this.#begun.push(running);
    return running;
  }

  /** Runs one, which must end well. @returns What it wrote to stdout. */
  async run(at: 0 | 1, ...line: string[]): Promise<string> {
    const { code, out, err } = await this.begin(at, ...line).ended;
    if (code !== 0) throw new Error(`${line.join(" ")}: ${err}`);
    return out;
  }

  /** The process that listens at a port of a machine. */
  async listener(at: 0 | 1, port: number): Promise<number> {
    const told = await this.run(at, "ss", "-Hltnp", `sport = :${port}`);
    return Number(told.match(/pid=(\d+)/)![1]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const all = [...this.#begun, ...this.#holders];
    for (const { child } of all) signal(child, "SIGKILL");
    await Promise.all(all.map(({ ended }) => ended));
  }
}

function hold(): Running {
  return begin(["--net", "/bin/sh", "-c", "ip link set lo up && echo up && exec sleep infinity"], undefined, "unshare");
}

/**
 * Has evaluators evaluate what is due in a run, supervised from the first machine; all is to be evaluated by them.
 *
 * @param disturb Called once, while it is evaluated.
 * @returns As {@linkcode evaluated}.
 */
export async function evaluatedFrom(
  hosts: Hosts,
  run: Parameters<typeof evaluated>[0],
  disturb: () => Promise<void>,
): ReturnType<typeof evaluated> {
  let isDisturbed = false;
  return await evaluated(run, async () => {
    const flags = ["--run", run.name, "--isolation", "shared", "--evaluators", "nats://127.0.0.1:4222"];
    const supervisor = hosts.begin(0, Deno.execPath(), ...pipeline("supervise", ...flags));
    if (!isDisturbed) {
      isDisturbed = true;
      await supervisor.saw("agent.evaluated");
      await disturb();
    }
    const { code, err, records } = await supervisor.ended;
    assertEquals(code, 0, err);
    const { counts } = records.at(-1) as { counts: Record<string, number> };
    assert(counts.elsewhere! > 0 && counts.atHome === 0, JSON.stringify(counts));
  });
}
