/**
 * All tests of the folders that share an isolate. Each file by itself has its imports evaluated anew, which takes longer than
 * most of these tests; `tests/suite.ts` runs this in the place of their folders.
 *
 * @module
 */

import { pureFolders } from "./pure_folders.ts";

for (const folder of pureFolders) {
  const names = [...Deno.readDirSync(new URL(folder, import.meta.url))].map(({ name }) => name).sort();
  for (const name of names) if (name.endsWith("_test.ts")) await import(`./${folder}/${name}`);
}
