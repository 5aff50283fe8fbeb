/**
 * Shared inputs as evaluators read them, under limits: whoever reaches the broker may have written them.
 *
 * @module
 */

import type { ProcessLimits } from "../isolation/limits.ts";
import { protocolVersion } from "./names.ts";
import { isHash, MessageError, type SharedInputs, type SharedProgram } from "./protocol.ts";

/** Largest shared inputs in bytes. */
const mostBytes = 64 * 1024 * 1024;

/** The least and the most that each limit may be, as in the configuration. */
const limitRanges: { readonly [Name in keyof ProcessLimits]-?: readonly [number, number] } = {
  memoryMiB: [16, 65_536],
  cpuSeconds: [1, 3600],
  wallSeconds: [0.001, 3600],
  outputKiB: [1, 1_048_576],
  descriptors: [16, 65_536],
  filesKiB: [0, 0],
};

const decoder = new TextDecoder("utf-8", { fatal: true });

type Members = Readonly<Record<string, unknown>>;

/**
 * Shared inputs, read. Of the pool it is known only that it has the parts of one: what is made of it is signed.
 *
 * @throws {MessageError} If they are none of this version.
 */
export function readSharedInputs(bytes: Uint8Array): SharedInputs {
  if (bytes.length > mostBytes) throw new MessageError(`They must have at most ${mostBytes} bytes`);
  const shared = membersOf(parsed(bytes), "They");
  const { version, runtime, world, policy, limits, pool, worldsJson, poolJson, kit, all, data } = shared;
  if (version !== protocolVersion) throw new MessageError(`They must be of version ${protocolVersion}`);
  for (const [name, text] of Object.entries({ runtime, world, policy })) {
    if (typeof text !== "string" || !/^[ -~]{1,256}$/.test(text)) throw new MessageError(`They must name the ${name}`);
  }
  checkLimits(membersOf(limits, "Their limits"));
  checkPool(membersOf(pool, "Their pool"), world as string);
  if (!Array.isArray(jsonOf(worldsJson))) throw new MessageError("They must hold the worlds as JSON of a list");
  membersOf(jsonOf(poolJson), "The catalogue of their pool");
  const { hash } = pool as { readonly hash: string };
  checkProgram(kit, `kit:${hash}`);
  if (all !== undefined) checkProgram(all, `pool:${hash}`);
  if (data !== undefined) checkCost(checkProgram(data, `data:${hash}`).cost);
  return shared as unknown as SharedInputs;
}

function checkLimits(limits: Members): void {
  for (const [name, [least, most]] of Object.entries(limitRanges)) {
    const value = limits[name];
    if (value === undefined && name === "filesKiB") continue;
    const isWhole = name === "wallSeconds" || Number.isInteger(value);
    if (typeof value !== "number" || !isWhole || !(value >= least && value <= most)) {
      throw new MessageError(`Their limit ${name} must be a number from ${least} to ${most}`);
    }
  }
}

function checkPool({ hash, worldHash, files, world }: Members, stated: string): void {
  if (!isHash(hash) || worldHash !== stated) throw new MessageError("Their pool must be of their world");
  membersOf(world, "The world of their pool");
  const isFile = (file: unknown) => {
    const { path, hash, tokens, imports, functions, parameters } = membersOf(file, "A file of their pool");
    return [path, hash, tokens].every((text) => typeof text === "string") &&
      [imports, functions, parameters].every(Array.isArray);
  };
  if (!Array.isArray(files) || !files.every(isFile)) throw new MessageError("Their pool must have files");
}

function checkProgram(value: unknown, due: string): Members {
  const program = membersOf(value, "A program of theirs");
  const { name, artifact, signature } = program as unknown as SharedProgram;
  // What is signed as something else must not stand for it.
  if (name !== due || !isHash(artifact) || !isSignature(signature)) {
    throw new MessageError(`They must name the program ${due}`);
  }
  return program;
}

function checkCost(value: unknown): void {
  const { ms, memoryMiB } = membersOf(value, "The cost of their data");
  const isBelow = (one: unknown, most: number) => typeof one === "number" && one >= 0 && one <= most;
  if (!isBelow(ms, 3_600_000) || !isBelow(memoryMiB, 65_536)) {
    throw new MessageError("The cost of their data must be milliseconds and MiB");
  }
}

/** Whether something may be a signature in base64. */
export function isSignature(value: unknown): value is string {
  return typeof value === "string" && /^[A-Za-z0-9+/=]{1,128}$/.test(value);
}

/** The members of an object. @throws {MessageError} If it is none. */
export function membersOf(value: unknown, what: string): Members {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Members;
  throw new MessageError(`${what} must be an object`);
}

/** What a text of JSON stands for; undefined if it is none. */
export function jsonOf(text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch {
    throw new MessageError("They must be JSON");
  }
}
