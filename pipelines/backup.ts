/**
 * Writes a backup of a run.
 *
 * @module
 */

import { runStep } from "../lib/step/step.ts";
import { userPath } from "../lib/step/user_path.ts";

await runStep({
  name: "backup",
  brief: "Writes a backup of the run into a file.",
  description:
    "Writes listing, genomes, template, configuration, programs and plugins/ of the run into one archive, and reads it " +
    "again to prove that it is whole. Steps may be at work meanwhile.",
  columns: ["file", "bytes", "files", "cycle", "agents"],
  positional: { placeholder: "file", brief: "Where to write it, such as run.tar.gz.", minimum: 1, parse: userPath },
  run: async (_flags, step) => {
    const [{ backup }, { oneFile }] = await Promise.all([
      import("../lib/steps/backup/backup.ts"),
      import("../lib/steps/backup/one_file.ts"),
    ]);
    return await backup(step, oneFile(step.args));
  },
});
