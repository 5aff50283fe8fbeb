/**
 * Machines whose clock is another one.
 *
 * @module
 */

import { succeeds } from "./_installed.ts";

/** A machine's clock, so many seconds ahead of this one's; needs root, as its processes get an /etc of their own. */
export class Clock implements AsyncDisposable {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** @param ahead Seconds; negative where it is late. */
  static async make(ahead: number): Promise<Clock> {
    const folder = await Deno.makeTempDir({ prefix: "evolve-clock-" });
    const { stdout } = await new Deno.Command("faketime", { args: ["-f", "+1h", "printenv", "LD_PRELOAD"] }).output();
    // By files, since a sandbox hands on no environment.
    await Deno.writeFile(`${folder}/ld.so.preload`, stdout);
    await Deno.writeTextFile(`${folder}/faketimerc`, `${ahead < 0 ? "" : "+"}${ahead}s\n`);
    return new Clock(folder);
  }

  /** The command line by which another one, and all that it starts, has this clock. */
  command(...line: string[]): [program: string, ...args: string[]] {
    const script = 'mount -t overlay overlay -o lowerdir="$0":/etc /etc && exec "$@"';
    return ["unshare", "--mount", "/bin/sh", "-c", script, this.#folder, ...line];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.#folder, { recursive: true });
  }
}

/** Whether this machine can have processes with another clock. */
export async function hasClocks(): Promise<boolean> {
  if (!succeeds("faketime", "-f", "+1h", "true")) return false;
  await using clock = await Clock.make(3600);
  const [program, ...args] = clock.command("date", "+%s");
  const { success, stdout } = await new Deno.Command(program, { args, stderr: "null" }).output();
  return success && Number(new TextDecoder().decode(stdout)) - Date.now() / 1000 > 3000;
}
