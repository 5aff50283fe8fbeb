/**
 * A server of ssh with keys of its own, and clients that know it.
 *
 * @module
 */

import { begin, type Running } from "../step/_run.ts";
import { signal } from "./_cluster.ts";

/** A server, and what its clients need, in a folder that is gone when it is disposed of. Neither reads what is in ~/.ssh. */
export class Sshd implements AsyncDisposable {
  /** A folder with programs for the `PATH`, `ssh` and `scp`, by which the server is known under the names that it was given. */
  readonly bin: string;
  /** What paths of scp are relative to. */
  readonly home: string;
  readonly #folder: string;
  #server: Running | undefined;

  private constructor(folder: string) {
    [this.#folder, this.home, this.bin] = [folder, `${folder}/home`, `${folder}/bin`];
  }

  /**
   * Makes keys and settings.
   *
   * @param address Where it listens.
   * @param name What clients call it.
   */
  static async make(address: string, name: string): Promise<Sshd> {
    const folder = await Deno.makeTempDir({ prefix: "evolve-sshd-" });
    const sshd = new Sshd(folder);
    for (const path of [sshd.home, sshd.bin]) await Deno.mkdir(path);
    for (const key of ["server", "client"]) {
      await demand("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", `${folder}/${key}`);
    }
    const text = (path: string) => Deno.readTextFile(`${folder}/${path}`);
    const write = (path: string, lines: readonly string[], mode = 0o600) =>
      Deno.writeTextFile(`${folder}/${path}`, `${lines.join("\n")}\n`, { mode });
    await write("known", [`${address} ${await text("server.pub")}`]);
    await write("server.conf", [
      `ListenAddress ${address}`,
      `HostKey ${folder}/server`,
      `AuthorizedKeysFile ${folder}/client.pub`,
      "PidFile none",
      "UsePAM no",
      "PasswordAuthentication no",
      // Whoever runs the tests may have a folder that others write to.
      "StrictModes no",
      `Subsystem sftp internal-sftp -d ${sshd.home}`,
    ]);
    await write("client.conf", [
      `Host ${name}`,
      `HostName ${address}`,
      `IdentityFile ${folder}/client`,
      "IdentitiesOnly yes",
      `UserKnownHostsFile ${folder}/known`,
      "GlobalKnownHostsFile none",
      "BatchMode yes",
    ]);
    for (const program of ["ssh", "scp"]) {
      await write(`bin/${program}`, ["#!/bin/sh", `exec /usr/bin/${program} -F ${folder}/client.conf "$@"`], 0o755);
    }
    return sshd;
  }

  /** The settings of its clients. */
  get clientConfig(): string {
    return `${this.#folder}/client.conf`;
  }

  /** Starts it. @param on What another command line is started by. */
  async start(on: (...line: string[]) => [program: string, ...args: string[]]): Promise<void> {
    // As root it looks for a folder that the package's service makes.
    const script =
      'if [ "$(id -u)" = 0 ]; then mount -t tmpfs tmpfs /run && mkdir /run/sshd; fi; exec /usr/sbin/sshd -D -e -f "$0"';
    const [program, ...args] = on("unshare", "--mount", "/bin/sh", "-c", script, `${this.#folder}/server.conf`);
    this.#server = begin(args, undefined, program);
    await this.#server.saw("Server listening");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#server) signal(this.#server.child, "SIGTERM");
    await this.#server?.ended;
    await Deno.remove(this.#folder, { recursive: true });
  }
}

async function demand(program: string, ...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, { args }).output();
  if (!success) throw new Error(`${program}: ${new TextDecoder().decode(stderr)}`);
}
