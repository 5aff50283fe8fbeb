/**
 * An evaluation that is left to the next step.
 *
 * @module
 */

/** What an evaluation ends with that was asked elsewhere, and not answered yet when the step was to end. */
export class Left extends Error {
  override readonly name = "Left";
}
