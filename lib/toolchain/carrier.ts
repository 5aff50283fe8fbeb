/**
 * The programs that carry genes and worlds: the runtime and the judge, each bundled once for a build.
 *
 * @module
 */

import { projectRoot } from "../run/paths.ts";
import { shownText } from "../util/text.ts";
import { StepFailed } from "../util/issue.ts";
import { type Carried, carrierName, carriers } from "../isolation/artifact.ts";
import { isWhole } from "./prove.ts";
import { runProven, runTool } from "./tools.ts";

/** Options that decide on the bytes of a carrier; it is not for reading, so it is made small. */
const options = [
  "--bundle",
  "--format=iife",
  "--platform=neutral",
  "--main-fields=module,main",
  "--target=esnext",
  "--minify",
  "--legal-comments=none",
  "--tsconfig-raw={}",
  "--log-level=error",
  "--color=false",
];

const bundled = new Map<Carried, string>();

/**
 * Bundles a carrier into one statement: `var carrier = …` with what the module exports. Bundled once, it is known from then
 * on, as the runtime of this process does not change.
 *
 * Needs run permission for the bundler, which reads the project by itself.
 *
 * @param carried What it is to carry.
 * @throws {StepFailed} If it can't be bundled, or the bundle still loads something.
 */
export async function bundleCarrier(carried: Carried, signal?: AbortSignal): Promise<string> {
  const known = bundled.get(carried);
  if (known !== undefined) return known;
  const text = await bundleModule(carriers[carried].path, signal);
  bundled.set(carried, text);
  return text;
}

/**
 * Bundles a module of the project into one statement, as {@linkcode bundleCarrier} does.
 *
 * @param path Its path within the project.
 */
export async function bundleModule(path: string, signal?: AbortSignal): Promise<string> {
  const run = (...args: string[]) => runTool("esbuild", args, projectRoot, signal);
  const { code, stdout, stderr, failed } = await runProven(
    "esbuild",
    () => run(path, ...options, `--global-name=${carrierName}`),
    () => run("lib/runtime/ready.ts"),
  );
  if (code === 0 && failed === undefined && await isWhole(stdout)) return stdout.trim();
  throw new StepFailed({
    code: "build.runtime",
    message: `Cannot bundle the runtime: ${
      shownText(failed?.why ?? stderr, 2000) || "the bundle would load other modules"
    }`,
    path,
  });
}
