/**
 * Runs a step in a process of its own, under its own permission set.
 *
 * @module
 */

import { type ChildRecord, isChildRecord } from "../records/schemas.ts";
import { type Issue, Misuse, StepFailed } from "../util/issue.ts";
import { stepProcess } from "./command.ts";

/** Which step to run, and how. */
export interface ChildOptions {
  /** The step's name: that of its pipeline and of its permission set. */
  readonly step: string;
  /** Its flags. */
  readonly args: readonly string[];
  /** Asks the step to end gently; it is waited for in any case. */
  readonly signal: AbortSignal;
  /** Called with each record but the closing one. */
  readonly onRecord?: (record: ChildRecord) => void;
}

const maxLineChars = 8_388_608;

/**
 * Runs a step to its end. What the step tells the person on stderr goes there unchanged.
 *
 * A closed terminal may end a process that is just becoming the step, and hears nothing yet: then it is started again, and
 * goes on for as long as this process does.
 *
 * Needs run permission for `/bin/sh`.
 *
 * @returns The step's closing record.
 * @throws {Misuse} If the step ended with exit code 2: the person has to say something else first.
 * @throws {StepFailed} If the step failed in another way, or ended without a closing record.
 * @throws The signal's reason, if the step was interrupted.
 */
export async function runChild(options: ChildOptions): Promise<ChildRecord> {
  for (;;) {
    const closing = await tryChild(options);
    if (closing) return closing;
  }
}

/** Runs the step; nothing is returned if a closed terminal ended it before it began. */
async function tryChild({ step, args, signal, onRecord }: ChildOptions): Promise<ChildRecord | undefined> {
  signal.throwIfAborted();
  let began = false;
  const child = stepProcess(step, ["--format", "ndjson", ...args], {
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
    hangup: "ignored",
  }).spawn();
  const end = () => kill(child);
  signal.addEventListener("abort", end);
  try {
    const records = readRecords(child.stdout, step, (record) => {
      began = true;
      onRecord?.(record);
    });
    // What goes on without it must not find it at work.
    records.catch(end);
    const status = await child.status;
    const closing = await records;
    // A Ctrl-C reaches both processes; if the child was the faster one, this lets our own signal in.
    if (status.code === interrupted) await new Promise((resolve) => setTimeout(resolve, 20));
    signal.throwIfAborted();
    if (status.signal === "SIGHUP" && !began && !closing) return undefined;
    if (status.code === 0 && closing?.ok) return closing;
    throw failure(step, status, closing);
  } finally {
    signal.removeEventListener("abort", end);
  }
}

/** A flag of a step with its value; nothing where there is none, and the step's own default holds. */
export function flag(name: string, value: string | number | undefined): string[] {
  return value === undefined ? [] : [`--${name}`, String(value)];
}

const interrupted = 130;
const misused = 2;
/** What the shell ends with where it can't become a program. */
const notStarted = [126, 127];

async function readRecords(
  stream: ReadableStream<Uint8Array>,
  step: string,
  onRecord: (record: ChildRecord) => void,
): Promise<ChildRecord | undefined> {
  let closing: ChildRecord | undefined;
  const line = (text: string) => {
    const record = parseRecord(text, step);
    if (record.type === "step.finished") closing = record;
    else onRecord(record);
  };
  let pending = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (pending + chunk).split("\n");
    pending = lines.pop()!;
    if (pending.length > maxLineChars) throw new Error(`A line that ${step} wrote is too long`);
    for (const text of lines) line(text);
  }
  return closing;
}

function parseRecord(text: string, step: string): ChildRecord {
  try {
    const record: unknown = JSON.parse(text);
    if (!isChildRecord(record)) throw new TypeError("It is JSON, and no record");
    return record;
  } catch (cause) {
    const message = `Cannot go on as each line that ${step} writes must be a record: it wrote ${
      JSON.stringify(text.slice(0, 200))
    }.`;
    throw new StepFailed({ code: "step.output", message, path: `pipelines/${step}.ts` }, { cause });
  }
}

function failure(step: string, status: Deno.CommandStatus, closing: ChildRecord | undefined): Error {
  if (!closing && notStarted.includes(status.code)) {
    const message = `Cannot start ${step} as the Deno that runs this must still be where it was: ${Deno.execPath()}; ` +
      "run the command again.";
    return new StepFailed({ code: "deno.missing", message });
  }
  const how = status.signal ? `was ended by ${status.signal}` : `failed with exit code ${status.code}`;
  const without = closing ? "" : " and without a closing record";
  // The step itself has already said why on stderr; records of the chain alone have it here.
  const issue: Issue = {
    code: "step.failed",
    message: `${step} ${how}${without}.`,
    path: `pipelines/${step}.ts`,
    ...(closing?.issue && { issue: closing.issue }),
  };
  const options = { cause: closing?.issue && new Error(closing.issue.message) };
  return status.code === misused ? new Misuse(issue, options) : new StepFailed(issue, options);
}

function kill(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGTERM");
  } catch {
    // It has ended already.
  }
}
