/**
 * Machines of a cluster on this one: network namespaces that a switch connects, each with a host name and keys of its own.
 *
 * @module
 */

import { projectRoot } from "../../lib/run/paths.ts";

/** The machines there are: one of the broker, one of the runs, and those of evaluators. */
export const machineNames = ["broker", "home", "one", "two", "three", "four"] as const;

/** A machine. */
export type MachineName = typeof machineNames[number];

/** What is mounted over the keys of the project: those of a role alone, as on a machine that has no others. */
const nats = `${projectRoot}/workspace/keys/nats`;

/** Whether there can be such machines: that takes root, iproute2, and a kernel that lets root make namespaces. */
export const hasMachines: boolean = probe();

function probe(): boolean {
  const script =
    `ip netns add "$0" && { ip netns exec "$0" unshare --uts /bin/sh -c 'mount -t tmpfs none /mnt && hostname x'
    code=$?; ip netns del "$0"; exit $code; }`;
  const name = `ev-probe-${crypto.randomUUID().slice(0, 8)}`;
  const isRoot = Deno.uid() === 0;
  const { success } = new Deno.Command("/bin/sh", { args: ["-c", script, name], stderr: "null" }).outputSync();
  if (!isRoot || !success) {
    console.warn(
      "left out: evaluators on hosts of their own, as this user can't make network namespaces; processes on the loopback " +
        "take their place, without keys",
    );
  }
  return isRoot && success;
}

/** Machines, until they are disposed of. */
export class Machines implements AsyncDisposable {
  readonly #prefix: string;
  readonly #net: string;
  readonly #keys: string;

  /** @param number Of its network: from 0 to 511. */
  private constructor(keys: string, number: number) {
    this.#prefix = `ev${number}`;
    this.#net = `198.${18 + (number >> 8)}.${number & 255}`;
    this.#keys = keys;
  }

  /** Makes all of them. @param keys The folder of the folders of all roles, whether these are there by now or not. */
  static async make(keys: string): Promise<Machines> {
    const machines = await Machines.#claim(keys);
    // What is mounted over.
    await Deno.mkdir(nats, { recursive: true });
    const script = [
      `ip -n ${machines.#space("switch")} link add br0 type bridge`,
      `ip -n ${machines.#space("switch")} link set br0 up`,
      ...machineNames.flatMap((name, i) => [
        `ip netns add ${machines.#space(name)}`,
        `ip -n ${machines.#space(name)} link set lo up`,
        ...machines.#plug(machines.#space(name), { port: name, link: "eth0", address: `${machines.#net}.${i + 1}/24` }),
      ]),
      // The test itself, which looks at the broker.
      ...machines.#plug("", { port: "test", link: machines.#prefix, address: `${machines.#net}.254/24` }),
    ];
    await sh(script.join("\n"));
    return machines;
  }

  /** Takes a network that no other cluster of this machine has: there is one namespace of a name. */
  static async #claim(keys: string): Promise<Machines> {
    for (let attempt = 1;; attempt++) {
      const machines = new Machines(keys, Math.floor(Math.random() * 512));
      try {
        await sh(`ip netns add ${machines.#space("switch")}`);
        return machines;
      } catch (error) {
        if (attempt === 20) throw error;
      }
    }
  }

  /** The address of a machine. */
  addressOf(name: MachineName): string {
    return `${this.#net}.${machineNames.indexOf(name) + 1}`;
  }

  /** The arguments of the program `ip` by which a program is started on a machine; with the keys of a role, if any. */
  on(name: MachineName, command: readonly string[], role?: "supervisor" | "evaluator"): string[] {
    const own = role && `mount -t tmpfs none ${nats} && mkdir ${nats}/${role} && ` +
        `mount --bind ${this.#keys}/${role} ${nats}/${role} && `;
    const script = `${own ?? ""}hostname ${name} && exec "$@"`;
    return ["netns", "exec", this.#space(name), "unshare", "--uts", "/bin/sh", "-c", script, "sh", ...command];
  }

  /** Pulls the plug of a machine. */
  async cut(name: MachineName): Promise<void> {
    await sh(`ip -n ${this.#space("switch")} link set ${name} down`);
  }

  /** Puts it in again. */
  async plug(name: MachineName): Promise<void> {
    await sh(`ip -n ${this.#space("switch")} link set ${name} up`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await sh(["switch", ...machineNames].map((name) => `ip netns del ${this.#space(name)} || true`).join("\n"));
  }

  #space(name: string): string {
    return `${this.#prefix}-${name}`;
  }

  /** A cable from the switch to a machine. @param space Where that is; "": where the test is. */
  #plug(
    space: string,
    { port, link, address }: { readonly port: string; readonly link: string; readonly address: string },
  ) {
    const at = space === "" ? "ip" : `ip -n ${space}`;
    return [
      `ip -n ${this.#space("switch")} link add ${port} type veth peer name ${link} netns ${space || "$$"}`,
      `ip -n ${this.#space("switch")} link set ${port} master br0 up`,
      `${at} address add ${address} dev ${link}`,
      `${at} link set ${link} up`,
    ];
  }
}

/** Runs a script to its end, which must be a good one. */
export async function sh(script: string): Promise<void> {
  const { success, stderr } = await new Deno.Command("/bin/sh", { args: ["-e", "-c", script] }).output();
  if (!success) throw new Error(`${new TextDecoder().decode(stderr)} by:\n${script}`);
}
