/** Small agents, worlds and requests for tests. */

import type { Agent, AgentRequest, Gene, ParameterValue, World, WorldSettings } from "../../lib/runtime/contract.ts";
import { toBase64 } from "../../lib/runtime/base64.ts";
import { toBytes } from "../../lib/runtime/genome_bytes.ts";
import { deriveSeed } from "../../lib/runtime/random.ts";

/** A gene by its name, such as `sense src/a.ts#look`: phase, file, function. */
export type MadeGenes = Readonly<Record<string, Gene>>;

/** The state of the made world: a line on which to step left and right. */
export interface Line {
  at: number;
  gathered: number;
  steps: number;
  readonly random: () => number;
}

/** A world in which each step to the right is worth 1 and chance moves one as well. */
export const line: World<Line> & { readonly world: WorldSettings } = {
  world: {
    actions: ["stay", "left", "right"],
    phases: ["sense", "think", "act", "learn"],
    steps: 20,
    episodes: 2,
    noisy: true,
    memory: "episode",
    environments: { plain: { width: 50 } },
  },
  begin: ({ random, layout }) => ({ at: Math.floor(layout() * 10), gathered: 0, steps: 0, random }),
  perceive: ({ at, steps }) => ({ at, steps }),
  act(state, action) {
    const reward = action === 2 ? 1 : 0;
    state.at += action === 1 ? -1 : reward;
    if (state.random() < 0.1) state.at++;
    state.gathered += reward;
    state.steps++;
    return reward;
  },
  finished: ({ at }) => at >= 50,
  judge: ({ gathered, at }) => ({ score: gathered, measures: { at } }),
};

/** An agent of these genes. */
export function madeAgent(
  genes: MadeGenes,
  world: Agent["world"] = line,
  parameters: Readonly<Record<string, ParameterValue>> = { rate: 0.5 },
): Agent {
  const phases: Record<string, { name: string; run: Gene; parameters: Readonly<Record<string, ParameterValue>> }[]> =
    {};
  const names: string[] = [];
  for (const [key, run] of Object.entries(genes)) {
    const [phase, name] = key.split(" ") as [string, string];
    names.push(name);
    (phases[phase] ??= []).push({ name, run, parameters });
  }
  for (const phase of Object.values(phases)) phase.sort((a, b) => a.name < b.name ? -1 : 1);
  return { world, wiring: { active: names.sort(), phases } };
}

/** The pool of the made genomes. */
export const madePool: AgentRequest["pool"] = {
  files: [
    {
      path: "src/a.ts",
      functions: ["go", "look"],
      parameters: [{ name: "rate", min: 0, max: 1, default: 0.5, scale: "linear" }],
    },
    { path: "src/b.ts", functions: ["learn"], parameters: [] },
  ],
};

/** A genome of that pool in base64. */
export function madeGenome(rate = 0.25, go = true): string {
  return toBase64(toBytes({
    version: 1,
    files: [
      { path: "src/a.ts", active: true, functions: { go, look: true }, parameters: { rate } },
      { path: "src/b.ts", active: false, functions: { learn: true }, parameters: {} },
    ],
  }));
}

/** A request of two judged episodes. */
export function madeRequest(changed: Partial<AgentRequest> = {}): AgentRequest {
  const world = (episode: number) => ({
    seed: deriveSeed("test", "world", episode),
    layout: deriveSeed("test", "layout"),
    environment: { width: 50 },
    steps: 20,
  });
  return {
    version: 1,
    kind: "judged",
    token: deriveSeed("test", "token"),
    seed: deriveSeed("test", "life"),
    worlds: changed.kind === "gestation" ? [] : [world(0), world(1)],
    genome: madeGenome(),
    pool: madePool,
    mates: [],
    past: { scores: [], present: [], bestScore: -1, best: null },
    memory: [],
    inbox: [],
    addresses: 0,
    ...changed,
  };
}
