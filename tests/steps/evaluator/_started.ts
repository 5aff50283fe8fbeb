/** Evaluators as processes, under the permission set of their own. */

import { assertEquals } from "@std/assert";
import { projectRoot } from "../../../lib/run/paths.ts";
import type { NatsServer } from "../../evaluators/nats.ts";
import { begin, pipeline, type Running } from "../../step/_run.ts";

/** Starts one; resolves when it takes batches. */
export async function started(server: NatsServer, ...flags: string[]): Promise<Running> {
  const running = begin(pipeline("evaluator", "--server", server.url, "--concurrency", "1", ...flags));
  await running.saw("is ready");
  return running;
}

/** Ends one well. */
export async function ended({ child, ended }: Running): Promise<void> {
  child.kill("SIGTERM");
  const { code, err } = await ended;
  assertEquals(code, 0, err);
}

/** The folder of one. */
export function own(name: string): string {
  return `${projectRoot}/workspace/evaluators/${name}`;
}

/** A name that no other test has. */
export function newName(): string {
  return `test-${crypto.randomUUID().slice(0, 8)}`;
}
