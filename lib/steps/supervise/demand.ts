/**
 * Whether the machine has what the work takes, asked before anything is started.
 *
 * @module
 */

import { statfs } from "node:fs/promises";
import type { Machine } from "../../isolation/machine.ts";
import { StepFailed } from "../../util/issue.ts";

/** What the work is made of. */
export interface Work {
  /** Processes that there are at once. */
  readonly processes: number;
  /** How many of them are at work at once, each of which may take all the memory that it is allowed. */
  readonly working: number;
  /** Data memory that one may take beyond the engine's own, in MiB. */
  readonly memoryMiB: number;
  /** Lives whose results are to be kept. */
  readonly lives: number;
  /** What there may be less of, so that it takes less. @default "fewer --slots" */
  readonly less?: string;
}

/** One thing that the work takes. */
interface Need {
  readonly of: "descriptors" | "threads" | "memory" | "disk" | "files";
  readonly needed: number;
  /** Absent where the system does not tell. */
  readonly had: number | undefined;
  readonly unit: string;
  /** How to come by more, or to do with less. */
  readonly fix: string;
}

// Measured: three pipes lead to a process, it has at most 12 threads, and of one that has nothing to do 32 MiB are its
// own. A life leaves its evidence, at most four files, and its share of the listing's log.
const each = { descriptors: 3, threads: 12, memoryMiB: 32, diskKiB: 32, files: 4 } as const;
// What the step itself takes besides.
const own = { descriptors: 64, threads: 24, diskKiB: 4096, files: 64 } as const;

/**
 * Demands that the machine has enough for the work.
 *
 * Needs the permission `sys: statfs` and read permission for the path.
 *
 * @param path A file or folder on the disk that the run lies on.
 * @param warn Given what is only an estimate, since threads of other processes of the same user count as well: where
 * there are too few indeed, processes end before they are ready, and the step stops for that.
 * @throws {StepFailed} `machine.` and the first thing that there is too little of: `descriptors`, `memory`, `disk` or
 * `files`. Its message tells of everything that is lacking how much is needed and had.
 */
export async function demandMachine(
  machine: Machine,
  path: string,
  work: Work,
  warn: (text: string) => void = () => {},
): Promise<void> {
  const short = [...ofProcesses(machine, work), ...await ofDisk(path, work)]
    .filter(({ needed, had }) => had !== undefined && had < needed);
  const say = ({ needed, had, unit, fix }: Need) => `${needed} ${unit}: it has ${had} (${fix})`;
  for (const need of short) if (need.of === "threads") warn(`this machine may lack ${say(need)}.`);
  const lacking = short.filter(({ of }) => of !== "threads");
  if (lacking.length === 0) return;
  const told = lacking.map(say);
  throw new StepFailed({
    code: `machine.${lacking[0]!.of}`,
    message: `Cannot run ${work.processes} processes as this machine must have ${told.join("; and ")}. ` +
      "Nothing was started.",
  });
}

function ofProcesses(machine: Machine, { processes, working, memoryMiB, less = "fewer --slots" }: Work): Need[] {
  const descriptors = own.descriptors + each.descriptors * processes;
  return [
    {
      of: "descriptors",
      needed: descriptors,
      had: machine.descriptors,
      unit: "descriptors for one process",
      fix: `\`ulimit -n ${descriptors}\` raises that, or ${less}`,
    },
    {
      of: "threads",
      needed: own.threads + each.threads * processes,
      had: machine.threads,
      unit: "threads left to be started",
      fix: `raise the limit of processes, or use ${less}`,
    },
    {
      of: "memory",
      needed: each.memoryMiB * processes + memoryMiB * working,
      had: machine.memoryMiB,
      unit: "MiB of memory available",
      fix: `use ${less}, or lower \`limits.memoryMiB\` in config.json`,
    },
  ];
}

async function ofDisk(path: string, { lives }: Work): Promise<Need[]> {
  const { bsize, blocks, bavail, files, ffree } = await statfs(path);
  const kept = { fix: "make room, and run it again", unit: "" };
  return [
    {
      ...kept,
      of: "disk",
      needed: mebibytes((own.diskKiB + each.diskKiB * lives) * 1024),
      // Some file systems do not tell their size, or have no fixed number of files.
      had: blocks === 0 ? undefined : Math.floor(bavail * bsize / 1_048_576),
      unit: "MiB free on its disk",
    },
    {
      ...kept,
      of: "files",
      needed: own.files + each.files * lives,
      had: files === 0 ? undefined : ffree,
      unit: "files free on its disk",
    },
  ];
}

function mebibytes(bytes: number): number {
  return Math.ceil(bytes / 1_048_576);
}
