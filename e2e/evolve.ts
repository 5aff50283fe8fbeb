/**
 * The product as its users have it: steps as processes, each under its own permission set.
 *
 * @module
 */

/** The project's folder. */
export const root = new URL("..", import.meta.url).pathname.slice(0, -1);

/** How a step's process ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command of a step, as its task has it. */
export function command(step: string, ...flags: string[]): string[] {
  const path = `${root}/pipelines/${step}.ts`, v8 = "--v8-flags=--max-semi-space-size=2,--heap-growing-percent=30";
  return ["deno", "run", "-q", "--no-prompt", v8, `-P=${step}`, path, ...flags];
}

/** Starts a command. */
export function start([program, ...args]: readonly string[], env: Record<string, string> = {}): Deno.ChildProcess {
  return new Deno.Command(program!, { args, env, stdin: "null", stdout: "piped", stderr: "piped" }).spawn();
}

/** How a process ends. */
export async function ended(child: Deno.ChildProcess): Promise<Ended> {
  const { code, stdout, stderr } = await child.output();
  return { code, stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
}

/** A run of its own for a test, gone at its end. Needs `run` of `deno`, and `read` and `write` of `../runs`. */
export class Run implements AsyncDisposable {
  /** Variables that its steps have besides. */
  readonly env: Record<string, string> = {};
  readonly name = `e2e-${crypto.randomUUID()}`;
  readonly folder = `${root}/runs/${this.name}`;

  /** The command of a step on the run, as its task has it. */
  command(step: string, ...flags: string[]): string[] {
    return command(step, "--run", this.name, ...flags);
  }

  /** Starts a step on the run. */
  start(step: string, ...flags: string[]): Deno.ChildProcess {
    return start(this.command(step, ...flags), this.env);
  }

  /** Starts a step and waits for its end, whatever its code. */
  async end(step: string, ...flags: string[]): Promise<Ended> {
    return await ended(this.start(step, ...flags));
  }

  /**
   * A step that is to succeed: its stdout.
   *
   * @throws {Error} If its code is not 0.
   */
  async step(step: string, ...flags: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.end(step, ...flags);
    if (code !== 0) throw new Error(`${step} ${flags.join(" ")} ended with ${code}: ${stderr}${stdout.slice(-2000)}`);
    return stdout;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.folder, { recursive: true }).catch(() => {});
  }
}
