/**
 * The version of the records that steps write.
 *
 * @module
 */

/** Is in the closing record of each step; raised when a name or the meaning of one changes. */
export const recordsVersion = 2;
