/**
 * A manager of user units, `systemd --user`, with a home, a runtime folder and control groups of its own.
 *
 * @module
 */

import { dirname } from "node:path";
import { begin, type Running } from "../step/_run.ts";
import { signal } from "./_cluster.ts";
import type { Hosts } from "./_hosts.ts";
import { succeeds } from "./_installed.ts";

const program = "/usr/lib/systemd/systemd";

/** What begins in a control group below this one's, which is all that it sees of them. */
const enter = `set -e
folder=$0
mount -t cgroup2 cgroup2 "$folder/groups"
mkdir "$folder/groups/\${folder##*/}"
echo $$ >"$folder/groups/\${folder##*/}/cgroup.procs"
exec unshare --mount --cgroup /bin/sh -ec 'umount -l -R /sys/fs/cgroup; mount -t cgroup2 cgroup2 /sys/fs/cgroup
mount -t tmpfs tmpfs /run/systemd; mkdir /run/systemd/system; exec "$@"' sh "$@"`;

const leave = `mount -t cgroup2 cgroup2 "$0/groups" && find "$0/groups/\${0##*/}" -depth -type d -exec rmdir {} +`;

/** A manager, until it is disposed of. */
export class UserManager implements AsyncDisposable {
  readonly #folder: string;
  readonly #hosts: Hosts;
  #manager!: Running;

  private constructor(hosts: Hosts, folder: string) {
    [this.#hosts, this.#folder] = [hosts, folder];
  }

  /** Starts one on the first of two machines. */
  static async start(hosts: Hosts): Promise<UserManager> {
    const manager = new UserManager(hosts, await newFolder());
    await manager.#start();
    return manager;
  }

  /** The user's. */
  get home(): string {
    return `${this.#folder}/home`;
  }

  /** Runs commands as the user does, in the project, which must end well. */
  async run(script: string): Promise<string> {
    return (await this.#hosts.run(0, "env", "-i", ...this.#environment, "/bin/sh", "-ec", script)).trim();
  }

  /** Waits until a condition holds. */
  async wait(condition: string): Promise<void> {
    await this.run(`until ${condition}; do sleep 0.1; done`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    signal(this.#manager.child, "SIGTERM");
    await this.#manager.ended;
    await removed(this.#folder);
  }

  get #environment(): string[] {
    const path = `${dirname(Deno.execPath())}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin`;
    return [`PATH=${path}`, `HOME=${this.home}`, `XDG_RUNTIME_DIR=${this.#folder}/run`];
  }

  async #start(): Promise<void> {
    const line = ["env", "-i", ...this.#environment, program, "--user", "--log-target=console"];
    const [unshare, ...args] = this.#hosts.on(0, ...entering(this.#folder, line));
    this.#manager = begin(args, undefined, unshare);
    const socket = `[ -S "${this.#folder}/run/systemd/private" ]`;
    const isUp = this.wait(`${socket} && systemctl --user show --property Version`);
    const isOver = this.#manager.ended.then(({ code, out, err }) =>
      Promise.reject(new Error(`systemd has ended: ${code} ${out}${err}`))
    );
    isOver.catch(() => {});
    await Promise.race([isUp, isOver]);
  }
}

function entering(folder: string, line: readonly string[]): string[] {
  return ["unshare", "--mount", "/bin/sh", "-c", enter, folder, ...line];
}

async function newFolder(): Promise<string> {
  // Its control group has its name: those of evaluations, evolve-…, are ended by other steps where their supervisor is gone.
  const folder = await Deno.makeTempDir({ prefix: "user-manager-" });
  for (const name of ["home", "run", "groups"]) await Deno.mkdir(`${folder}/${name}`, { mode: 0o700 });
  return folder;
}

async function removed(folder: string): Promise<void> {
  await new Deno.Command("unshare", { args: ["--mount", "/bin/sh", "-c", leave, folder], stderr: "null" }).output();
  await Deno.remove(folder, { recursive: true });
}

/** Whether this machine can have one; needs root, for the control groups. */
export async function hasUserManager(): Promise<boolean> {
  if (Deno.uid() !== 0 || !succeeds(program, "--version")) return false;
  const folder = await newFolder();
  const [unshare, ...args] = entering(folder, ["true"]);
  const can = succeeds(unshare!, ...args);
  await removed(folder);
  return can;
}
