/**
 * Keys of a broker for tests, in a folder of their own.
 *
 * @module
 */

import { type KeysFlags, makeKeys } from "../../lib/steps/keys/keys.ts";
import { ensureKeys } from "../../lib/signing/keys.ts";

const dayMs = 24 * 3_600_000;

/** Keys, until they are disposed of. */
export class TestKeys implements AsyncDisposable {
  /** The folder of the folders of all roles. */
  readonly folder: string;
  readonly #paths: { readonly brokerKeys: string; readonly publicKey: string };

  private constructor(folder: string) {
    this.folder = `${folder}/nats`;
    this.#paths = { brokerKeys: this.folder, publicKey: `${folder}/public/signing.json` };
  }

  static async make(flags: Partial<KeysFlags> = {}): Promise<TestKeys> {
    const folder = await Deno.makeTempDir({ prefix: "evolve-keys-" });
    const keys = new TestKeys(folder);
    await ensureKeys({ privateKey: `${folder}/private/signing.json`, publicKey: keys.#paths.publicKey });
    await keys.again(flags);
    return keys;
  }

  /** Makes what is missing, as `keys` with these flags does. @param daysAgo Before as many days. */
  async again(flags: Partial<KeysFlags>, daysAgo = 0) {
    const all = { host: undefined, days: 365, renew: false, replace: false, ...flags };
    return await makeKeys(this.#paths, all, Date.now() - daysAgo * dayMs);
  }

  /** The folder of a role, or of the broker. */
  of(role: "supervisor" | "evaluator" | "broker"): string {
    return `${this.folder}/${role}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.folder.slice(0, -"/nats".length), { recursive: true });
  }
}
