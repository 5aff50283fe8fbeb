/**
 * The configuration of a run that has no `config.json`.
 *
 * Written out, so that a step of such a run needn't load the schema; a test holds it equal to the schema's own defaults.
 *
 * @module
 */

import type { Config } from "./config_schema.ts";

/** What holds where nothing is configured. */
export const defaultConfig: Config = {
  world: { epochCycles: 10 },
  selection: {
    strategy: "truncation-tournament",
    tournamentSize: 4,
    elites: 0.05,
    replacementFraction: 0.3,
    mates: 1,
    sterileParents: false,
  },
  fitness: { weights: { score: 1 }, of: "mean" },
  energy: { start: 100, income: 20, upkeep: 25, cap: 200 },
  limits: { memoryMiB: 256, cpuSeconds: 5, wallSeconds: 30, outputKiB: 1024, descriptors: 64 },
  isolation: { verifyFraction: 0.001 },
  evaluators: { verifyFraction: 0.02, patienceSeconds: 60, ageHours: 24 },
  control: { share: 0.5 },
  backoff: { crashes: 3, capCycles: 16, jitter: 0.5 },
  residents: {
    startTimeoutSeconds: 10,
    heartbeatIntervalSeconds: 30,
    heartbeatTimeoutSeconds: 10,
    initialBackoffSeconds: 0.5,
    maxBackoffSeconds: 60,
    jitter: 0.5,
    minUptimeSeconds: 60,
    maxRestarts: 5,
    restartWindowSeconds: 60,
  },
  mail: { addresses: 4, messages: 8, inbox: 32 },
  retention: { cycles: 100 },
  hooks: [],
};
