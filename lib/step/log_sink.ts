/**
 * Writes lines of the log by LogTape into a file that is rotated.
 *
 * @module
 */

import { configure, dispose, getJsonLinesFormatter, getLogger, type LogRecord } from "@logtape/logtape";
import { demandFile } from "../util/files.ts";
import { escaped } from "../util/json_line.ts";
import type { LogLine, LogSink } from "./log.ts";

const mostBytes = 5_000_000;
const kept = 3;

/**
 * Opens the log of a run: `steps.ndjson`, with its forerunners as `steps.1.ndjson` to `steps.3.ndjson`.
 *
 * Needs read and write permission for the folder.
 *
 * @param folder The run's `logs/`; made where it is missing.
 * @param step The step that writes, as the category of its lines.
 */
export async function openLogSink(folder: string, step: string): Promise<LogSink> {
  Deno.mkdirSync(folder, { recursive: true });
  demandFile(`${folder}/steps.ndjson`);
  rotate(folder);
  const file = Deno.openSync(`${folder}/steps.ndjson`, { append: true, create: true });
  const format = getJsonLinesFormatter({ properties: "nest:properties" });
  const encoder = new TextEncoder();
  await configure({
    sinks: { file: (record: LogRecord) => void file.writeSync(encoder.encode(escaped(format(record)))) },
    loggers: [
      { category: ["step"], sinks: ["file"], lowestLevel: "debug" },
      { category: ["logtape", "meta"], sinks: [], lowestLevel: "fatal" },
    ],
  });
  const logger = getLogger(["step", step]);
  return {
    write({ level, message, properties, at }: LogLine): void {
      logger.emit({
        timestamp: at,
        level: level === "warn" ? "warning" : level,
        message: [message],
        rawMessage: message,
        properties: { ...properties },
      });
    },
    close(): void {
      void dispose();
      file.close();
    },
  };
}

function rotate(folder: string): void {
  if (sizeOf(`${folder}/steps.ndjson`) < mostBytes) return;
  for (let i = kept; i >= 1; i--) {
    const from = i === 1 ? `${folder}/steps.ndjson` : `${folder}/steps.${i - 1}.ndjson`;
    if (sizeOf(from) > 0) Deno.renameSync(from, `${folder}/steps.${i}.ndjson`);
  }
}

function sizeOf(path: string): number {
  try {
    return Deno.lstatSync(path).size;
  } catch {
    return 0;
  }
}
