/**
 * Workers in which genomes are evaluated, on as many cores as there are.
 *
 * @module
 */

import { Crew } from "../step/pool.ts";
import type { TwinExam, TwinScore } from "../twin/job.ts";
import type { TwinProgram } from "../twin/twin.ts";
import type { TwinOrder } from "../twin/worker.ts";
import type { Examine } from "./judge.ts";

/** How they are at work. */
export interface TwinsOptions {
  /** How many at once: at least 1. */
  readonly workers: number;
  readonly signal: AbortSignal;
  /** Called with episodes that have been played. */
  readonly onEpisodes: (episodes: number) => void;
}

/** Genomes of a part at most: so that the cores are busy to the end, and progress is seen. */
const mostAtOnce = 64;

/** Workers without permissions; they end when it is disposed of. */
export class Twins implements Disposable {
  readonly #program: TwinProgram;
  readonly #options: TwinsOptions;
  readonly #crew: Crew;

  /** Needs read permission for `lib/` once it is used. */
  constructor(program: TwinProgram, options: TwinsOptions) {
    this.#program = program;
    this.#options = options;
    this.#crew = new Crew({ ...options, module: new URL("../twin/worker.ts", import.meta.url) });
  }

  /** Evaluates the genomes of an exam in parts; each comes to the same by itself and among others. */
  readonly examine: Examine = async (exam) => {
    const { genomes } = exam;
    const size = Math.min(mostAtOnce, Math.max(1, Math.ceil(genomes.length / this.#options.workers)));
    const parts = Array.from(
      { length: Math.ceil(genomes.length / size) },
      (_, i) => ({ ...exam, genomes: genomes.slice(i * size, (i + 1) * size) }),
    );
    return (await Promise.all(parts.map((part) => this.#examined(part)))).flat();
  };

  async #examined(exam: TwinExam): Promise<readonly TwinScore[]> {
    this.#options.signal.throwIfAborted();
    const order: TwinOrder = { program: this.#program, exam };
    const scores = await this.#crew.send(order) as readonly TwinScore[];
    this.#options.onEpisodes(exam.genomes.length * exam.worlds.length);
    return scores;
  }

  [Symbol.dispose](): void {
    this.#crew.end();
  }
}
