/**
 * Lives one life: proves its artifact, has it run in isolation, and its evidence judged.
 *
 * @module
 */

import { costingGenes } from "../../genome/active.ts";
import { byteLimits } from "../../runtime/genome_bytes.ts";
import type { Isolation, Ran } from "../../isolation/isolation.ts";
import { type Failure, inFull } from "../../isolation/outcome.ts";
import { refusedStart } from "../../isolation/refused_start.ts";
import type { Expected } from "../../isolation/reply.ts";
import { sentence, shownText } from "../../util/text.ts";
import { type Issue, StepFailed } from "../../util/issue.ts";
import type { LifeReply } from "../../runtime/contract.ts";
import type { Artifacts } from "./artifacts.ts";
import { genomeOf } from "./genome_of.ts";
import type { Judge } from "./judge.ts";
import { type Life, requestLine } from "./life.ts";
import type { PoolLives } from "./pool_lives.ts";
import type { Pooled } from "./pooled.ts";
import type { RunFacts } from "./run_facts.ts";
import { finish, type Settled } from "./settled.ts";

/** What a life needs to be lived. */
export interface RunnerParts {
  readonly facts: RunFacts;
  readonly isolation: Isolation;
  /** Where lives are lived first if they share processes; absent: each is lived in isolation. */
  readonly pooled?: Pooled;
  /** What the isolation can live by the program of the pool. */
  readonly pool?: PoolLives;
  readonly artifacts: Artifacts;
  /** Absent where there is nothing to judge. */
  readonly judge: Judge | undefined;
  /** Tells in which file and line a world failed. */
  readonly locate: (failure: Failure) => Promise<string>;
}

/** Lives single lives; any number at once. */
export class Runner {
  readonly #parts: RunnerParts;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  /** What there is to count besides lives. */
  get counts(): Readonly<Record<string, number>> {
    return this.#parts.pooled?.counts ?? {};
  }

  /** How many lives are to be under way at once so that so many processes have enough to do. */
  width(slots: number): number {
    return this.#parts.pooled?.width ?? slots;
  }

  /** Whether there is a judge. */
  get judges(): boolean {
    return this.#parts.judge !== undefined;
  }

  /** The file and line in which a world failed. Needs what an evaluation needs. */
  locate(failure: Failure): Promise<string> {
    return this.#parts.locate(failure);
  }

  /** Lives a life to its end. Needs read permission for the store, and what the isolation needs. */
  run(life: Life): Promise<Ran> {
    const { pooled } = this.#parts;
    return pooled ? pooled.run(life, this.#expected(life), () => this.#isolated(life)) : this.#isolated(life);
  }

  /** Lives a life by the agent's own program, in no process of others: how all that fails is found out. */
  alone(life: Life): Promise<Ran> {
    return this.#started(() => this.#own(life));
  }

  #isolated(life: Life): Promise<Ran> {
    return this.#started(async () => await this.#ofPool(life) ?? await this.#own(life));
  }

