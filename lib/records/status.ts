/**
 * The states of an agent.
 *
 * @module
 */

/** All states of an agent. */
export const statuses = ["active", "disabled", "dead"] as const;

/** The state of an agent. */
export type Status = (typeof statuses)[number];
