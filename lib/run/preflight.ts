/**
 * Whether disk and machine have what some work takes, asked before anything is made or started.
 *
 * @module
 */

import { StepFailed } from "../util/issue.ts";

/** What is there to be used; absent where the system does not tell. */
export interface Machine {
  /** Descriptors that this process may have open. */
  readonly descriptors?: number;
  /** Threads that may be started besides those that there are. */
  readonly threads?: number;
  /** Memory that can be had without ending anything, swap included, in MiB. */
  readonly memoryMiB?: number;
}

/** What something takes on the disk. */
export interface Space {
  readonly bytes: number;
  /** Files and folders. */
  readonly files: number;
}

/** One thing that there is too little of. */
interface Lack {
  readonly of: "descriptors" | "threads" | "memory" | "disk" | "files";
  /** How much is needed and had, as "3 MiB free on its disk: it has 2". */
  readonly words: string;
}

// Files take whole blocks; ext4, xfs and btrfs have blocks of this size.
const block = 4096;

/** What files of these sizes in bytes take on the disk. */
export function spaceOf(sizes: readonly number[]): Space {
  return { bytes: sizes.reduce((sum, size) => sum + Math.ceil(size / block) * block, 0), files: sizes.length };
}

// Genome, manifest, mod.ts and main.ts come to the template's files, and three folders; the listing has a few kB a row.
const generated = { files: 4, folders: 3, listing: 4096 };

/** What an agent takes whose template has files of these sizes in bytes. */
export function spaceOfAgent(sizes: readonly number[]): Space {
  const { bytes, files } = spaceOf(sizes);
  const added = generated.files + generated.folders;
  return { bytes: bytes + added * block + generated.listing, files: files + added };
}

/**
 * Demands that a disk has room before anything is made.
 *
 * Needs the permission `sys: statfs` and read permission for the path.
 *
 * @param path A file or folder on that disk.
 * @param refused Makes what is thrown of the words for what is lacking.
 */
export async function demandSpace(path: string, space: Space, refused: (words: string) => StepFailed): Promise<void> {
  const lacking = await ofDisk(path, space);
  if (lacking.length > 0) throw refused(lacking.map(({ words }) => words).join("; and "));
}

/** What evaluating is made of. */
export interface MachineNeeds {
  /** Processes that there are at once. */
  readonly processes: number;
  /** How many of them are at work at once, each of which may take all the memory that it is allowed. */
  readonly working: number;
  /** Data memory that one may take beyond the engine's own, in MiB. */
  readonly memoryMiB: number;
  /** Evaluations whose results are to be kept. */
  readonly evaluations: number;
  /** What there may be less of, so that it takes less. @default "a lower --concurrency" */
  readonly less?: string;
}

// Measured: three pipes lead to a process, it has at most 12 threads, and of one that has nothing to do 32 MiB are its
// own. An evaluation leaves its evidence, at most four files, and its share of the listing's log.
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
  needs: MachineNeeds,
  warn: (text: string) => void = () => {},
): Promise<void> {
  const { evaluations } = needs;
  const space = {
    bytes: (own.diskKiB + each.diskKiB * evaluations) * 1024,
    files: own.files + each.files * evaluations,
  };
  const short = [...ofProcesses(machine, needs), ...await ofDisk(path, space)];
  for (const { of, words } of short) if (of === "threads") warn(`this machine may lack ${words}.`);
  const lacking = short.filter(({ of }) => of !== "threads");
  if (lacking.length === 0) return;
  throw new StepFailed({
    code: `machine.${lacking[0]!.of}`,
    message: `Cannot run ${needs.processes} processes as this machine must have ${
      lacking.map(({ words }) => words).join("; and ")
    }. Nothing was started.`,
  });
}

function ofProcesses(
  machine: Machine,
  { processes, working, memoryMiB, less = "a lower --concurrency" }: MachineNeeds,
): Lack[] {
  const descriptors = own.descriptors + each.descriptors * processes;
  return [
    ...lack(
      "descriptors",
      descriptors,
      machine.descriptors,
      "descriptors for one process",
      `\`ulimit -n ${descriptors}\` raises that, or ${less}`,
    ),
    ...lack(
      "threads",
      own.threads + each.threads * processes,
      machine.threads,
      "threads left to be started",
      `raise the limit of processes, or use ${less}`,
    ),
    ...lack(
      "memory",
      each.memoryMiB * processes + memoryMiB * working,
      machine.memoryMiB,
      "MiB of memory available",
      `use ${less}, or lower \`limits.memoryMiB\` in config.json`,
    ),
  ];
}

async function ofDisk(path: string, space: Space): Promise<Lack[]> {
  // Loaded where it is needed: most calls of steps ask for no room.
  const { statfs } = await import("node:fs/promises");
  const { bsize, blocks, bavail, files, ffree } = await statfs(path);
  const fix = "make room, and run it again";
  // Some file systems do not tell their size, or have no fixed number of files.
  const free = blocks === 0 ? undefined : Math.floor(bavail * bsize / mebibyte);
  return [
    ...lack("disk", Math.ceil(space.bytes / mebibyte), free, "MiB free on its disk", fix),
    ...lack("files", space.files, files === 0 ? undefined : ffree, "files free on its disk", fix),
  ];
}

const mebibyte = 1_048_576;

/** One lack, or none where there is enough, or the system does not tell. */
function lack(of: Lack["of"], needed: number, had: number | undefined, unit: string, fix: string): Lack[] {
  return had === undefined || had >= needed ? [] : [{ of, words: `${needed} ${unit}: it has ${had} (${fix})` }];
}
