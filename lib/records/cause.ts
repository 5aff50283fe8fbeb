/**
 * What an end, a disabling, a death or a failed step is due to: one enumeration, decided by the code of the issue.
 *
 * @module
 */

/**
 * All causes.
 *
 * `agent`: its own genome, or what its active genes did; `template`: gene files, world or view, which all agents share;
 * `configuration`: limits, fitness, strategy, hooks; `machine`: what the system refused, ended or damaged, other users of
 * it included; `orchestrator`: this program, its runtime and its tools.
 */
export const causes = ["agent", "template", "configuration", "machine", "orchestrator"] as const;

/** What something is due to; only `agent` counts against an agent. */
export type Cause = (typeof causes)[number];

/** Codes, or what they begin with where a dot ends them, by cause; the longest that fits decides. */
const codes: Readonly<Record<Cause, string>> = {
  agent: "evaluation. gestation. genome. genotype. resident. died.",
  template: "evaluation.world gestation.world template. pool. source. audit. build.import",
  configuration: "config. fitness. selection. plugin. hook. control.limits step.output",
  machine:
    "evaluation.killed gestation.killed genome.damaged genome.unreadable genome.missing genome.lost machine. disk. deno. agent. agents. " +
    "code. blob. artifact. keys. listing. limits. bwrap. broker. evaluator. evaluators. process. stop. restore. archive. backup. events.",
  orchestrator: "internal permission build. judge. wiring. shared. pool.outdated pool.unbuilt pool.missing control.",
};

const byCode: ReadonlyMap<string, Cause> = new Map(
  causes.flatMap((cause) => codes[cause].split(" ").map((code): [string, Cause] => [code, cause])),
);

/**
 * What an issue is due to.
 *
 * @param code The code of the issue.
 * @returns Undefined for what is neither an end nor a failure, such as wrong arguments.
 */
export function causeOf(code: string): Cause | undefined {
  for (let part = code; part !== ""; part = part.slice(0, part.lastIndexOf(".", part.length - 2) + 1)) {
    const cause = byCode.get(part);
    if (cause) return cause;
  }
  return undefined;
}

/**
 * What the end of an evaluation is due to.
 *
 * @param outcome Any but `finished`.
 */
export function causeOfEnd(outcome: string): Cause {
  return causeOf(`evaluation.${outcome}`)!;
}
