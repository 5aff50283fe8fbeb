/**
 * Whether a program is at hand, for tests that are left out where it is not.
 *
 * @module
 */

/** Whether a program is on the PATH. */
export function hasProgram(name: string): boolean {
  return (Deno.env.get("PATH") ?? "").split(":").some((folder) => {
    try {
      return Deno.statSync(`${folder}/${name}`).isFile;
    } catch {
      return false;
    }
  });
}
