/**
 * Flags and values of flags that had other names before.
 *
 * @module
 */

const formerFlags: Readonly<Record<string, string>> = { "--slots": "--concurrency", "--patience": "--grace-period" };
const formerValues: Readonly<Record<string, string>> = { "--isolation=pooled": "--isolation=shared" };

/**
 * What to say of former names among the arguments of a step: all of them in one sentence.
 *
 * @param flags The step's own flags, such as `--isolation`: what another step had is unknown to this one as ever.
 * @returns Nothing where there is none.
 */
export function formerNames(args: readonly string[], flags: readonly string[]): string | undefined {
  const names = args.flatMap((arg, i) => {
    const [flag = "", value = args[i + 1]] = arg.split("=", 2);
    const present = formerFlags[flag];
    if (present !== undefined && flags.includes(present)) return [`${flag} is ${present}`];
    const choice = formerValues[`${flag}=${value}`];
    if (choice === undefined || !flags.includes(flag)) return [];
    return [`${flag} ${value} is ${choice.replace("=", " ")}`];
  });
  return names.length === 0 ? undefined : `Cannot use former names of flags: ${names.join(", ")} now.`;
}
