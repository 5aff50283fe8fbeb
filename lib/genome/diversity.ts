/**
 * How much genomes of a population differ.
 *
 * @module
 */

import type { ParameterRange } from "../runtime/contract.ts";
import type { Random } from "../runtime/random.ts";
import type { Expressed, Expression } from "./expression.ts";

/** A genome that some agents have. */
export interface Carried {
  readonly expressed: Expressed;
  readonly agents: number;
}

/** How much the genomes of a population differ. */
export interface Diversity {
  /** Entropy of a gene's being active or not, in bits, mean over the genes: 0 where all agents agree, 1 where half have each. */
  readonly entropy: number;
  /** Mean distance of pairs of agents, from 0 to 1; 0 of one agent. */
  readonly distance: number;
  /** Pairs that it is the mean of. */
  readonly pairs: number;
  /** As many genomes as equally frequent ones would be as diverse: the exponential of the entropy of their frequencies. */
  readonly effective: number;
}

/** Pairs whose distance is measured. */
const mostPairs = 200;

/**
 * The diversity of a population: entropy by gene, the mean distance of pairs of agents that are drawn with replacement, and the
 * effective number of genomes (Hill 1973, of order 1).
 *
 * @param carried At least one agent in all.
 * @param random Draws the pairs.
 */
export function diversityOf(expression: Expression, carried: readonly Carried[], random: Random): Diversity {
  const agents = carried.flatMap(({ agents }, i) => new Array<number>(agents).fill(i));
  const shares = carried.map((one) => one.agents / agents.length);
  const active = expression.genes.map((_, gene) =>
    carried.reduce((sum, one, i) => sum + shares[i]! * one.expressed.genes[gene]!, 0)
  );
  const pairs = agents.length < 2 ? 0 : mostPairs;
  let distance = 0;
  for (let i = 0; i < pairs; i++) {
    const first = Math.floor(random() * agents.length);
    const second = (first + 1 + Math.floor(random() * (agents.length - 1))) % agents.length;
    const [a, b] = [agents[first]!, agents[second]!];
    if (a !== b) distance += gower(expression, carried[a]!.expressed, carried[b]!.expressed);
  }
  return {
    entropy: active.length === 0 ? 0 : active.reduce((sum, share) => sum + bits(share), 0) / active.length,
    distance: pairs === 0 ? 0 : distance / pairs,
    pairs,
    effective: Math.exp(shares.reduce((sum, share) => sum - share * Math.log(share), 0)),
  };
}

/** Entropy of what is there with this chance. */
function bits(share: number): number {
  return share <= 0 || share >= 1 ? 0 : -share * Math.log2(share) - (1 - share) * Math.log2(1 - share);
}

/**
 * Mean difference over genes, and over numbers of parameters whose files are active in both genomes: of a gene 1 where one alone
 * has it active, of a number its difference as a share of its range (Gower 1971).
 */
function gower({ parameters, ranges }: Expression, a: Expressed, b: Expressed): number {
  let sum = 0, count = a.genes.length;
  for (let gene = 0; gene < a.genes.length; gene++) sum += a.genes[gene] === b.genes[gene] ? 0 : 1;
  for (let i = 0; i < parameters.length; i++) {
    const { file } = parameters[i]!, [x, y] = [a.parameters[i]!, b.parameters[i]!];
    if (a.files[file] !== 1 || b.files[file] !== 1 || Number.isNaN(x) || Number.isNaN(y)) continue;
    count++;
    sum += Math.min(1, Math.abs(placeIn(ranges[i]!, x) - placeIn(ranges[i]!, y)));
  }
  return count === 0 ? 0 : sum / count;
}

function placeIn({ min, max, scale }: ParameterRange, value: number): number {
  if (max <= min) return 0;
  return scale === "log" && min > 0 && value > 0
    ? Math.log(value / min) / Math.log(max / min)
    : (value - min) / (max - min);
}
