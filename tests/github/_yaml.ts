/**
 * The project's workflows and its action, as GitHub reads them.
 *
 * @module
 */

import { parse } from "@std/yaml";
import { projectRoot } from "../../lib/run/paths.ts";

/** One step. What is not here the tests refuse. */
export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string | boolean;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** One job. */
export interface Job {
  readonly if?: string;
  readonly "runs-on": string;
  readonly "timeout-minutes"?: number | string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** An input of a workflow or an action. */
export interface Input {
  readonly description?: string;
  readonly required?: boolean;
  readonly default?: string;
}

/** A workflow. */
export interface Workflow {
  readonly on: string | {
    readonly workflow_dispatch?: { readonly inputs: Readonly<Record<string, Input>> };
    readonly schedule?: readonly { readonly cron: string }[];
    readonly [event: string]: unknown;
  };
  readonly permissions?: unknown;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly jobs: Readonly<Record<string, Job>>;
}

/** A composite action. */
export interface Action {
  readonly inputs: Readonly<Record<string, Input>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

/** The value of a YAML text. */
export function readYaml<T>(text: string): T {
  return parse(text) as T;
}

/** Paths of all workflows of the project. */
export const workflowPaths: readonly string[] = [...Deno.readDirSync(`${projectRoot}/.github/workflows`)]
  .map(({ name }) => `.github/workflows/${name}`).sort();

/** A workflow of the project. */
export function readWorkflow(path: string): Workflow {
  return readYaml(Deno.readTextFileSync(`${projectRoot}/${path}`));
}

/** The project's action. */
export function readAction(): Action {
  return readYaml(Deno.readTextFileSync(`${projectRoot}/action.yml`));
}

/** All steps of the project's workflows and its action, with where they stand. */
export function allSteps(): { readonly path: string; readonly step: Step }[] {
  const workflows = workflowPaths.flatMap((path) =>
    Object.values(readWorkflow(path).jobs).flatMap(({ steps }) => steps.map((step) => ({ path, step })))
  );
  return [...workflows, ...readAction().runs.steps.map((step) => ({ path: "action.yml", step }))];
}
