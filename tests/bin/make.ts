/**
 * Writes `bin/evolve` and its completions anew: `deno run -A tests/bin/make.ts`.
 *
 * @module
 */

import { projectRoot } from "../../lib/run/paths.ts";
import { completionFiles } from "./completions.ts";
import { declarations } from "./declarations.ts";
import { evolveScript } from "./evolve_script.ts";

await Deno.writeTextFile(`${projectRoot}/bin/evolve`, await evolveScript(), { mode: 0o755 });
for (const [path, text] of completionFiles(await declarations())) {
  await Deno.writeTextFile(`${projectRoot}/${path}`, text);
}
