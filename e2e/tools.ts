/**
 * Tools that tests need and the machine may not have.
 *
 * @module
 */

/**
 * Whether tests have to be left out as a tool is missing, which is said by name; on Debian as root that is a failure, as
 * `.ci/run` installs there what is missing. Needs `run` of the tool and `env` of `E2E_TOOLS`.
 *
 * @param tool The program, as it is started.
 * @param args With which it ends at once and well.
 * @returns What is given to `Deno.test` as `ignore`.
 * @throws {Error} If the tool is missing and is demanded.
 */
export async function missing(tool: string, ...args: string[]): Promise<boolean> {
  const trouble = await troubleWith(tool, args.length > 0 ? args : ["--version"]);
  if (trouble === undefined) return false;
  if (Deno.env.get("E2E_TOOLS") === "demanded") throw new Error(`Cannot test with ${tool} as ${trouble}.`);
  console.error(`left out tests with ${tool}: ${trouble}`);
  return true;
}

async function troubleWith(tool: string, args: string[]): Promise<string | undefined> {
  try {
    const { code } = await new Deno.Command(tool, { args, stdin: "null" }).output();
    return code === 0 ? undefined : `it ends with code ${code}`;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "it is not installed";
    throw error;
  }
}