  /** What ends before it is ready is the machine's doing: it is tried again once, and then the step stops. */
  async #started(live: () => Promise<Ran>): Promise<Ran> {
    const ran = await live();
    if (!isUnready(ran)) return ran;
    const again = await live();
    if (again.told.ok || !isUnready(again)) return again;
    throw unready(again.told.failure);
  }

  /** Has the evidence of a life judged, and brings all into the form in which it is kept. */
  async settle(life: Life, { told, wallMs }: Ran): Promise<Settled> {
    const began = performance.now();
    const end = told.ok ? await this.#judged(life, told.reply) : await this.#confirmed(life, told.failure);
    return { life, wallMs, judgeMs: performance.now() - began, end };
  }

  /** Lives a life by the program of the pool, if it can be; how it fails is for the agent's own program to tell. */
  async #ofPool(life: Life): Promise<Ran | undefined> {
    const { isolation, pool } = this.#parts;
    const line = await pool?.lineOf(life);
    const ran = line === undefined ? undefined : await isolation.liveOfPool?.({ line, expected: this.#expected(life) });
    return ran?.told.ok ? ran : undefined;
  }

  /** Lives a life by the agent's own program. */
  async #own(life: Life): Promise<Ran> {
    const proof = await this.#prove(life);
    if (!proof.ok) return { told: { ok: false, failure: refusedArtifact(proof.issue) }, wallMs: null };
    return await this.#live(life, proof.value);
  }

  #prove(life: Life): ReturnType<Artifacts["prove"]> {
    const { artifacts, facts } = this.#parts;
    if (!life.genome) {
      return Promise.resolve({ ok: false, issue: { code: "genome.missing", message: "Its genome can't be found." } });
    }
    if (life.buildHash === null) {
      const message = "There is no artifact for its gestation.";
      return Promise.resolve({ ok: false, issue: { code: "artifact.missing", message } });
    }
    const demands = life.kind === "judged" ? { runtime: facts.due.runtime, world: facts.pool.worldHash } : {};
    return artifacts.prove(life.buildHash, life.genomeHash, demands);
  }

  #live(life: Life, artifact: string): Promise<Ran> {
    const { isolation, facts } = this.#parts;
    return isolation.live({
      id: life.id,
      artifact,
      genome: life.genome!,
      request: requestLine(life, facts),
      expected: this.#expected(life),
      steps: life.kind === "judged" ? facts.worlds.reduce((sum, world) => sum + world.steps, 0) : 0,
    });
  }

  #expected({ kind, token, addresses }: Life): Expected {
    return {
      token,
      episodes: kind === "judged" ? this.#parts.facts.worlds.length : 0,
      addresses: addresses.length,
      genomeBytes: byteLimits.size,
    };
  }

  async #judged(life: Life, reply: LifeReply): Promise<Settled["end"]> {
    const { facts, judge } = this.#parts;
    if (life.kind === "gestation") {
      return { ok: true, finished: finish(life, reply, facts.config.mail) };
    }
    const genes = costingGenes(genomeOf(life), facts.pool);
    const { length: episodes } = facts.worlds;
    const evidence = JSON.stringify(reply.evidence);
    const verdict = await judge!.judge({ token: life.token, episodes, genes, worlds: facts.worldsJson, evidence });
    if (verdict.ok) {
      const judged = { evidence, judgements: verdict.judgements };
      return { ok: true, finished: finish(life, reply, facts.config.mail, judged) };
    }
    if (verdict.code === "evidence") {
      const message = sentence(`The judge refused its evidence: ${shownText(verdict.message)}`);
      return { ok: false, failure: { outcome: "refused", message } };
    }
    const message = sentence(`The world failed over what it did: ${shownText(verdict.message)}`);
    return { ok: false, failure: { outcome: "world", message, actions: reply.evidence } };
  }

  /** A failure of the world counts as one only if it comes about where no gene takes part; else it is a crash. */
  async #confirmed(life: Life, failure: Failure): Promise<Settled["end"]> {
    const { facts, judge } = this.#parts;
    if (failure.outcome !== "world") return { ok: false, failure };
    const { detail, actions = [] } = failure;
    const genes = costingGenes(genomeOf(life), facts.pool);
    const verdict = await judge?.judge({
      token: life.token,
      episodes: facts.worlds.length,
      genes,
      worlds: facts.worldsJson,
      evidence: JSON.stringify(actions),
      failed: true,
    });
    const isConfirmed = verdict && !verdict.ok && verdict.code !== "evidence" && verdict.code !== "request";
    if (isConfirmed) {
      const message = sentence(`The world failed over what it did: ${shownText(verdict.message)}`);
      return { ok: false, failure: { outcome: "world", message, actions } };
    }
    const message = `${failure.message.replace(/\.$/, "")}, which it does not over the same actions without genes.`;
    return { ok: false, failure: { outcome: "crash", message, ...(detail && { detail }) } };
  }
}

function isUnready({ told }: Ran): boolean {
  return !told.ok && told.failure.outcome === "start";
}

function unready(failure: Failure): StepFailed {
  const said = inFull(failure);
  if (failure.reached) {
    return new StepFailed({
      code: "control.limits",
      message: `Cannot evaluate as a process must start within the limits: ${said} Tried twice. Raise ` +
        `\`limits.${failure.reached.limit}\` in config.json, or let the machine do less else.`,
      path: "workspace/config.json",
    });
  }
  return refusedStart(said);
}

function refusedArtifact({ code, message }: Issue): Failure {
  return { outcome: "refused", message, artifact: code };
}
