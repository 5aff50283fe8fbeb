/**
 * What the system refuses, in words: by its own code, so that no such error passes for a fault of this program.
 *
 * @module
 */

import { type Issue, StepFailed } from "./issue.ts";

interface SystemErrorPattern extends Issue {
  /** Codes of the operating system. */
  readonly errnos?: readonly string[];
  /** Texts of SQLite, which gives its own codes to some errors only, and of the engine. */
  readonly texts?: readonly string[];
  /** What else must hold of the error's message. */
  readonly of?: RegExp;
}

/** How the runtime names what it was doing, where that changes something. */
const writing = /: (?:writefile|rename|remove|mkdir|truncate|utime|copy|link|symlink|chmod|create|mkfifo) /;
const starting = /failed to spawn|\bspawn\b/i;

const again = "and run the step again: it goes on from what is saved";

/** The first that fits decides. */
const patterns: readonly SystemErrorPattern[] = [
  {
    code: "machine.processes",
    message: `The system starts no more processes for this user; end some, or raise \`ulimit -u\`, ${again}`,
    errnos: ["EAGAIN", "ENOMEM"],
    of: starting,
  },
  {
    code: "machine.program",
    message: "A program that the step needs can't be started; see whether it is there and may be run",
    errnos: ["ENOENT", "EACCES", "EPERM", "ENOEXEC", "ETXTBSY", "ENOTDIR", "ELOOP", "EISDIR"],
    of: starting,
  },
  {
    code: "disk.full",
    message: `The disk is full; make room ${again}`,
    errnos: ["ENOSPC"],
    texts: ["no space left on device", "database or disk is full"],
  },
  {
    code: "disk.quota",
    message: `The user's quota on the disk is used up; make room or raise it, ${again}`,
    errnos: ["EDQUOT"],
  },
  {
    code: "disk.limit",
    message: `A file would get longer than this user's files may be; raise \`ulimit -f\` ${again}`,
    errnos: ["EFBIG"],
  },
  {
    code: "disk.readonly",
    message: "The run's folder can't be written to; make it writable and run the step again",
    errnos: ["EROFS"],
    texts: ["attempt to write a readonly database", "unable to open database file"],
  },
  {
    code: "disk.readonly",
    message: "The run's folder can't be written to; make it writable and run the step again",
    errnos: ["EACCES", "EPERM"],
    of: writing,
  },
  {
    code: "disk.unreadable",
    message: "Something that the step must read can't be read by this user; make it readable and run the step again",
    errnos: ["EACCES", "EPERM"],
  },
  {
    code: "disk.stale",
    message: `The file system has gone away while it was used; mount it again, ${again}`,
    errnos: ["ESTALE", "ENOTCONN", "EHOSTDOWN", "ETIMEDOUT", "ENODEV"],
  },
  {
    code: "disk.failed",
    message: "The disk did not read or write what it was asked to, as it is full or fails; make room, " +
      "or look at the system's log, and run the step again",
    errnos: ["EIO", "EUCLEAN", "EBADMSG", "EREMOTEIO"],
    texts: ["disk i/o error"],
  },
  {
    code: "disk.path",
    message: "Something else lies where a file or a folder of the run belongs, or its path is of no use; " +
      "see what is there, or run `deno task doctor`",
    errnos: ["EISDIR", "ENOTDIR", "ELOOP", "ENAMETOOLONG", "EEXIST", "ENOTEMPTY", "EXDEV", "EBUSY", "ENXIO", "EINVAL"],
  },
  {
    code: "disk.missing",
    message: "A file of the run is missing; run `deno task doctor`, which makes it again where that can be",
    errnos: ["ENOENT"],
  },
  {
    code: "machine.descriptors",
    message: `There are too many open files; raise \`ulimit -n\`, or use fewer workers, ${again}`,
    errnos: ["EMFILE", "ENFILE"],
  },
  {
    code: "machine.memory",
    message: `There is not enough memory; end other programs, or use fewer workers, ${again}`,
    errnos: ["ENOMEM"],
    texts: ["array buffer allocation failed", "out of memory"],
  },
  {
    code: "listing.busy",
    message:
      `Another program holds the listing of agents; end it, such as a SQLite shell with an open transaction, ${again}`,
    errnos: ["SQLITE_BUSY", "SQLITE_LOCKED"],
    texts: ["database is locked", "database table is locked", "database schema is locked"],
  },
  {
    code: "listing.damaged",
    message: "The listing of agents is damaged; put a backup in its place by `deno task restore FILE --force`",
    texts: ["file is not a database", "database disk image is malformed"],
  },
];

