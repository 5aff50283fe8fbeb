/**
 * Attacks on an agent's folder: what a stranger plants there before the steps of a cycle come by.
 *
 * @module
 */

import { walkAgent } from "../../lib/agents/walk.ts";
import type { Attack, Expectation, Layer, Observed } from "./attack.ts";
import { type Plant, planted } from "./planted.ts";
import { folder as outside } from "./sandbox.ts";

/** An attack on an agent's folder. */
export interface FolderAttack {
  readonly goal: string;
  readonly way: string;
  /** Plants it; `outside` is a folder of its own, out of the project. */
  readonly plant: (folder: string, outside: string) => Promise<void> | void;
  /** The step after which it is planted. @default init */
  readonly after?: Plant["after"];
  /** What was harmed when all steps have come by. @default the agent stays active */
  readonly harm?: (folder: string, outside: string, shown: string) => string | undefined;
  /** What the look at a folder makes of it, which is a part of the audit; absent: it looks at no content. */
  readonly walk?: Expectation;
  /** The one layer that meets it, where that is not the look at the folder. */
  readonly layer?: Layer;
  readonly shipped: Expectation;
}

let count = 0;

/** An attack on an agent's folder, tried on the look at the folder and on all steps of a cycle. */
export function folderAttack({ goal, way, plant, after, harm, walk, layer, shipped }: FolderAttack): Attack {
  const own = `${outside}/planted-${count++}`;
  let seen: Observed | undefined;
  const run = planted({
    after,
    async plant(folder) {
      await Deno.mkdir(own);
      await plant(folder, own);
      const { issue } = walkAgent(folder);
      seen = { succeeded: issue === undefined, how: issue ? `${issue.code}: ${issue.message}` : "nothing found" };
    },
    ...(harm && { harm: (folder: string, shown: string) => harm(folder, own, shown) }),
  });
  const looked = async () => {
    await run();
    return seen!;
  };
  const alone = { ...(walk && { audit: { ...walk, run: looked } }), ...(layer && { [layer]: { ...shipped, run } }) };
  return { goal, way, alone, shipped: { ...shipped, run } };
}

/** Whether a file still holds a text; a sentence if not. */
export function changed(path: string, text: string): string | undefined {
  try {
    return Deno.readTextFileSync(path) === text ? undefined : `${path} was changed`;
  } catch {
    return `${path} is gone`;
  }
}
