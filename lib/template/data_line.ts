/**
 * The line by which a process is given the data of its world.
 *
 * @module
 */

import { overWorkers } from "../step/pool.ts";
import { Misuse, type Result } from "../util/issue.ts";
import { type DataBytes } from "./data_worker.ts";
import { nameOf } from "./data_files.ts";

/** Longest line in UTF-16 code units. */
const longest = 32 * 1024 * 1024;

/**
 * What the data of a template is, each file by its name.
 *
 * Needs read permission for `lib/`.
 *
 * @param data Sorted by path.
 * @param folder Where it was read, for messages.
 * @returns JSON in one line, without its end.
 * @throws {Misuse} If a file can't be used; the message names file and line.
 */
export async function dataLine(data: readonly DataBytes[], folder: string, signal?: AbortSignal): Promise<string> {
  const texts = overWorkers<DataBytes, Result<string>>({
    module: new URL("./data_worker.ts", import.meta.url),
    items: data.map(({ path, bytes }) => ({ path, bytes })),
    workers: 1,
    signal,
  });
  const members: string[] = [];
  for await (const text of texts) {
    if (!text.ok) {
      const { code, message, path } = text.issue;
      const place = `${folder}/${path}`;
      throw new Misuse({ code, message: `Cannot use ${place} as ${message}.`, path: place });
    }
    members.push(`${JSON.stringify(nameOf(data[members.length]!.path))}:${text.value}`);
  }
  const line = `{"data":{${members.join(",")}}}`;
  if (line.length <= longest) return line;
  throw new Misuse({
    code: "data.size",
    message:
      `Cannot use ${folder}/data as it must come to at most ${longest} characters of JSON: it comes to ${line.length}.`,
    path: `${folder}/data`,
  });
}
