/**
 * Reads the reply of an agent's process: hostile input, checked by hand since it is done for every evaluation.
 *
 * @module
 */

import type { AgentError, AgentReply } from "../runtime/contract.ts";
import { limits } from "../runtime/limits.ts";
import { fail, finite, list, numbers, record } from "./reply_checks.ts";
import { checkTrace } from "./reply_trace.ts";

/** What a reply must fit. */
export interface Expected {
  readonly token: string;
  /** How many episodes it was to run. */
  readonly episodes: number;
  /** How many agents it may write to. */
  readonly addresses: number;
  /** Longest genome in bytes. */
  readonly genomeBytes: number;
  /** Most steps of its trace. @default no trace is expected */
  readonly trace?: number;
}

const decoder = new TextDecoder("utf-8", { fatal: true });
const errors: readonly AgentError["error"]["code"][] = ["crash", "stack", "memory", "world", "request"];
const members = ["version", "token", "evidence", "genome", "memory", "outbox"];
/** What a reply says only where it is so. */
const marks = ["invalid", "drew"];
/** What was asked for besides. */
const asked = ({ trace }: Expected) => trace === undefined ? [] : ["trace"];

/**
 * The one line that a process wrote, read and checked.
 *
 * What evidence is worth is for the judge to say; here it is a list of numbers for each episode.
 *
 * @param bytes All that was on stdout.
 * @throws {ReplyError} If it is anything but one line that is the reply to this request.
 */
export function readReply(bytes: Uint8Array, expected: Expected): AgentReply {
  return readReplyLine(lineOf(bytes), expected);
}

/**
 * The line of a reply, read and checked.
 *
 * @param line Without its end.
 * @throws {ReplyError} If it is anything but the reply to this request.
 */
export function readReplyLine(line: string, expected: Expected): AgentReply {
  const reply = record(parse(line), "it", members, [...marks, ...asked(expected)]);
  if (reply.version !== 1) fail("must be of version 1");
  if (reply.token !== expected.token) fail("must repeat the token of its request");
  checkEvidence(reply.evidence, expected.episodes);
  checkGenome(reply.genome, expected.genomeBytes);
  checkMemory(reply.memory);
  checkOutbox(reply.outbox, expected.addresses);
  checkMarks(reply);
  if (reply.trace !== undefined) checkTrace(reply.trace, expected.trace!, expected.episodes);
  return reply as unknown as AgentReply;
}

/**
 * The typed error that a process wrote in place of a reply.
 *
 * @param bytes All that was on stdout.
 * @throws {ReplyError} If it is anything but one line that tells of an error with this request.
 */
export function readError(bytes: Uint8Array, expected: Expected): AgentError {
  return readErrorLine(lineOf(bytes), expected);
}

/**
 * The line of a typed error, read and checked.
 *
 * @param line Without its end.
 * @throws {ReplyError} If it is anything but one that tells of an error with this request.
 */
export function readErrorLine(line: string, expected: Expected): AgentError {
  const { token, episodes } = expected;
  const fields = record(parse(line), "it", ["version", "token", "error", "evidence"], ["point", ...asked(expected)]);
  const error = record(fields.error, "the error", ["code", "message", "detail"]);
  if (fields.version !== 1) fail("must be of version 1");
  // Before the request is read there is no token to repeat.
  if (fields.token !== token && !(fields.token === "" && error.code === "request")) {
    fail("must repeat the token of its request");
  }
  if (!(errors as readonly unknown[]).includes(error.code)) fail("must tell of an error that there is");
  if (typeof error.message !== "string" || typeof error.detail !== "string") fail("must tell of an error in words");
  checkActions(fields.evidence, episodes);
  if (fields.point !== undefined) numbers(fields.point, "a point", limits.point);
  if (fields.trace !== undefined) checkTrace(fields.trace, expected.trace!, episodes);
  return fields as unknown as AgentError;
}

function lineOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(10);
  if (bytes.length === 0) fail("is missing");
  if (end < 0) fail("must end with a line feed");
  if (end !== bytes.length - 1) fail("must be one line");
  try {
    return decoder.decode(bytes.subarray(0, end));
  } catch {
    fail("must be UTF-8");
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    fail("must be JSON");
  }
}

function checkEvidence(evidence: unknown, episodes: number): void {
  checkActions(evidence, episodes);
  if (evidence.length !== episodes) fail(`must hold the evidence of ${episodes} episodes: it holds ${evidence.length}`);
}

function checkActions(evidence: unknown, episodes: number): asserts evidence is unknown[] {
  list(evidence, "evidence", episodes);
  for (const actions of evidence) {
    if (typeof actions === "string") {
      if (!base64.test(actions)) fail("must hold evidence in base64 where it is a text");
      continue;
    }
    list(actions, "the evidence of an episode", 1_000_000);
    for (let i = 0; i < actions.length; i++) {
      const action: unknown = actions[i];
      if (typeof action !== "number" || !Number.isFinite(action)) numbers(action, "evidence", 65_536);
    }
  }
}

function checkMarks({ invalid, drew }: Readonly<Record<string, unknown>>): void {
  if (invalid !== undefined && !(Number.isSafeInteger(invalid) && (invalid as number) > 0)) {
    fail("must count its invalid actions");
  }
  if (drew !== undefined && drew !== true) fail("must say no more than that it drew");
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function checkGenome(genome: unknown, most: number): void {
  if (genome === null) return;
  if (typeof genome !== "string") fail("must hold a genome or null");
  // The length is looked at first, so that what is too long is not read through.
  if (genome.length > Math.ceil(most / 3) * 4) fail(`must hold a genome of at most ${most} bytes`);
  if (!base64.test(genome) || genome === "") fail("must hold its genome in base64");
}

function checkMemory(memory: unknown): void {
  list(memory, "memory", limits.memory);
  let held = 0;
  for (const entry of memory) {
    list(entry, "an entry of the memory", 3);
    const [file, key, value] = entry;
    if (entry.length !== 3 || typeof file !== "string" || typeof key !== "string") {
      fail("must hold memory as it should");
    }
    if (file.length > 256 || key.length > limits.name) fail("must not hold longer keys in its memory");
    numbers(value, "memory", limits.memory);
    held += Array.isArray(value) ? value.length : 1;
  }
  if (held > limits.memory) fail(`must hold at most ${limits.memory} numbers in its memory`);
}

function checkOutbox(outbox: unknown, addresses: number): void {
  list(outbox, "its mail", limits.messages);
  for (const message of outbox) {
    const { address, body } = record(message, "a message", ["address", "body"]);
    if (!Number.isInteger(address) || (address as number) < 0 || (address as number) >= addresses) {
      fail("must write to the addresses that it was given only");
    }
    list(body, "a message", limits.body);
    for (const value of body) {
      finite(value, "a message");
      if (Math.abs(value) > limits.mailed) fail(`must not hold numbers beyond ${limits.mailed} in its mail`);
    }
  }
}
