/**
 * Whether a run may have residents, asked where none are kept.
 *
 * @module
 */

/** Whether there are files of residents. Needs read permission for their folder, which need not be there. */
export function hasResidents(folder: string): boolean {
  try {
    for (const _ of Deno.readDirSync(folder)) return true;
    return false;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
