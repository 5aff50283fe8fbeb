/**
 * A span of cycles.
 *
 * @module
 */

/** The cycles after `from` up to `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}
