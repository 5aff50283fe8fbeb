/**
 * The line by which a process is given the data of its world.
 *
 * @module
 */

import type { DataFile } from "../genome/pool.ts";
import { overWorkers } from "../step/pool.ts";
import { Misuse, type Result, StepFailed } from "../util/issue.ts";
import { type DataBytes } from "./data_worker.ts";
import { nameOf, readData } from "./data_files.ts";

/** Longest line in UTF-16 code units. */
const longest = 32 * 1024 * 1024;

/**
 * Reads the data of a template, each file by its name.
 *
 * Needs read permission for the template and `lib/`.
 *
 * @param folder The template, or the run's copy of it.
 * @param files What it is known to have.
 * @returns JSON in one line, without its end.
 * @throws {Misuse} If a file can't be used; the message names file and line.
 * @throws {StepFailed} `template.damaged`, if the data is another than is known.
 */
export async function dataLine(folder: string, files: readonly DataFile[], signal?: AbortSignal): Promise<string> {
  const read = await readData(folder);
  const isKnown = read.length === files.length &&
    read.every(({ path, hash }, i) => path === files[i]!.path && hash === files[i]!.hash);
  if (!isKnown) throw damaged(`${folder}/data`);
  const texts = overWorkers<DataBytes, Result<string>>({
    module: new URL("./data_worker.ts", import.meta.url),
    items: read.map(({ path, bytes }) => ({ path, bytes })),
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
    members.push(`${JSON.stringify(nameOf(read[members.length]!.path))}:${text.value}`);
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

function damaged(path: string): StepFailed {
  return new StepFailed({
    code: "template.damaged",
    message:
      "Cannot build as the run's copy of its template must be the one that was audited; restore it from a backup.",
    path,
  });
}
