/**
 * A Slurm of one controller and one node, with settings and state of its own.
 *
 * @module
 */

import { begin, type Running } from "../step/_run.ts";
import { signal } from "./_cluster.ts";
import type { Hosts } from "./_hosts.ts";
import { succeeds } from "./_installed.ts";

/** Whether Slurm is installed. */
export const hasSlurm: boolean = ["slurmctld", "slurmd"].every((name) => succeeds(`/usr/sbin/${name}`, "-V"));

/** It runs until it is disposed of: the controller on the first machine, the node on the other one. */
export class Slurm implements AsyncDisposable {
  readonly #hosts: Hosts;
  readonly #folder: string;
  readonly #daemons: Running[] = [];

  private constructor(hosts: Hosts, folder: string) {
    [this.#hosts, this.#folder] = [hosts, folder];
  }

  static async start(hosts: Hosts): Promise<Slurm> {
    const folder = await Deno.makeTempDir({ prefix: "evolve-slurm-" });
    const slurm = new Slurm(hosts, folder);
    for (const name of ["state", "spool"]) await Deno.mkdir(`${folder}/${name}`);
    await Deno.writeTextFile(`${folder}/slurm.conf`, settings(folder));
    const controller = slurm.#begin(0, "/usr/sbin/slurmctld", "-D");
    await controller.saw("Running as primary controller");
    slurm.#begin(1, "/usr/sbin/slurmd", "-D", "-N", "node");
    await slurm.wait("sinfo -h -t idle -o %N | grep -q node");
    return slurm;
  }

  /** Starts a command on the machine of the controller. */
  begin(script: string): Running {
    return this.#begin(0, "/bin/sh", "-c", script);
  }

  /** Runs one, which must end well. */
  async run(script: string): Promise<string> {
    const { code, out, err } = await this.begin(script).ended;
    if (code !== 0) throw new Error(`${script}: ${out}${err}`);
    return out;
  }

  /** Waits until a condition holds. */
  async wait(condition: string): Promise<void> {
    await this.run(`until ${condition}; do sleep 0.1; done`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.begin("scancel --user=$(id -un)").ended;
    // A task that drains is ended in time.
    await this.begin(
      "scancel --signal=KILL --full --user=$(id -un); timeout 40 sh -c 'while squeue -h | grep -q .; do sleep 0.1; done'",
    )
      .ended;
    for (const { child } of this.#daemons) signal(child, "SIGTERM");
    await Promise.all(this.#daemons.map(({ ended }) => ended));
    await Deno.remove(this.#folder, { recursive: true });
  }

  #begin(at: 0 | 1, ...line: string[]): Running {
    const command = ["/usr/bin/env", `SLURM_CONF=${this.#folder}/slurm.conf`, "SBATCH_OPEN_MODE=append", ...line];
    const [program, ...args] = this.#hosts.on(at, ...command);
    const running = begin(args, undefined, program);
    if (line[0]!.startsWith("/usr/sbin/")) this.#daemons.push(running);
    return running;
  }
}

/** Without keys, accounts and control groups, which need services of the machine's own. */
function settings(folder: string): string {
  return [
    "ClusterName=evolve",
    `SlurmctldHost=${Deno.hostname()}(10.0.0.1)`,
    ...["AuthType=auth/none", "CredType=cred/none", "SlurmUser=root"],
    ...["ProctrackType=proctrack/linuxproc", "TaskPlugin=task/none", "MpiDefault=none"],
    ...["SelectType=select/cons_tres", "SelectTypeParameters=CR_Core", "SlurmdParameters=config_overrides"],
    ...[`StateSaveLocation=${folder}/state`, `SlurmdSpoolDir=${folder}/spool`],
    ...[`SlurmctldPidFile=${folder}/slurmctld.pid`, `SlurmdPidFile=${folder}/slurmd.pid`],
    "SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,sched_interval=2,bf_interval=2",
    "NodeName=node NodeAddr=10.0.0.2 CPUs=4 RealMemory=1000 State=UNKNOWN",
    "PartitionName=all Nodes=node Default=YES MaxTime=INFINITE State=UP",
    "",
  ].join("\n");
}
