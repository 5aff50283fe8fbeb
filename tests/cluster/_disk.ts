/**
 * A small disk for a broker, which can be full.
 *
 * @module
 */

import { sh } from "./_machines.ts";

/** How much it holds in MiB: more than a cycle's evaluations take. */
const sizeMiB = 96;

/** A file system in memory, until it is disposed of. */
export class Disk implements AsyncDisposable {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<Disk> {
    const folder = await Deno.makeTempDir({ prefix: "evolve-disk-" });
    await sh(`mount -t tmpfs -o size=${sizeMiB}m none ${folder}`);
    return new Disk(folder);
  }

  /** Lets a broker promise more than there is, as one does whose disk others fill. @param broker The folder of its configuration. */
  async demand(broker: string): Promise<void> {
    const path = `${broker}/nats-server.conf`;
    const text = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, text.replace("jetstream {", "jetstream {\n  max_file_store: 4294967296"));
  }

  /** Fills it. */
  async fill(): Promise<void> {
    await sh(`dd if=/dev/zero of=${this.folder}/filler bs=64k 2>/dev/null || true`);
  }

  async free(): Promise<void> {
    await sh(`rm -f ${this.folder}/filler`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await sh(`umount ${this.folder}`);
    await Deno.remove(this.folder);
  }
}
