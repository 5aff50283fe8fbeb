/**
 * Uploads an export to an object store.
 *
 * @module
 */

import { s3Place } from "../lib/steps/upload/s3_place.ts";
import { runStep } from "../lib/step/step.ts";
import { userPath } from "../lib/step/user_path.ts";

await runStep({
  name: "upload",
  brief: "Uploads what `deno task export` has written to a store that speaks S3.",
  description: "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION and AWS_ENDPOINT_URL_S3 say " +
    "where the store is and who asks. Each file goes with its length, in parts where it is long; export.json comes last.",
  creates: true,
  ownRuns: true,
  keepsNothing: true,
  columns: ["file", "bytes"],
  positional: { placeholder: "dir", brief: "The folder of the export.", minimum: 1, parse: userPath },
  flags: {
    to: { kind: "parsed", parse: s3Place, brief: "Where to upload it.", placeholder: "s3://bucket/prefix" },
  },
  run: async ({ to }, step) => {
    const [{ upload }, { oneArgument }] = await Promise.all([
      import("../lib/steps/upload/upload.ts"),
      import("../lib/step/one_argument.ts"),
    ]);
    return await upload(step, { folder: oneArgument(step.args, "folders"), to });
  },
});
