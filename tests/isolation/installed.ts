/** What of the ways of keeping agents apart this machine can show. */

import { Bubblewrap } from "../../lib/isolation/bubblewrap.ts";
import { Launcher } from "../../lib/isolation/launcher.ts";
import type { ProcessLimits } from "../../lib/isolation/limits.ts";
import { StepFailed } from "../../lib/util/issue.ts";

const limits: ProcessLimits = { memoryMiB: 64, cpuSeconds: 5, wallSeconds: 20, outputKiB: 64, descriptors: 64 };

/** Bubblewrap where it is installed and works; else undefined, and a line says that its tests are left out. */
export const bubblewrap: Bubblewrap | undefined = await find();

async function find(): Promise<Bubblewrap | undefined> {
  try {
    return await Bubblewrap.find(await Launcher.find(limits), limits);
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    console.error(`Tests of bubblewrap are left out: ${error.message}`);
    return undefined;
  }
}
