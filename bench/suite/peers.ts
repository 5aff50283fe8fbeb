/**
 * Process managers that are measured beside residents, each with the same small Deno program many times.
 *
 * @module
 */

import type { Sample } from "../../lib/records/bench.ts";
import { isInstalled } from "./bench.ts";
import { told } from "./shell.ts";

/** A process manager with all its programs running. */
export interface Running extends AsyncDisposable {
  /** Process of the manager itself. */
  readonly pid: number;
  /** What it took until all programs had begun; CPU time is not known. */
  readonly wallMs: number;
}

/** A process manager. */
export interface Peer {
  readonly name: string;
  /** Why it is left out, or undefined where it is installed. */
  readonly missing: () => Promise<string | undefined>;
  /** Starts so many programs. */
  readonly start: (folder: string, count: number) => Promise<Running>;
}

/** Says in a file that it has begun, and does nothing more. */
const program = `Deno.writeTextFileSync(Deno.args[0]!, ""); setInterval(() => {}, 60_000);\n`;

const pm2: Peer = {
  name: "PM2",
  missing: async () => await isInstalled("pm2") ? undefined : "PM2 is not installed (`npm install -g pm2`)",
  start: async (folder, count) => {
    const apps = Array.from({ length: count }, (_, i) => ({
      name: `a${i}`,
      script: Deno.execPath(),
      interpreter: "none",
      args: programArgs(folder, i),
    }));
    Deno.writeTextFileSync(`${folder}/apps.json`, JSON.stringify({ apps }));
    const end = () => pm2Command(folder, ["kill", "-s"]);
    const start = () => pm2Command(folder, ["start", `${folder}/apps.json`, "-s"]);
    const wallMs = await begun(folder, count, start).catch(async (error) => {
      // Its daemon is no child of this process: it and its programs would stay.
      await end();
      throw error;
    });
    const pid = Number(Deno.readTextFileSync(`${folder}/home/pm2.pid`));
    return { pid, wallMs, [Symbol.asyncDispose]: end };
  },
};

const supervisord: Peer = {
  name: "supervisord",
  missing: async () =>
    await isInstalled("supervisord") ? undefined : "supervisord is not installed (`apt-get install supervisor`)",
  start: async (folder, count) => {
    const programs = Array.from(
      { length: count },
      (_, i) =>
        `[program:a${i}]\ncommand=deno ${programArgs(folder, i).join(" ")}\nstartsecs=0\n` +
        "stdout_logfile=NONE\nstderr_logfile=NONE\n",
    );
    const own = `[supervisord]\nnodaemon=true\nlogfile=${folder}/log\npidfile=${folder}/pid\nminfds=${
      8 * count + 1024
    }\n`;
    Deno.writeTextFileSync(`${folder}/conf`, `${own}${programs.join("")}`);
    let child: Deno.ChildProcess | undefined;
    const wallMs = await begun(folder, count, () => {
      child = new Deno.Command("supervisord", { args: ["-c", `${folder}/conf`], stdout: "null", stderr: "null" })
        .spawn();
      return Promise.resolve();
    });
    const { pid } = child!;
    return {
      pid,
      wallMs,
      async [Symbol.asyncDispose]() {
        child!.kill("SIGTERM");
        await child!.status;
      },
    };
  },
};

/** All that are known. */
export const peers: readonly Peer[] = [pm2, supervisord];

function programArgs(folder: string, i: number): string[] {
  return ["run", "-q", "--no-prompt", `--allow-write=${folder}/begun`, `${folder}/program.ts`, `${folder}/begun/${i}`];
}

/** Starts programs, and waits until all have said that they have begun; the time in milliseconds. */
async function begun(folder: string, count: number, start: () => Promise<void>): Promise<number> {
  Deno.mkdirSync(`${folder}/begun`, { recursive: true });
  Deno.writeTextFileSync(`${folder}/program.ts`, program);
  const began = performance.now();
  using watcher = Deno.watchFs(`${folder}/begun`, { recursive: false });
  await start();
  if ([...Deno.readDirSync(`${folder}/begun`)].length < count) {
    for await (const _event of watcher) if ([...Deno.readDirSync(`${folder}/begun`)].length >= count) break;
  }
  return performance.now() - began;
}

async function pm2Command(folder: string, args: readonly string[]): Promise<void> {
  const { code, stderr } = await new Deno.Command("pm2", { args: [...args], env: { PM2_HOME: `${folder}/home` } })
    .output();
  if (code !== 0) throw new Error(`pm2 ${args[0]} failed: ${new TextDecoder().decode(stderr).slice(-600)}`);
}

/** What a process takes while nothing happens: CPU time in so many milliseconds, and resident memory. */
export async function idle(pid: number, ms: number): Promise<Sample> {
  const before = await ticks(pid);
  await new Promise((resolve) => setTimeout(resolve, ms));
  const after = await ticks(pid);
  const peakKiB = Number(await told(`ps -o rss= -p ${pid}`));
  return { wallMs: ms, cpuMs: (after - before) * 10, peakKiB };
}

/** User and kernel time of a process in hundredths of a second. */
async function ticks(pid: number): Promise<number> {
  const stat = await told(`cat /proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11]) + Number(fields[12]);
}
