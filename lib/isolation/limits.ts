/**
 * The limits that the kernel sets to one process, and the shell words that set them.
 *
 * @module
 */

import type { Config } from "../run/config_schema.ts";

/** What one process may use. */
export interface ProcessLimits {
  /** Data memory beyond the engine's own, in MiB. */
  readonly memoryMiB: number;
  /** CPU time in seconds, a whole number. */
  readonly cpuSeconds: number;
  /** Time from start to end in seconds. */
  readonly wallSeconds: number;
  /** Bytes on stdout, in KiB. */
  readonly outputKiB: number;
  /** Open descriptors. */
  readonly descriptors: number;
  /** Largest file that it may write, in KiB. @default 0 */
  readonly filesKiB?: number;
}

/**
 * Data memory that an empty Deno process claims, in MiB (measured with 2.9: it does not start with 540).
 *
 * Address space can't be limited instead: the engine reserves tens of GiB of it and uses next to nothing.
 */
export const claimedMiB = 555;

/** The limits of an agent's process. */
export function agentLimits(config: Config): ProcessLimits {
  return config.limits;
}

/** The limits of so many evaluations that are run as one. */
export function limitsOf(limits: ProcessLimits, evaluations: number): ProcessLimits {
  const { cpuSeconds, wallSeconds, outputKiB } = limits;
  return {
    ...limits,
    cpuSeconds: cpuSeconds * evaluations,
    wallSeconds: wallSeconds * evaluations,
    outputKiB: outputKiB * evaluations,
  };
}

/** CPU time in seconds of a process that lasts for a whole step. */
export const lastingSeconds = 7 * 24 * 3600;

/** The limits of the judge: one process that lasts for a whole step, so its CPU time has no limit of its own. */
export function judgeLimits(config: Config): ProcessLimits {
  return { ...config.limits, cpuSeconds: lastingSeconds, memoryMiB: Math.max(512, config.limits.memoryMiB) };
}

/**
 * The limits of a process that many agents share, one after the other: the memory is about that of one of them, so
 * that what takes more gets a process of its own.
 */
export function hostLimits(limits: ProcessLimits): ProcessLimits {
  return { ...limits, cpuSeconds: lastingSeconds, memoryMiB: limits.memoryMiB + 64 };
}

/**
 * Shell commands that set the limits of the shell's own process, for those that it becomes.
 *
 * The soft limit of CPU time comes a second before the hard one, as the former ends a process with a signal that
 * tells what it was (SIGXCPU), and the latter with SIGKILL.
 *
 * @param lasting Whether it runs one evaluation after the other: then the kernel can't count the CPU time of one, and its
 * stderr is a file that may grow to {@linkcode stderrKiB}.
 */
export function limitCommands(limits: ProcessLimits, lasting = false): string {
  const data = (claimedMiB + limits.memoryMiB) * 1024;
  const cpu = [`ulimit -S -t ${limits.cpuSeconds}`, `ulimit -H -t ${limits.cpuSeconds + 1}`];
  return [
    "ulimit -c 0",
    `ulimit -f ${2 * (lasting ? stderrKiB : limits.filesKiB ?? 0)}`,
    `ulimit -n ${limits.descriptors}`,
    ...(lasting ? [] : cpu),
    `ulimit -d ${data}`,
  ].join(" && ");
}

/** The longest stderr of a process that runs one evaluation after evaluation, in KiB; one that writes more is ended by SIGXFSZ. */
const stderrKiB = 64;
