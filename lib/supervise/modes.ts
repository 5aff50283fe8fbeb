/**
 * The modes of supervising, as `--mode` takes them.
 *
 * @module
 */

/** All of them; which one it is changes no result. */
export const modes = ["episode", "resident"] as const;

/** A mode of supervising: a process for each life, or for each agent one that lasts. */
export type Mode = (typeof modes)[number];
