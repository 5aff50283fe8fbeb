/**
 * Runs a job as GitHub's runner does, as far as the project's YAML goes: blocks of bash are executed, actions of others are
 * stood in for by copying folders, and what is not known is an error.
 *
 * @module
 */

import { asText, evaluate, fill, type Scope, truthy, type Value } from "./_expression.ts";
import { type Action, type Job, readYaml, type Step, type Workflow } from "./_yaml.ts";
import { annotations, type Block, runBlock } from "./_block.ts";
import { type Folders, standIn } from "./_stand_ins.ts";

/** How a job went. */
export interface JobEnd {
  readonly conclusion: "success" | "failure" | "cancelled" | "skipped";
  /** What it showed on its page: summary, and errors. */
  readonly summary: string;
  readonly errors: readonly string[];
  readonly log: string;
  /** Seconds that each step took, by its name. */
  readonly seconds: Readonly<Record<string, number>>;
  /** Outputs of steps by id, of the job's own steps. */
  readonly outputs: Readonly<Record<string, Value>>;
}

/** What starts a job. */
export interface Trigger {
  readonly event_name: "workflow_dispatch" | "schedule" | "pull_request" | "push";
  readonly inputs?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
  readonly fork?: boolean;
  /** The job is cancelled once a block has written this. */
  readonly cancelAt?: string;
}

const stepKeys = ["id", "name", "if", "uses", "with", "run", "shell", "env"];
const jobKeys = ["name", "if", "runs-on", "timeout-minutes", "permissions", "steps"];

/** Runs a workflow's only job in folders of its own. */
export async function runWorkflow(workflow: Workflow, trigger: Trigger, folders: Folders): Promise<JobEnd> {
  const [[name, job], ...others] = Object.entries(workflow.jobs) as [[string, Job]];
  if (others.length !== 0) throw new Error("Unknown: a workflow with several jobs");
  const unknown = Object.keys(job).filter((key) => !jobKeys.includes(key));
  if (unknown.length !== 0) throw new Error(`Unknown in the job ${name}: ${unknown}`);
  return await new Runner(folders, { ...trigger, inputs: inputsOf(workflow, trigger) }).run(job);
}

/** The inputs of a workflow: where it is dispatched, with their defaults, and empty otherwise. */
function inputsOf({ on }: Workflow, { event_name, inputs = {} }: Trigger): Record<string, string> {
  const declared = typeof on === "string" ? {} : on.workflow_dispatch?.inputs ?? {};
  const unknown = Object.keys(inputs).filter((name) => !Object.hasOwn(declared, name));
  if (unknown.length !== 0) throw new Error(`Unknown inputs of the workflow: ${unknown}`);
  const dispatched = event_name === "workflow_dispatch";
  return Object.fromEntries(
    Object.entries(declared).map(([name, input]) => [name, inputs[name] ?? (dispatched ? input.default ?? "" : "")]),
  );
}

class Runner {
  readonly #folders: Folders;
  readonly #github: Record<string, Value>;
  readonly #inputs: Record<string, Value>;
  readonly #vars: Record<string, Value>;
  readonly #seconds: Record<string, number> = {};
  #path: string;
  readonly #cancelAt: string | undefined;
  #failed = false;
  #cancelled = false;
  #log = "";

