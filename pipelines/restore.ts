/**
 * Puts a backup in the place of a run.
 *
 * @module
 */

import { runStep } from "../lib/step/step.ts";
import { userPath } from "../lib/step/user_path.ts";

await runStep({
  name: "restore",
  brief: "Restores the run from a backup.",
  description:
    "Restores the run from a backup, which then goes on as the one that was saved. Nothing of the backup is " +
    "taken on trust: code is audited, and programs that this project has not signed are built again.",
  lock: true,
  creates: true,
  columns: ["file", "at", "cycle", "agents"],
  positional: { placeholder: "file", brief: "What `deno task backup` wrote.", minimum: 1, parse: userPath },
  flags: {
    force: {
      kind: "boolean",
      brief: "Take the place of the run that is there, which is moved to workspace/quarantine.",
      default: false,
      withNegated: false,
    },
    hooks: {
      kind: "enum",
      values: ["keep", "drop"],
      brief: "What becomes of hooks in the backup's configuration; absent: it is refused if it has any.",
      optional: true,
    },
  },
  run: async (flags, step) => {
    const [{ restore }, { oneFile }] = await Promise.all([
      import("../lib/steps/backup/restore.ts"),
      import("../lib/steps/backup/one_file.ts"),
    ]);
    return await restore(step, oneFile(step.args), flags);
  },
});
