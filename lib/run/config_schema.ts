/**
 * The shape of `workspace/config.json`: the one source of its types, its checks and its JSON Schema.
 *
 * @module
 */

import { z } from "zod";
import { strategyNames } from "./strategy_names.ts";

const share = z.number().min(0).max(1);
const mostCells = 1_000_000;
const descriptor = z.strictObject({
  measure: z.string().min(1).max(64).describe("A measure of a result."),
  min: z.number(),
  max: z.number(),
  bins: z.int().min(1).max(10_000),
}).refine(({ min, max }) => min < max, { message: 'must have a "min" that is less than its "max"' });
const variable = z.string().regex(/^EVOLVE_[A-Z0-9_]{1,57}$/);
const ways = ["command", "webhook", "webhookEnv", "module"] as const;
const retry = z.strictObject({
  maxAttempts: z.int().min(1).max(1000).default(12).describe("Attempts after which an event is a dead letter."),
  initialBackoffSeconds: z.number().positive().max(86_400).default(10)
    .describe("Time to the second attempt; it doubles with each further one."),
  maxBackoffSeconds: z.number().positive().max(86_400).default(3600)
    .describe("Longest time between two attempts, whatever the receiver asks for."),
  maxAgeSeconds: z.number().positive().max(31_536_000).default(259_200)
    .describe("Time after which an event that waits is a dead letter."),
  maxWaiting: z.int().min(1).max(1_000_000).default(10_000)
    .describe("Events that may wait for the hook; beyond that the oldest are dead letters."),
}).refine(({ initialBackoffSeconds, maxBackoffSeconds }) => initialBackoffSeconds <= maxBackoffSeconds, {
  message:
    'must have an "initialBackoffSeconds" that is at most its "maxBackoffSeconds", which is 3600 unless it is set',
});
/** Events that are of the run as a whole. */
const ofNoAgent: ReadonlySet<string> = new Set(["cycle.finished", "evaluator.dropped"]);
const hook = z.strictObject({
  on: z.array(z.string().min(1).max(64)).min(1).optional().describe("Types of events; absent: all.")
    .refine((types = []) => new Set(types).size === types.length, { message: "must name each type of event once" }),
  agents: z.array(z.string().min(1).max(64)).min(1).max(1024).optional()
    .describe("Ids of agents: only events of these; absent: of all."),
  command: z.array(z.string().max(4096)).min(1).max(64).optional()
    .refine((command) => command?.[0] !== "", { message: "must begin with a program" })
    .describe("Program and arguments, started without a shell; the event is on its stdin."),
  webhook: z.url({ protocol: /^https?$/ }).optional().describe("Where each event is posted as JSON."),
  webhookEnv: variable.optional().describe("Name of the variable that holds the address, where that is a secret."),
  module: z.string().regex(/^plugins\/[A-Za-z0-9_./-]+\.ts$/).optional()
    .describe("A module in plugins/ whose default export is called with the event."),
  secretEnv: z.union([variable, z.array(variable).min(1).max(8)], {
    error: "must be the name of a variable that begins with EVOLVE_, in capitals, or a list of such names",
  }).optional().describe("Variables with keys for signatures of a webhook, or with what a module may read."),
  format: z.enum(["event", "cloudevents"]).optional().describe("What is posted; cloudevents: CloudEvents 1.0."),
  ordered: z.boolean().default(false).describe("No event is given before those that were recorded earlier."),
  timeoutSeconds: z.number().positive().max(600).default(10).describe("A hook that takes longer is ended."),
  retry: retry.prefault({}),
}).refine((value) => ways.filter((way) => value[way] !== undefined).length === 1, {
  message: "must have exactly one of command, webhook, webhookEnv and module",
}).refine(({ command, secretEnv }) => command === undefined || secretEnv === undefined, {
  message: 'must not have "secretEnv" beside "command", which has all variables',
}).refine(({ webhook, webhookEnv, format }) => format === undefined || (webhook ?? webhookEnv) !== undefined, {
  message: 'must not have "format" without a webhook',
}).refine(({ on, agents }) => !agents || !on || on.some((type) => !ofNoAgent.has(type)), {
  message: 'must not have "agents" beside "cycle.finished" or "evaluator.dropped" alone, which are of no agent',
});

const stage = z.strictObject({
  environment: z.string().max(64).describe("One of world.ts's environments."),
  cycles: z.int().min(1).max(1_000_000).optional().describe(
    "Cycles for which it holds; absent, of the last: for ever.",
  ),
});