  constructor(folders: Folders, trigger: Trigger) {
    this.#folders = folders;
    this.#path = folders.path;
    this.#cancelAt = trigger.cancelAt;
    this.#inputs = { ...trigger.inputs };
    this.#vars = { ...trigger.vars };
    this.#github = {
      event_name: trigger.event_name,
      event: { repository: { fork: trigger.fork ?? false } },
      ref: "refs/heads/main",
      workflow: "evolve",
      workspace: folders.workspace,
      run_id: folders.runId,
      run_attempt: "1",
    };
  }

  async run(job: Job): Promise<JobEnd> {
    const { functions } = this.#scope({}, {});
    const github = this.#github, vars = this.#vars;
    const contexts = { github, vars, inputs: this.#inputs };
    if (job.if !== undefined && !truthy(evaluate(job.if, { contexts, functions }))) {
      return { conclusion: "skipped", summary: "", errors: [], log: "", seconds: {}, outputs: {} };
    }
    const minutes = fill(String(job["timeout-minutes"] ?? 360), { contexts, functions });
    if (!(Number(minutes) > 0)) throw new Error(`Unknown: timeout-minutes ${minutes}`);
    const steps = await this.#steps(job.steps, this.#inputs, {});
    return {
      conclusion: this.#cancelled ? "cancelled" : this.#failed ? "failure" : "success",
      summary: await Deno.readTextFile(this.#folders.summary).catch(() => ""),
      errors: annotations(this.#log),
      log: this.#log,
      seconds: this.#seconds,
      outputs: steps,
    };
  }

  /** Runs steps in order; what they left as outputs, by id. */
  async #steps(list: readonly Step[], inputs: Record<string, Value>, extra: Record<string, string>) {
    const done: Record<string, Value> = {};
    for (const step of list) {
      const unknown = Object.keys(step).filter((key) => !stepKeys.includes(key));
      if (unknown.length !== 0) throw new Error(`Unknown in a step: ${unknown}`);
      const scope = this.#scope(inputs, done);
      const name = step.name ?? step.uses ?? step.run!;
      const outputs: Record<string, Value> = {};
      let outcome = "skipped";
      if (this.#wanted(step.if, scope)) {
        const begun = performance.now();
        const good = await this.#step(step, scope, outputs, extra);
        this.#seconds[name] = (performance.now() - begun) / 1000;
        outcome = good ? "success" : "failure";
        if (!good) this.#failed = true;
      }
      this.#log += `— ${name}: ${outcome}\n`;
      if (step.id !== undefined) done[step.id] = { outputs, outcome };
    }
    return done;
  }

  /** An `if:` without a function that asks for the status holds only where all went well. */
  #wanted(condition: string | boolean | undefined, scope: Scope): boolean {
    const text = String(condition ?? "true").replace(/^\$\{\{(.*)\}\}$/s, "$1");
    const asks = /\b(always|success|failure|cancelled)\(/.test(text);
    return (asks || !this.#failed && !this.#cancelled) && truthy(evaluate(text, scope));
  }

  async #step(step: Step, scope: Scope, outputs: Record<string, Value>, extra: Record<string, string>) {
    const given = (texts: Readonly<Record<string, unknown>> = {}) =>
      Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, asText(fill(String(text), scope))]));
    if (step.run !== undefined) {
      if (step.shell !== "bash") throw new Error(`Unknown shell of ${step.name}: ${step.shell}`);
      if (step.run.includes("${{")) throw new Error(`An expression in the block of ${step.name}`);
      return await this.#block({ script: step.run, env: { ...extra, ...given(step.env) } }, outputs);
    }
    if (step.uses === undefined) throw new Error(`Unknown: a step that does nothing`);
    const action = this.#folders.actions[step.uses];
    if (action !== undefined) return await this.#action(action, given(step.with), outputs);
    this.#log += `— ${await standIn(step.uses, given(step.with), this.#folders, outputs)}\n`;
    return true;
  }

  async #block(block: Block, outputs: Record<string, Value>): Promise<boolean> {
    const end = await runBlock({ ...block, path: this.#path, cancelAt: this.#cancelAt }, this.#folders);
    this.#cancelled ||= end.cancelled;
    Object.assign(outputs, end.outputs);
    this.#path = [...end.paths.toReversed(), this.#path].join(":");
    this.#log += end.log;
    return end.code === 0;
  }

  /** Runs the steps of a composite action, with the inputs that it declares. */
  async #action(folder: string, given: Record<string, string>, outputs: Record<string, Value>): Promise<boolean> {
    const action = readYaml<Action>(await Deno.readTextFile(`${folder}/action.yml`));
    const inputs: Record<string, Value> = {};
    for (const name of Object.keys(given)) {
      if (!Object.hasOwn(action.inputs, name)) throw new Error(`Unknown input ${name} of the action in ${folder}`);
    }
    for (const [name, input] of Object.entries(action.inputs)) inputs[name] = given[name] ?? input.default ?? "";
    const before = this.#failed;
    const done = await this.#steps(action.runs.steps, inputs, { GITHUB_ACTION_PATH: folder });
    const scope = this.#scope(inputs, done);
    for (const [name, { value }] of Object.entries(action.outputs)) outputs[name] = fill(value, scope);
    return before || !this.#failed;
  }

  #scope(inputs: Record<string, Value>, steps: Record<string, Value>): Scope {
    return {
      contexts: { github: this.#github, vars: this.#vars, inputs, steps },
      functions: {
        always: () => true,
        failure: () => this.#failed && !this.#cancelled,
        success: () => !this.#failed && !this.#cancelled,
        fromJSON: (text) => JSON.parse(asText(text!)),
      },
    };
  }
}
