/** Runs that tests begin with. */

const begun = new Map<string, Promise<string>>();
const folders: string[] = [];

globalThis.addEventListener("unload", () => {
  for (const folder of folders) Deno.removeSync(folder, { recursive: true });
});

/** Copies a folder with all that it holds. */
export async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  const { success } = await new Deno.Command("cp", { args: ["-a", `${from}/.`, to] }).output();
  if (!success) throw new Error(`Cannot copy ${from} to ${to}`);
}

/**
 * Copies a folder that is made once for all tests of a file that begin alike, and goes with the last of them.
 *
 * @param name What they begin with.
 * @param make Makes the folder, and gives its path.
 * @param to The folder that gets all that is in it.
 */
export async function beginWith(name: string, make: () => Promise<string>, to: string): Promise<void> {
  if (!begun.has(name)) {
    begun.set(
      name,
      make().then((folder) => {
        folders.push(folder);
        return folder;
      }),
    );
  }
  await copyFolder(await begun.get(name)!, to);
}
