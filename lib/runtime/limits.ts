/**
 * The bounds that the runtime sets to one evaluation, whatever the configuration says.
 *
 * @module
 */

/** Bounds of an evaluation; what exceeds them is dropped or refused, as the contract says in each place. */
export const limits = {
  /** Names of signals in an episode. */
  signals: 256,
  /** UTF-16 code units of a signal's name or a memory's key. */
  name: 64,
  /** Numbers in all signals of an episode. */
  signalNumbers: 65_536,
  /** Numbers that an agent can remember. */
  memory: 4096,
  /** Numbers of a point that is probed. */
  point: 4096,
  /** Numbers that a world tells of an episode. */
  informed: 4_194_304,
  /** Levels of lists and records in what a world tells of an episode, or answers. */
  depth: 32,
  /** UTF-16 code units of a world's answer as JSON: 1 MiB of plain text. */
  answer: 1024 * 1024,
  /** Shapes of a frame. */
  shapes: 2000,
  /** Points in all lines of a frame. */
  points: 20_000,
  /** UTF-16 code units of a shape's text or label. */
  shapeText: 200,
  /** Largest magnitude of a number in a shape. */
  coordinate: 1e12,
  /** Frames of an episode. */
  frames: 500,
  /** UTF-16 code units of an episode's shapes as JSON. */
  drawn: 64 * 1024 * 1024,
  /** Values in a trace, about. */
  traced: 262_144,
  /** Messages that an agent can send in a cycle. */
  messages: 256,
  /** Numbers in a message. */
  body: 16,
  /** Largest magnitude of a number in a message. */
  mailed: 1e12,
  /** Largest score or magnitude of a measure. */
  score: 1e12,
  /** Measures of a judgement. */
  measures: 32,
  /** UTF-16 code units of an error's text. */
  message: 240,
  /** UTF-16 code units of a request line. */
  request: 64 * 1024 * 1024,
} as const;

/** Whether something is a name that a signal or what is remembered may have. */
export function isName(name: unknown): name is string {
  return typeof name === "string" && name.length <= limits.name;
}