/** The configuration of a run. */
export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  world: z.strictObject({
    environment: z.string().max(64).optional().describe("One of world.ts's environments; absent: its first."),
    schedule: z.array(stage).min(1).max(1024).optional()
      .refine((stages = []) => stages.slice(0, -1).every(({ cycles }) => cycles !== undefined), {
        message: "must have cycles in each entry but the last: what comes after one without them would never begin",
      })
      .describe("Environments one after the other; the last without cycles stays, otherwise they begin anew."),
    episodes: z.int().min(1).max(1024).optional()
      .describe("Judged episodes a cycle, at most 64 in a world without instances; absent: as world.ts says."),
    steps: z.int().min(1).max(100_000).optional().describe("Steps an episode; absent: as world.ts says."),
    epochCycles: z.int().min(1).max(1_000_000).default(10).describe("Cycles for which the layout of the world stays."),
  }).prefault({}),
  selection: z.strictObject({
    strategy: z.string().regex(new RegExp(`^(${strategyNames.join("|")}|plugins/[A-Za-z0-9_./-]+\\.ts)$`))
      .default("truncation-tournament")
      .describe(`Which agents die and which are parents: ${strategyNames.join(", ")}, or a module in plugins/.`),
    size: z.int().min(1).max(1_000_000).optional().describe(
      "Agents of the population; absent: as many as init was to make.",
    ),
    tournamentSize: z.int().min(1).max(1000).default(4).describe("Agents that compete to be a parent."),
    elites: share.default(0.05).describe("Share of the population that is kept because it ranks first."),
    replacementFraction: share.default(0.3).describe("Share of the population that dies by rank each cycle."),
    mu: z.int().min(1).max(1_000_000).optional()
      .describe(
        "Agents that are parents, of the strategies that go by their number; absent: an eighth of the population.",
      ),
    descriptors: z.array(descriptor).min(1).max(8).optional()
      .refine((all = []) => new Set(all.map(({ measure }) => measure)).size === all.length, {
        message: "must name each measure once",
      })
      .refine((all = []) => all.reduce((cells, { bins }) => cells * bins, 1) <= mostCells, {
        message: `must come to at most ${mostCells} cells, the product of their bins`,
      })
      .describe("Measures by which map-elites tells genomes apart, each cut into bins of equal width."),
    layers: z.strictObject({
      count: z.int().min(2).max(100).default(5).describe("Layers of age."),
      ageGap: z.int().min(1).max(100_000).default(5)
        .describe("Cycles for which random genomes are by themselves in the lowest layer."),
    }).optional().describe("Layers of age of alps; absent: 5 of them, and a gap of 5 cycles."),
    islands: z.strictObject({
      count: z.int().min(2).max(10_000).describe("Islands, which share the places evenly."),
      topology: z.enum(["ring", "complete", "none"]).default("ring")
        .describe("Where migrants go: to the next island, to any other, or nowhere."),
      interval: z.int().min(1).max(1_000_000).default(10).describe("Cycles from one migration to the next."),
      share: z.number().positive().max(1).default(0.05).describe("Of an island's places, those that migrants take."),
    }).optional().describe("Islands on which the strategy selects apart; absent: one."),
    race: z.strictObject({
      first: z.int().min(2).max(1_000_000)
        .describe("Agents of a cycle that are raced: those with the best results."),
      keep: z.int().min(1).max(1_000_000).describe("The best of these, which selection puts before all others."),
      episodes: z.int().min(1).max(64).describe("Further judged episodes of each, in worlds that no training has."),
    }).optional().describe(
      "A race within each cycle, by which the first ranks go to what is good rather than lucky; absent: none.",
    ),
    reference: z.record(z.string().min(1).max(64), z.number()).optional()
      .describe(
        "A value for each objective of the world: the report's hypervolume is of what is better in all of them.",
      ),
    mates: z.int().min(0).max(8).default(1).describe("Further parents of a birth, whose genomes it is given."),
    sterileParents: z.boolean().default(false).describe("Whether agents without an active birth gene may be parents."),
  }).prefault({}),
  fitness: z.strictObject({
    weights: z.record(z.string().max(64), z.number())
      .refine((weights) => Object.values(weights).some((weight) => weight !== 0), {
        message: 'must weigh at least one measure, as { "score": 1 } does, by a number other than 0',
      })
      .default({ score: 1 })
      .describe("Fitness is the weighted sum of these measures of a result: score, those of the world, those of scan."),
    of: z.enum(["mean", "median", "lowerBound"]).default("mean")
      .describe("What of an evaluation's episodes is weighed; lowerBound: of the mean, one-sided at 95 %."),
    module: z.string().regex(/^plugins\/[A-Za-z0-9_./-]+\.ts$/).optional()
      .describe("A module in plugins/ whose default export gives the fitness instead."),
  }).prefault({}),
  energy: z.strictObject({
    rule: z.boolean().optional().describe(
      "Whether agents whose energy has run out die; absent: under the strategy energy, and where this section sets anything.",
    ),
    start: z.number().min(0).default(100),
    income: z.number().min(0).default(20)
      .describe("Mean energy that a cycle earns: by rank, nothing for the worst result, twice as much for the best."),
    upkeep: z.number().min(0).default(25).describe("Energy that a cycle costs."),
    cap: z.number().positive().default(200),
  }).prefault({}),
  limits: z.strictObject({
    memoryMiB: z.int().min(16).max(65_536).default(256).describe("Data memory beyond the engine's own."),
    cpuSeconds: z.int().min(1).max(3600).default(5),
    wallSeconds: z.number().positive().max(3600).default(30),
    outputKiB: z.int().min(1).max(1_048_576).default(1024),
    descriptors: z.int().min(16).max(65_536).default(64),
  }).prefault({}),
  isolation: z.strictObject({
    verifyFraction: share.default(0.001)
      .describe("Share of the evaluations in shared processes that are run again in their own, to compare them."),
  }).prefault({}),
  evaluators: z.strictObject({
    verifyFraction: share.default(0.02)
      .describe(
        "Share of the replies of evaluators on other machines that are evaluated on this one too; of new evaluators " +
          "more, of proven ones less.",
      ),
    patienceSeconds: z.number().min(1).max(604_800).default(60)
      .describe("How long a step waits for a broker, and for an evaluator, before it stops."),
    ageHours: z.number().min(0.01).max(720).default(24)
      .describe("How long batches, replies and programs wait at the broker for a step that has stopped."),
  }).prefault({}),
  control: z.strictObject({
    share: share.default(0.5)
      .describe("Share of a step's evaluations after whose failure the control, which has no gene, runs once more."),
  }).prefault({}),
  backoff: z.strictObject({
    crashes: z.int().min(1).max(1000).default(3).describe("Crashes in a row after which an agent is disabled."),
    capCycles: z.int().min(1).max(10_000).default(16).describe("Longest back-off after a crash, in cycles."),
    jitter: share.default(0.5).describe("Largest share of the back-off that is added at random."),
  }).prefault({}),
  residents: z.strictObject({
    startTimeoutSeconds: z.number().positive().max(600).default(10).describe(
      "A resident that takes longer to start is ended.",
    ),
    heartbeatIntervalSeconds: z.number().min(0.1).max(3600).default(30).describe(
      "Time between two heartbeats of a resident.",
    ),
    heartbeatTimeoutSeconds: z.number().positive().max(600).default(10)
      .describe("A resident that takes longer to answer a heartbeat is ended."),
    initialBackoffSeconds: z.number().positive().max(3600).default(0.5)
      .describe(
        "Back-off before the second restart in a row; the first comes at once, further back-offs are twice as long.",
      ),
    maxBackoffSeconds: z.number().positive().max(86_400).default(60).describe(
      "Longest back-off of a resident, jitter included.",
    ),
    jitter: share.default(0.5).describe("Largest share of the back-off that is added at random."),
    minUptimeSeconds: z.number().positive().max(86_400).default(60)
      .describe("A resident that was up for so long counts as healthy: its back-off begins anew."),
    maxRestarts: z.int().min(1).max(1000).default(5).describe(
      "Ends within the window after which an agent is disabled.",
    ),
    restartWindowSeconds: z.number().positive().max(86_400).default(60),
  }).prefault({}),
  mail: z.strictObject({
    addresses: z.int().min(0).max(64).default(4).describe("Other agents that each agent may write to in a cycle."),
    messages: z.int().min(0).max(256).default(8).describe("Messages that an agent may send in a cycle."),
    inbox: z.int().min(0).max(1024).default(32).describe("Messages that an inbox holds; the oldest are dropped."),
  }).prefault({}),
  retention: z.strictObject({
    cycles: z.int().min(1).max(1_000_000).default(100)
      .describe("Cycles that are kept whole; of older ones the report and the lineage remain."),
  }).prefault({}),
  hooks: z.array(hook).max(64).default([]),
});

/**
 * The configuration of a run, complete.
 *
 * @internal
 */
export type Config = z.infer<typeof configSchema>;
