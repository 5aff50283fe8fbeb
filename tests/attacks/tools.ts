/**
 * Attacks on the type checker and on the trial of loading: files that no audit has seen, beside an honest one.
 *
 * @module
 */

import { bundlePool } from "../../lib/toolchain/bundle.ts";
import { toolLimits } from "../../lib/toolchain/tools.ts";
import { trialLimits, tryLoading } from "../../lib/toolchain/trial.ts";
import { MadeLayout } from "../steps/build/made_layout.ts";
import { smallTemplate } from "../steps/build/made_run.ts";
import type { Observed } from "./attack.ts";

/** What the tools told of a file, and of the honest one beside it. */
export interface Told {
  /** As `code: message`; empty where the file has no mistake. */
  readonly ofAttack: string;
  readonly ofHonest: string;
}

const honest = { "src/walk.ts": ["walk"], "src/taste.ts": ["taste"] };

/** Less than is shipped, so that what is too much is soon over; the clock is for what would wait for ever. */
const limits = { ...toolLimits, cpuSeconds: 2, wallSeconds: 60 };

/** Has the type checker and the bundler read a file `src/attack.ts` with a gene `attack`. */
export async function checked(text: string): Promise<Told> {
  await using made = await MadeLayout.make({ ...smallTemplate, "src/attack.ts": text }, limits);
  const [first, second] = (await made.compiler.compile([
    made.wiring("a", honest),
    made.wiring("b", { "src/attack.ts": ["attack"] }),
  ])).values();
  const told = (issue: typeof first) => issue ? `${issue.code}: ${issue.message}` : "";
  return { ofAttack: told(second), ofHonest: told(first) };
}

/** Has a file loaded as `build` tries it, in a process without permissions. */
export async function loaded(text: string): Promise<Observed> {
  await using made = await MadeLayout.make({ ...smallTemplate, "src/attack.ts": text });
  const { text: bundle } = await bundlePool(made.layout, made.pool);
  const faults = await tryLoading(made.layout, made.pool, bundle, undefined, { ...trialLimits, cpuSeconds: 1 });
  const issue = faults.get("src/attack.ts");
  const others = [...faults.keys()].filter((path) => path !== "src/attack.ts");
  return {
    succeeded: issue === undefined || others.length > 0,
    how: issue ? `${issue.code}: ${issue.message} ${others}` : "it was loaded",
  };
}