/** Numbers of Linux, for errors that came from a Worker with nothing but their text. */
const numbers: Readonly<Record<string, string>> = {
  1: "EPERM",
  2: "ENOENT",
  5: "EIO",
  6: "ENXIO",
  11: "EAGAIN",
  12: "ENOMEM",
  13: "EACCES",
  16: "EBUSY",
  17: "EEXIST",
  18: "EXDEV",
  19: "ENODEV",
  20: "ENOTDIR",
  21: "EISDIR",
  22: "EINVAL",
  23: "ENFILE",
  24: "EMFILE",
  26: "ETXTBSY",
  27: "EFBIG",
  28: "ENOSPC",
  30: "EROFS",
  36: "ENAMETOOLONG",
  39: "ENOTEMPTY",
  40: "ELOOP",
  107: "ENOTCONN",
  110: "ETIMEDOUT",
  112: "EHOSTDOWN",
  116: "ESTALE",
  117: "EUCLEAN",
  122: "EDQUOT",
};

/** The code of the operating system, such as `EACCES`, if an error has one. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  if (typeof code === "string" && /^(?:E(?!RR_)[A-Z0-9]+|SQLITE_[A-Z]+)$/.test(code)) return code;
  const [, number] = /\(os error (\d+)\)/.exec(error.message) ?? [];
  return number === undefined ? undefined : numbers[number] ?? `os error ${number}`;
}

/** What the system refused, if that is what an error tells. */
export function systemErrorOf(error: unknown): Issue | undefined {
  if (!(error instanceof Error)) return undefined;
  const errno = errnoOf(error);
  const text = error.message.toLowerCase();
  const found = patterns.find(({ errnos, texts, of }) =>
    (of?.test(error.message) ?? true) &&
    ((errno !== undefined && errnos?.includes(errno)) || texts?.some((sign) => text.includes(sign)))
  );
  if (found) return { code: found.code, message: `${found.message} (${words(error, errno)}).` };
  if (errno === undefined) return undefined;
  return { code: "machine.system", message: `The system refused what the step asked for (${words(error, errno)}).` };
}

const ofOnePath: ReadonlySet<string> = new Set([
  ..."EACCES EPERM ENOENT ENOTDIR EISDIR ELOOP ENAMETOOLONG ENXIO EEXIST ENOTEMPTY EBUSY ETXTBSY".split(" "),
]);

/** What lies at a path is no file, or too long for one of its kind: it was not opened. */
export class UnfitFile extends StepFailed {
  override name = "UnfitFile";
  /** What it must be and what it is, such as "it must be a file: it is a pipe". */
  readonly why: string;

  constructor(code: "disk.path" | "disk.size", path: string, why: string) {
    super({ code, message: `Cannot use ${path} as ${why}.`, path });
    this.why = why;
  }
}

/** Whether an error is due to what lies at one path, and not to the disk or the machine as a whole. */
export function isOfOnePath(error: unknown): error is Error {
  if (error instanceof UnfitFile) return true;
  const errno = errnoOf(error);
  return errno !== undefined && ofOnePath.has(errno);
}

function words({ message }: Error, errno: string | undefined): string {
  return errno === undefined || message.includes(errno) ? message : `${errno}: ${message}`;
}
