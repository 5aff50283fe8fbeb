/**
 * A comparison that was made before, told again.
 *
 * @module
 */

import { z } from "zod";
import type { ComparedRun, ComparisonSetup } from "../../records/compare.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { readTextLimited } from "../../util/files.ts";
import { Misuse } from "../../util/issue.ts";
import { errnoOf, isOfOnePath } from "../../util/system_error.ts";
import { report } from "./report.ts";

/** Longest file in bytes. */
const most = 256 * 1024 * 1024;

const count = z.number().int().min(0);
const score = z.number().nullable();

const setups = z.object({
  type: z.literal("compare.begun"),
  template: z.string(),
  budget: count,
  seeds: count,
  count,
  tests: count,
  isUnseen: z.boolean(),
  isRaced: z.boolean(),
  left: z.array(z.string()),
  objective: z.object({ name: z.string(), sense: z.enum(["minimise", "maximise"]) }).optional(),
});

const runs = z.object({
  type: z.literal("compare.run"),
  arm: z.string(),
  seed: z.string(),
  score,
  episodes: count,
  raceEpisodes: count,
  gestations: count,
  lethal: count,
  limited: count,
  genome: z.string().nullable(),
  curve: z.array(z.object({ episodes: count, score })),
});

/**
 * Tells of a comparison in another format, from its records.
 *
 * Needs read permission for the file, and for `lib` and `node_modules/uplot` for a page.
 *
 * @param path A file with what \`compare --format ndjson\` or \`json\` has written; one that was cut short has fewer runs.
 * @param margin As for a comparison.
 * @throws {Misuse} If it is no such file.
 */
export async function toldAgain(step: StepContext, path: string, margin: number | undefined): Promise<Counts> {
  const records = recordsOf(await read(path), path);
  const [begun] = records.filter((record) => typeOf(record) === "compare.begun");
  const setup = setups.safeParse(begun);
  if (!setup.success) throw unusable(path, "a record compare.begun", setup.error);
  const found: ComparedRun[] = [];
  for (const record of records) {
    if (typeOf(record) !== "compare.run") continue;
    const run = runs.safeParse(record);
    if (!run.success) throw unusable(path, "records compare.run as they were written", run.error);
    found.push(run.data);
  }
  const pairs = new Set(found.map(({ arm, seed }) => JSON.stringify([arm, seed])));
  if (pairs.size < found.length) throw unusable(path, "one run of an arm for each seed");
  if (found.length === 0) throw unusable(path, "at least one run");
  await report(step, found, setup.data as ComparisonSetup, margin);
  return { updates: 0, runs: found.length };
}

async function read(path: string): Promise<string> {
  try {
    return await readTextLimited(path, most, { follow: true });
  } catch (error) {
    if (!isOfOnePath(error)) throw error;
    throw new Misuse({
      code: "compare.records",
      message: `Cannot read the comparison as ${path} must be a file that can be read: ${errnoOf(error)}.`,
      path,
    }, { cause: error });
  }
}

/** The records of a text: a list, or one on each line, of which the last may be cut short. */
function recordsOf(text: string, path: string): unknown[] {
  const whole = parsed(text);
  if (Array.isArray(whole)) return whole;
  const lines = text.split("\n");
  const last = lines.pop()!;
  const records = [
    ...lines.filter((line) => line.trim() !== "").map(parsed),
    ...(parsed(last) === undefined ? [] : [parsed(last)]),
  ];
  if (records.includes(undefined)) throw unusable(path, "a record of JSON on each line");
  return records;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function typeOf(record: unknown): unknown {
  return (record as { readonly type?: unknown } | null)?.type;
}

function unusable(path: string, what: string, error?: z.ZodError): Misuse {
  const [first] = error?.issues ?? [];
  const where = first && first.path.length > 0 ? ` (${first.path.map(String).join(".")}: ${first.message})` : "";
  return new Misuse({
    code: "compare.records",
    message:
      `Cannot tell of a comparison as ${path} must have ${what}${where}: give what compare --format ndjson has written.`,
    path,
  });
}
