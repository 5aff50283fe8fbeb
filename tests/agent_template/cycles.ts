/**
 * Evaluations over several cycles, in their simplest form: what mail, birth and an adult's own changes are worth.
 *
 * @module
 */

import type { Genome } from "../../lib/runtime/genome_schema.ts";
import type { Message } from "../../lib/runtime/contract.ts";
import { deriveSeed, type Random, stream } from "../../lib/runtime/random.ts";
import { link } from "../../lib/genome/link.ts";
import { type Environment, evaluated, pool, textOf, worldsOf } from "./made_template.ts";
import { mean } from "./statistics.ts";

/** Episodes of a cycle. */
const episodes = 3;

/**
 * Evaluations of equal agents that write to each other.
 *
 * @returns The mean score of all cycles but the first one.
 */
export function correspond(genome: Genome, environment: Environment, name: number, agents = 8, cycles = 3): number {
  const layout = deriveSeed("layout", name);
  const scores: number[] = [];
  let inboxes: Message[][] = Array.from({ length: agents }, () => []);
  for (let cycle = 0; cycle < cycles; cycle++) {
    const worlds = worldsOf(environment, episodes, `${name}-${cycle}`).map((seed) => ({ ...seed, layout }));
    const next: Message[][] = Array.from({ length: agents }, () => []);
    for (let agent = 0; agent < agents; agent++) {
      const seed = deriveSeed("life", name, cycle, agent);
      const evaluation = evaluated(genome, { seed, worlds, inbox: inboxes[agent]!, addresses: 4 });
      if (cycle > 0) scores.push(...evaluation.scores);
      for (const { address, body } of evaluation.reply.outbox) {
        next[(agent + 1 + address) % agents]!.push({ from: agent, body });
      }
    }
    inboxes = next;
  }
  return mean(scores);
}

/**
 * The cycles of one adult that may change itself.
 *
 * @returns Its best genome.
 */
export function growUp(genome: Genome, environment: Environment, name: number, cycles = 30): Genome {
  let present = genome;
  let scores: number[] = [];
  let best: { readonly genome: Genome; readonly score: number } | undefined;
  for (let cycle = 0; cycle < cycles; cycle++) {
    const past = {
      scores,
      present: scores,
      bestScore: best?.score ?? -1,
      best: best ? textOf(best.genome) : null,
    };
    const worlds = worldsOf(environment, episodes, `${name}-${cycle}`);
    const evaluation = evaluated(present, { seed: deriveSeed("life", name, cycle), worlds, past });
    scores = [...scores, mean(evaluation.scores)];
    if (!best || best.genome === present || mean(scores) > best.score) best = { genome: present, score: mean(scores) };
    if (evaluation.reply.genome === null) continue;
    present = textOf(evaluation.genome) === textOf(best.genome) ? best.genome : evaluation.genome;
    scores = [];
  }
  return best!.genome;
}

/**
 * Generations of a small population of equals: the better half stays, and its children replace the rest.
 *
 * @returns The last population.
 */
export function evolve(start: Genome, environment: Environment, name: number, size = 20, cycles = 12): Genome[] {
  const random = stream(deriveSeed("evolve", name));
  let population = Array.from({ length: size }, () => start);
  for (let cycle = 0; cycle < cycles; cycle++) {
    const worlds = worldsOf(environment, 2, `${name}-${cycle}`);
    const parents = population
      .map((genome) => ({ genome, score: mean(evaluated(genome, { worlds }).scores) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, size / 2)
      .map(({ genome }) => genome);
    population = [...parents, ...parents.map((parent) => child(parent, pick(parents, random), random))];
  }
  return population;
}

/** A child that links: lethal ones are not born here. */
function child(parent: Genome, mate: Genome, random: Random): Genome {
  for (;;) {
    const seed = deriveSeed("birth", random());
    const { genome } = evaluated(parent, { kind: "gestation", seed, mates: [textOf(mate)] });
    if (link(genome, pool) === undefined) return genome;
  }
}

function pick<T>(from: readonly T[], random: Random): T {
  return from[Math.floor(random() * from.length)]!;
}
