/** Variation that was written for real numbers, and one of lists. */
import type { GeneContext, GenomeEditor, GenomeView } from "evolve/contract";

const FILE = "src/doors.ts";

/** @phase birth */
export function move(context: GeneContext): void {
  const { genome } = context;
  for (const { name, min, max } of genome.parameters(FILE)) {
    if (context.random() > 0.3) continue;
    genome.setParameter(FILE, name, genome.parameter(FILE, name) + (context.random() - 0.5) * (max - min));
  }
}

/** @phase birth */
export function mix(context: GeneContext): void {
  const mate = context.mates[0];
  if (mate !== undefined) {
    for (const name of Object.freeze(["answers", "weights"])) {
      take(context.genome, mate, name);
    }
  }
}

/** @phase end */
export function grow(context: GeneContext): void {
  if (context.random() < 0.5) {
    context.genome.setList(FILE, "waits", context.genome.list(FILE, "waits").map((wait) => wait + context.random()));
  }
}

function take(genome: GenomeEditor, mate: GenomeView, name: string): void {
  const theirs = mate.list(FILE, name);
  genome.setList(FILE, name, genome.list(FILE, name).map((own, at) => at % 2 === 0 ? theirs[at]! : own));
}
