/**
 * Writes `bin/evolve` anew: `deno run -A tests/bin/make.ts`.
 *
 * @module
 */

import { projectRoot } from "../../lib/run/paths.ts";
import { evolveScript } from "./evolve_script.ts";

await Deno.writeTextFile(`${projectRoot}/bin/evolve`, await evolveScript(), { mode: 0o755 });
