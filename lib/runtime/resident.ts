/**
 * A program that serves evaluation after evaluation. Each is run with genes that are evaluated anew, so that it comes to what it
 * comes to in a process of its own.
 *
 * @module
 */

import type { AgentError, AgentReply, ResidentReply, ResidentRequest } from "./contract.ts";
import { readRequest } from "./data.ts";
import type { Process } from "./io.ts";

/** Longest line that is looked at as a `ResidentRequest`, in characters; an `AgentRequest` is longer. */
const longest = 256;

/** The nonce of a program's first line, if that makes it a resident. */
export function nonceOf(line: string | undefined): string | undefined {
  const request = line === undefined ? undefined : requestOf(line);
  return request?.kind === "resident" ? request.nonce : undefined;
}

/**
 * Says that it is ready, then answers each line with one line, until it is asked to end or its input ends. Empty lines
 * are passed over: what takes over a resident ends with one what the former supervisor may have left unfinished.
 *
 * @param resident Nonce of the start, repeated in the answers that prove which process this is.
 * @param evaluate Answers an evaluation's request.
 */
export function reside(process: Process, resident: string, evaluate: (line: string) => AgentReply | AgentError): void {
  const say = (nonce: string) => process.write(JSON.stringify({ version: 1, resident, nonce } satisfies ResidentReply));
  say(resident);
  for (let line = readRequest(process); line !== undefined; line = readRequest(process)) {
    if (line === "") continue;
    const request = requestOf(line);
    if (request?.kind === "end") break;
    if (request?.kind === "heartbeat") say(request.nonce);
    else process.write(JSON.stringify(evaluate(line)));
  }
  process.exit(0);
}

function requestOf(line: string): ResidentRequest | undefined {
  if (line.length > longest) return undefined;
  let value: Partial<ResidentRequest> | null;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const known = value?.kind === "resident" || value?.kind === "heartbeat" || value?.kind === "end";
  return known && typeof value?.nonce === "string" ? value as ResidentRequest : undefined;
}
