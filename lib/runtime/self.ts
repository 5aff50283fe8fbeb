/**
 * What an agent is and has for a whole evaluation.
 *
 * @module
 */

import { Catalogue } from "./catalogue.ts";
import type { Agent, AgentRequest, GenomeView, Message, Past } from "./contract.ts";
import { ownCatalogue } from "./genotype.ts";
import { Editor, View } from "./genome_view.ts";
import { Outbox } from "./outbox.ts";

/** The agent itself, over all episodes of an evaluation. */
export class Self {
  readonly seed: string;
  readonly active: ReadonlySet<string>;
  /** Whether it is looked whether probes change the world. */
  readonly checks: boolean;
  readonly inbox: readonly Message[];
  readonly outbox: Outbox;
  /** Active genes that cost something in each step. */
  readonly genes: number;
  /** Root of genes' random streams in episodes, where these are the same for the same genome. */
  readonly genomeSeed: string | undefined;
  /** Whether it is to be told that a gene drew a random number in an episode, and whether one did. */
  readonly tellsDraws: boolean;
  drew = false;
  readonly #phases: ReadonlySet<string>;
  readonly #request: AgentRequest;
  #catalogue: Catalogue | undefined;
  #genome: Editor | undefined;

  constructor(agent: Agent, request: AgentRequest) {
    const { active, phases } = agent.wiring;
    this.#request = request;
    this.seed = request.seed;
    this.checks = request.checks === true;
    this.genomeSeed = request.genomeSeed;
    this.tellsDraws = !agent.world.world.noisy && this.genomeSeed === undefined;
    this.active = new Set(active);
    this.genes = active.length - (phases.birth?.length ?? 0);
    this.outbox = new Outbox(request.addresses);
    this.inbox = Object.freeze(request.inbox.map(({ from, body }) => frozen({ from, body: frozen([...body]) })));
    this.#phases = new Set(Object.keys(phases));
  }

  /** Whether there is an active gene of a phase. */
  has(phase: string): boolean {
    return this.#phases.has(phase);
  }

  /** The agent's own genome; most evaluations never look at it, so it is read late. */
  get genome(): Editor {
    const { genome, pool } = this.#request;
    return this.#genome ??= frozen(new Editor(genome, new Catalogue(ownCatalogue(genome, pool))));
  }

  /** Lets the genome be changed, to anything that the pool offers. */
  openGenome(): void {
    this.#genome ??= frozen(new Editor(this.#request.genome, this.#pool));
    Editor.open(this.#genome, this.#pool);
  }

  /** The genome that the agent decided on, or null where it is unchanged. */
  get decided(): string | null {
    return this.#genome === undefined ? null : Editor.result(this.#genome);
  }

  /** The genomes of the other parents. */
  mates(): readonly GenomeView[] {
    return frozen(this.#request.mates.map((text) => this.#view(text)));
  }

  /** What is recorded of the agent. */
  past(): Past {
    const { scores, present, bestScore, best } = this.#request.past;
    return frozen({
      scores: frozen([...scores]),
      present: frozen([...present]),
      bestScore: bestScore ?? undefined,
      best: best === null ? undefined : this.#view(best),
    });
  }

  get #pool(): Catalogue {
    return this.#catalogue ??= new Catalogue(this.#request.pool);
  }

  #view(text: string): View {
    return frozen(new View(text, this.#pool));
  }
}

function frozen<T>(value: T): T {
  return Object.freeze(value);
}
