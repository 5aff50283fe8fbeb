/**
 * A second checkout of the project.
 *
 * @module
 */

import { projectRoot } from "../../lib/run/paths.ts";

/** Clones the project as `evolve` into a folder, with what is not committed yet, and gives the path. */
export async function checkout(folder: string): Promise<string> {
  const path = `${folder}/evolve`;
  const script = `set -e
git clone -q "$0" "$1"
cd "$0"
git ls-files --deleted -z | (cd "$1" && xargs -0r rm -f)
git ls-files --modified --others --exclude-standard --deduplicate -z | while IFS= read -r -d '' file; do
  if [ -e "$file" ]; then cp --parents -P "$file" "$1"; fi
done`;
  const { success, stderr } = await new Deno.Command("bash", { args: ["-c", script, projectRoot, path] }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return path;
}
