/**
 * An evaluation in memory, for the test of single genes.
 *
 * @module
 */

import type { GeneContext, Message } from "../../lib/runtime/contract.ts";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";
import { genomeOf } from "./made_template.ts";

/** What can be set from outside while genes run. */
export interface Stand {
  readonly context: GeneContext;
  readonly signals: Map<string, number>;
  readonly sent: number[][];
  /** Sets what the gene sees next; votes start at 0 again. */
  show(now: Partial<Pick<GeneContext, "step" | "lastAction" | "reward">> & { readonly perception?: Seen }): void;
}

/** Numbers by name, as the world of the template shows them. */
export type Seen = Readonly<Record<string, number>>;

const calm: Seen = {
  ...{ column: 5, row: 5, foodHere: 0, foodNorth: 0, foodEast: 0, foodSouth: 0, foodWest: 0 },
  ...{ wayNorth: 0, wayEast: 0, waySouth: 0, wayWest: 0, redX: 0, redY: 0, greenX: 0, greenY: 0, blueX: 0, blueY: 0 },
  ...{ energy: 1, bumped: 0, hurt: 0, sky: 0 },
};

/** An evaluation for the genes of one file, with its default parameters unless others are given. */
export function madeContext(file: string, values: Seen = {}, inbox: readonly Message[] = []): Stand {
  const random = stream(deriveSeed("made life", file));
  const memory = new Map<string, number>();
  const signals = new Map<string, number>();
  const sent: number[][] = [];
  let votes = [0, 0, 0, 0, 0, 0];
  const context = {
    step: 0,
    steps: 200,
    episode: 0,
    actions: 6,
    lastAction: -1,
    reward: 0,
    total: 0,
    parameters: {
      ...genomeOf({}).files.find(({ path }) => path === `src/${file}.ts`)!.parameters,
      ...values,
    },
    perception: calm,
    random,
    signal: (name: string, otherwise = 0) => signals.get(name) ?? otherwise,
    emit: (name: string, value: number) => void signals.set(name, value),
    vote: (action: number, weight: number) => void (votes[action]! += weight),
    votes: (action: number) => votes[action] ?? 0,
    recall: (key: string, otherwise = 0) => memory.get(key) ?? otherwise,
    remember: (key: string, value: number) => void memory.set(key, value),
    inbox,
    addresses: 4,
    send: (_address: number, body: readonly number[]) => void sent.push([...body]),
    active: () => true,
  };
  return {
    context: context as unknown as GeneContext,
    signals,
    sent,
    show: ({ perception, ...now }) => {
      votes = [0, 0, 0, 0, 0, 0];
      Object.assign(context, now, { perception: { ...calm, ...perception } });
    },
  };
}
