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

/** A run of its own for a test, gone at its end. Needs `run` of `deno`, and `read` and `write` of `../runs`. */
export class Run implements AsyncDisposable {
  /** Variables that its steps have besides. */
  readonly env: Record<string, string> = {};
  readonly name = `e2e-${crypto.randomUUID()}`;
  readonly folder = `${root}/runs/${this.name}`;

  /** The command of a step on the run, as its task has it. */
  command(step: string, ...flags: string[]): string[] {
    const path = `${root}/pipelines/${step}.ts`, v8 = "--v8-flags=--max-semi-space-size=2,--heap-growing-percent=30";
    return ["deno", "run", "-q", "--no-prompt", v8, `-P=${step}`, path, "--run", this.name, ...flags];
  }

  /** Starts a step on the run. */
  start(step: string, ...flags: string[]): Deno.ChildProcess {
    const [program, ...args] = this.command(step, ...flags);
    return new Deno.Command(program!, {
      args,
      env: this.env,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  }

  /** Starts a step and waits for its end, whatever its code. */
  async end(step: string, ...flags: string[]): Promise<Ended> {
    const { code, stdout, stderr } = await this.start(step, ...flags).output();
    return { code, stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
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
