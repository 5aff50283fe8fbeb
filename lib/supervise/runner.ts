/**
 * Lives one life: proves its artifact, runs its process, has its evidence judged.
 *
 * @module
 */

import { costingGenes } from "../genome/active.ts";
import { byteLimits, fromBytes } from "../genome/bytes.ts";
import type { Genome } from "../genome/schema.ts";
import type { Issue } from "../issue.ts";
import type { LifeReply } from "../runtime/contract.ts";
import type { Artifacts } from "./artifacts.ts";
import { classify, type Told } from "./classify.ts";
import type { Judge } from "./judge.ts";
import { launch, type ProcessEnd } from "./launch.ts";
import type { Launcher } from "./launcher.ts";
import type { Life } from "./life.ts";
import { agentLimits } from "./limits.ts";
import type { Failure } from "./outcome.ts";
import type { RunFacts } from "./run_facts.ts";
import { finish, type Settled } from "./settled.ts";
import { shownText } from "./text.ts";

/** How often a process that somebody else ended is started in all: it was not the agent's doing. */
const attempts = 3;

/** What a life needs to be lived. */
export interface RunnerParts {
  readonly facts: RunFacts;
  readonly launcher: Launcher;
  readonly artifacts: Artifacts;
  /** Absent where there is nothing to judge. */
  readonly judge: Judge | undefined;
}

/** A process that has ended, and what it told. */
export interface Ran {
  readonly told: Told;
  /** Null where no process was started. */
  readonly wallMs: number | null;
}

/** Lives single lives; any number at once. */
export class Runner {
  readonly #parts: RunnerParts;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  /** Runs the process of a life to its end. Needs run permission for `/bin/sh` and read permission for the store. */
  async run(life: Life): Promise<Ran> {
    for (let attempt = 1;; attempt++) {
      const proof = await this.#prove(life);
      if (!proof.ok) return { told: { ok: false, failure: refusedArtifact(proof.issue) }, wallMs: null };
      const end = await this.#launch(life, proof.value);
      const told = this.#classify(life, end);
      const again = !told.ok && told.failure.outcome === "killed" && attempt < attempts;
      if (!again) return { told, wallMs: end.wallMs };
    }
  }

  /** Has the evidence of a life judged, and brings all into the form in which it is kept. */
  async settle(life: Life, { told, wallMs }: Ran): Promise<Settled> {
    const began = performance.now();
    const end = told.ok ? await this.#judged(life, told.reply) : told;
    return { life, wallMs, judgeMs: performance.now() - began, end };
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

  #launch(life: Life, artifact: string): Promise<ProcessEnd> {
    const { launcher, facts } = this.#parts;
    const limits = agentLimits(facts.config);
    const steps = life.kind === "judged" ? facts.worlds.reduce((sum, world) => sum + world.steps, 0) : 0;
    return launch(launcher.sandboxed(artifact, limits, steps), life.request, {
      wallMs: limits.wallSeconds * 1000,
      outputBytes: limits.outputKiB * 1024,
    });
  }

  #classify(life: Life, end: ProcessEnd): Told {
    const expected = {
      token: life.token,
      episodes: life.kind === "judged" ? this.#parts.facts.worlds.length : 0,
      addresses: life.addresses.length,
      genomeBytes: byteLimits.size,
    };
    return classify(end, expected, agentLimits(this.#parts.facts.config));
  }

  async #judged(life: Life, reply: LifeReply): Promise<Settled["end"]> {
    const { facts, judge } = this.#parts;
    if (life.kind === "gestation") {
      return { ok: true, finished: await finish(life, reply, [], facts.config.mail) };
    }
    // What was built was decoded and found valid; its hash says that it is still the same.
    const genes = costingGenes(fromBytes(life.genome!) as Genome, facts.pool);
    const verdict = await judge!.judge({ token: life.token, worlds: facts.worlds, genes, evidence: reply.evidence });
    if (verdict.ok) return { ok: true, finished: await finish(life, reply, verdict.judgements, facts.config.mail) };
    const message = `The judge refused its evidence: ${shownText(verdict.message)}`;
    return { ok: false, failure: { outcome: "refused", message: message.endsWith(".") ? message : `${message}.` } };
  }
}

function refusedArtifact({ code, message }: Issue): Failure {
  return { outcome: "refused", message, artifact: code };
}
