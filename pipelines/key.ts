/**
 * Makes the key pair that programs are signed with.
 *
 * @module
 */

import { runStep } from "../lib/step/step.ts";

await runStep({
  name: "key",
  brief: "Makes the project's signing key where there is none, and tells its fingerprint.",
  description:
    "`init` makes it as well. What comes without a key, such as a fresh clone that is to `restore` a backup, " +
    "makes it by this. A key that is there is never written over, and the private one is never shown.",
  creates: true,
  ownRuns: true,
  columns: ["made", "fingerprint"],
  run: async (_flags, step) => {
    const { ensureKeys, fingerprintOf } = await import("../lib/signing/keys.ts");
    const made = await ensureKeys(step.paths);
    const fingerprint = await fingerprintOf(step.paths.publicKey);
    step.emit({ type: "key.ready", id: null, ok: true, made, fingerprint });
    step.say(made ? `made the key ${fingerprint}.` : `the key ${fingerprint} is there already.`);
    return { updates: made ? 1 : 0 };
  },
});
