/** How much is tried: `-- COUNT SEED` after the tests' names; else a sample. */

const [asked = "24", named = "tests"] = Deno.args;

/** How many evaluations. */
export const count = Number(asked);
/** The seed of all that is random. */
export const seed = named;
