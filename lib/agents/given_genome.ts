/**
 * Genomes that users hand in: the bytes of a `genome.bin`, or what `show` gives as JSON.
 *
 * @module
 */

import { z } from "zod";
import { decodeGenome } from "../genome/codec.ts";
import type { Pool } from "../genome/pool.ts";
import type { ParameterScalar, ParameterValue, PoolParameter } from "../runtime/contract.ts";
import type { Genome, GenomeFile } from "../runtime/genome_schema.ts";
import { bad, good, type Result } from "../util/issue.ts";

/** Longest file in bytes: the JSON of `show` has the source of all active genes. */
export const mostGiven = 16 * 1024 * 1024;

const scalar = z.union([z.number(), z.boolean(), z.string()]);

/** What `show` tells of an agent, as far as its genome is told by it; written by hand it needs no more than that. */
const shown = z.object({
  type: z.literal("agent.shown").optional(),
  genes: z.array(z.object({ gene: z.string() })),
  parameters: z.record(z.string(), z.record(z.string(), z.union([scalar, z.array(scalar)]))),
});

type Shown = z.infer<typeof shown>;

/**
 * The genome that the content of a file holds.
 *
 * @param bytes A `genome.bin`, the output of `show --format json` or `ndjson`, or `genes` and `parameters` alone as they stand there.
 * @param pool What values of parameters are read by: a choice is told by its name.
 * @returns The genome, which need not fit the pool; or what is wrong with it: the codes of `decodeGenome` and `genome.shown`.
 */
export function givenGenome(bytes: Uint8Array, pool: Pick<Pool, "files">): Result<Genome> {
  const text = bytes[0] === 91 || bytes[0] === 123 ? textOf(bytes) : undefined;
  if (text === undefined) return decodeGenome(bytes);
  const told = recordsOf(text);
  if (told === undefined) return wrong("it is no JSON");
  const record = told.find((one) => typeOf(one) === "agent.shown") ?? told.find(isWritten);
  if (record === undefined) return wrong("it holds no record `agent.shown`");
  const parsed = shown.safeParse(record);
  if (parsed.success) return genomeOf(parsed.data, pool);
  const [{ path, message }] = parsed.error.issues as [typeof parsed.error.issues[number]];
  return wrong(`${path.map(String).join(".")}: ${message}`.slice(0, 200));
}

function typeOf(record: unknown): unknown {
  return (record as { readonly type?: unknown } | null)?.type;
}

/** Whether it may be what a user has written, who has no use for a type. */
function isWritten(record: unknown): boolean {
  return typeof record === "object" && record !== null && "genes" in record && !("type" in record);
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The records of a JSON array, of one record, or of lines of them. */
function recordsOf(text: string): readonly unknown[] | undefined {
  try {
    return [JSON.parse(text)].flat();
  } catch {
    // Lines, then.
  }
  try {
    return text.trim().split("\n").map((line) => JSON.parse(line));
  } catch {
    return undefined;
  }
}

/** What is shown is on, all else is off. */
function genomeOf({ genes, parameters }: Shown, { files }: Pick<Pool, "files">): Result<Genome> {
  const known = new Map(files.map((file) => [file.path, file]));
  const on = Map.groupBy(genes.map(({ gene }) => gene.split("#") as [string, string?]), ([path]) => path);
  const all: GenomeFile[] = [];
  for (const path of new Set([...on.keys(), ...Object.keys(parameters)])) {
    const held: Record<string, number | number[]> = {};
    for (const [name, value] of Object.entries(parameters[path] ?? {})) {
      const number = numbersOf(value, known.get(path)?.parameters.find((one) => one.name === name));
      if (number === undefined) return wrong(`${path}:${name} must be a number, or of its parameter's kind`);
      held[name] = number;
    }
    const names = (on.get(path) ?? []).map(([, name = ""]) => name);
    all.push({
      path,
      active: true,
      functions: Object.fromEntries(names.map((name) => [name, true])),
      parameters: held,
    });
  }
  return good({ version: 1, files: all });
}

function numbersOf(value: ParameterValue, parameter: PoolParameter | undefined): number | number[] | undefined {
  if (!Array.isArray(value)) return numberOf(value as ParameterScalar, parameter);
  const numbers = value.map((item) => numberOf(item, parameter));
  return numbers.includes(undefined) ? undefined : numbers as number[];
}

function numberOf(value: ParameterScalar, parameter: PoolParameter | undefined): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  const place = parameter?.options?.indexOf(value) ?? -1;
  return place < 0 ? undefined : place;
}

function wrong(why: string): Result<never> {
  return bad(
    "genome.shown",
    `The genome must be a genome.bin, or what \`deno task show --format json\` gives: ${why}.`,
  );
}
