/**
 * Measures what a command costs: time from start to end, CPU time of it and of all its children, and memory.
 *
 * @module
 */

import type { Sample } from "../../lib/records/bench.ts";
import { projectRoot } from "../../lib/run/paths.ts";

/** A command that is measured. */
export interface Measured {
  readonly program: string;
  readonly args: readonly string[];
  /** Where its stdout goes. @default "/dev/null" */
  readonly out?: string;
  /** @default the project */
  readonly folder?: string;
}

/** GNU time, which tells the memory; the shell has no way to. */
const time = "/usr/bin/time";

/** Whether memory can be measured. Needs read permission for the program. */
export function measuresMemory(): boolean {
  try {
    return Deno.statSync(time).isFile;
  } catch {
    return false;
  }
}

const bare = `out=$1; shift; "$@" >"$out"; code=$?; times >&2; exit $code`;
const withTime = `out=$1; shift; exec ${time} -q -f '%U %S %M' "$@" >"$out"`;

/**
 * Runs a command once.
 *
 * Needs run permission for `/bin/sh`, and write permission for nothing: the shell opens the files.
 *
 * @throws {Error} If it does not end with exit code 0; the message has the end of its stderr.
 */
export async function measure({ program, args, out = "/dev/null", folder = projectRoot }: Measured): Promise<Sample> {
  const memory = measuresMemory();
  const command = new Deno.Command("/bin/sh", {
    args: ["-c", memory ? withTime : bare, "sh", out, program, ...args],
    cwd: folder,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  });
  const began = performance.now();
  const { code, stderr } = await command.output();
  const wallMs = performance.now() - began;
  const text = new TextDecoder().decode(stderr).trimEnd();
  if (code !== 0) throw new Error(`${program} ${args.slice(0, 6).join(" ")} ended with ${code}: ${text.slice(-600)}`);
  const last = text.slice(text.lastIndexOf("\n") + 1);
  return { wallMs, ...(memory ? ofTime(last) : ofShell(last)) };
}

/** `0.42 0.28 96948`: seconds and KiB. */
function ofTime(line: string): Omit<Sample, "wallMs"> {
  const [user, system, peak] = line.split(" ").map(Number);
  return { cpuMs: (user! + system!) * 1000, peakKiB: peak! };
}

/** `0m0.42s 0m0.28s`: what the shell's children took. */
function ofShell(line: string): Omit<Sample, "wallMs"> {
  const seconds = [...line.matchAll(/(\d+)m([\d.]+)s/g)].map(([, minutes, rest]) =>
    Number(minutes) * 60 + Number(rest)
  );
  return { cpuMs: seconds.reduce((sum, one) => sum + one, 0) * 1000, peakKiB: null };
}
