/**
 * Where everything of a run lies on disk.
 *
 * @module
 */

import { Misuse } from "../util/issue.ts";

/** The root of the project: the folder of deno.json. */
export const projectRoot: string = import.meta.dirname!.slice(0, -"/lib/run".length);

/** The folders and files of one run; all paths are absolute. */
export interface RunPaths {
  /** The run's name, or `undefined` for the one at the top of the project. */
  readonly name: string | undefined;
  /** The folder that holds all the others. */
  readonly root: string;
  readonly agents: string;
  readonly logs: string;
  readonly workspace: string;
  readonly config: string;
  readonly configSchema: string;
  readonly listing: string;
  readonly store: string;
  /** The pools that the run has had, and their sources; see `listing.meta("pool")` for the present one. */
  readonly template: string;
  /** Pipes and process ids of residents, by the nonce of their start. */
  readonly residents: string;
  /** Reports that `report` writes. */
  readonly reports: string;
  /** The signing key, at the top of the project whatever the run. */
  readonly privateKey: string;
  readonly publicKey: string;
  /** Keys of brokers, a folder for each role that has any; likewise at the top. */
  readonly brokerKeys: string;
}

/**
 * Paths of a run.
 *
 * @param name 1 to 64 letters, digits, `-`, `_` or `.`, not beginning with a dot; absent for the top of the project.
 * @throws {Misuse} If the name is anything else.
 */
export function runPaths(name?: string): RunPaths {
  if (name !== undefined && !isRunName(name)) {
    throw new Misuse({
      code: "run.name",
      message:
        `Cannot use the run name ${JSON.stringify(name)} as it must be 1 to 64 letters, digits, "-", "_" or "."; ` +
        `try --run experiment-1.`,
    });
  }
  const root = name === undefined ? projectRoot : `${projectRoot}/runs/${name}`;
  const workspace = `${root}/workspace`;
  return {
    name,
    root,
    agents: `${root}/agents`,
    logs: `${root}/logs`,
    workspace,
    config: `${workspace}/config.json`,
    configSchema: `${workspace}/config.schema.json`,
    listing: `${workspace}/listing.db`,
    store: `${workspace}/store`,
    template: `${workspace}/template`,
    residents: `${workspace}/residents`,
    reports: `${workspace}/reports`,
    privateKey: `${projectRoot}/workspace/keys/private/signing.json`,
    publicKey: `${projectRoot}/workspace/keys/public/signing.json`,
    brokerKeys: `${projectRoot}/workspace/keys/nats`,
  };
}

/** Whether a run can have this name. */
export function isRunName(name: string): boolean {
  return /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/.test(name);
}
