/**
 * Spaces of actions: what genes return, brought into the space, and the evidence of it.
 *
 * What it needs is taken when it is loaded.
 *
 * @module
 */

import { fromBase64, toBase64 } from "./base64.ts";
import type { Action, ActionSpace, Evidence, WorldSettings } from "./contract.ts";

const { freeze } = Object;
const { isFinite, isInteger } = Number;

/** Made when this is loaded: in an agent's process there is no `DataView` any more later. */
const scratch = new DataView(new ArrayBuffer(8));

/** What is no action of a space, in words that go on after "action N". */
export class NoAction extends Error {}

/** A space of actions, with what has been brought into it. */
export interface Space {
  /** How many actions can be voted for: those of a discrete space, else 0. */
  readonly actions: number;
  /** How many actions were missing or out of the space, and had to be replaced. */
  readonly invalid: number;
  /** Whether what a gene returned is meant as an action, be it in the space or not. */
  isChoice(returned: unknown): boolean;
  /** The action that is taken for a choice. */
  fit(choice: unknown): Action;
  /** The action that is taken where no gene has decided. */
  missing(): Action;
  /** The actions of an episode, as they are handed to the judge. */
  evidenceOf(actions: readonly Action[]): Evidence;
  /**
   * The actions that evidence holds.
   *
   * @throws {NoAction} If it is none of this space.
   */
  actionsOf(evidence: unknown): readonly Action[];
  /** The length of the longest evidence of an episode of so many steps, as JSON in characters. */
  longest(steps: number): number;
}

/** The space of a world's actions, for one evaluation. */
export function spaceOf({ actions, action }: Pick<WorldSettings, "action" | "actions">): Space {
  if (action === undefined) return new Discrete(actions!.length);
  switch (action.space) {
    case "discrete":
      return new Discrete("names" in action ? action.names.length : action.count);
    case "multiDiscrete":
      return new MultiDiscrete(action.counts);
    case "box":
      return new Box(action);
  }
}

class Discrete implements Space {
  readonly actions: number;
  invalid = 0;

  constructor(count: number) {
    this.actions = count;
  }

  isChoice(returned: unknown): boolean {
    return typeof returned === "number";
  }

  fit(choice: unknown): number {
    const action = choice as number;
    if (isInteger(action) && action >= 0 && action < this.actions) return action + 0;
    this.invalid++;
    return 0;
  }

  missing(): number {
    this.invalid++;
    return 0;
  }

  evidenceOf(actions: readonly Action[]): Evidence {
    return actions as readonly number[];
  }

  actionsOf(evidence: unknown): readonly number[] {
    for (const [at, action] of listOf(evidence).entries()) {
      if (!isWithin(action, this.actions)) {
        throw new NoAction(`action ${at} must be an integer from 0 to ${this.actions - 1}`);
      }
    }
    return evidence as readonly number[];
  }

  longest(steps: number): number {
    return 2 + steps * (digits(this.actions) + 1);
  }
}

class MultiDiscrete implements Space {
  readonly actions = 0;
  readonly #counts: readonly number[];
  readonly #zeros: readonly number[];
  invalid = 0;

  constructor(counts: readonly number[]) {
    this.#counts = counts;
    this.#zeros = freeze(counts.map(() => 0));
  }

  isChoice(returned: unknown): boolean {
    return isList(returned);
  }

  fit(choice: unknown): readonly number[] {
    const list = choice as ArrayLike<unknown>;
    let isWhole = list.length === this.#counts.length;
    const action = this.#counts.map((count, at) => {
      const part = list[at];
      if (isWithin(part, count)) return part + 0;
      isWhole = false;
      return 0;
    });
    if (!isWhole) this.invalid++;
    return freeze(action);
  }

  missing(): readonly number[] {
    this.invalid++;
    return this.#zeros;
  }

  evidenceOf(actions: readonly Action[]): Evidence {
    return actions as readonly (readonly number[])[];
  }

  actionsOf(evidence: unknown): readonly (readonly number[])[] {
    const counts = this.#counts;
    return listOf(evidence).map((action, at) => {
      if (
        Array.isArray(action) && action.length === counts.length &&
        action.every((part, i) => isWithin(part, counts[i]!))
      ) {
        return freeze(action);
      }
      throw new NoAction(`action ${at} must be ${counts.length} integers, each from 0 to below its count`);
    });
  }

  longest(steps: number): number {
    return 2 + steps * (2 + this.#counts.reduce((sum, count) => sum + digits(count) + 1, 0));
  }
}

class Box implements Space {
  readonly actions = 0;
  readonly #low: readonly number[];
  readonly #high: readonly number[];
  readonly #default: readonly number[];
  readonly #integer: boolean;
  invalid = 0;

  constructor({ length, low, high, integer = false, default: start }: Extract<ActionSpace, { space: "box" }>) {
    this.#low = spread(low, length);
    this.#high = spread(high, length);
    this.#integer = integer;
    this.#default = freeze(
      start === undefined ? this.#low.map((low, at) => this.#middle(low, this.#high[at]!)) : [...spread(start, length)],
    );
  }

  #middle(low: number, high: number): number {
    const middle = low + (high - low) / 2;
    return (this.#integer ? Math.floor(middle) : middle) + 0;
  }

  isChoice(returned: unknown): boolean {
    return isList(returned) || typeof returned === "number" && this.#low.length === 1;
  }

  fit(choice: unknown): readonly number[] {
    const list = (typeof choice === "number" ? [choice] : choice) as ArrayLike<unknown>;
    let isWhole = list.length === this.#low.length;
    const action = this.#low.map((low, at) => {
      const given = list[at];
      const part = this.#within(given, low, this.#high[at]!, this.#default[at]!);
      if (part !== given) isWhole = false;
      return part + 0;
    });
    if (!isWhole) this.invalid++;
    return freeze(action);
  }

  #within(part: unknown, low: number, high: number, start: number): number {
    if (typeof part !== "number" || !isFinite(part)) return start;
    const inside = Math.min(high, Math.max(low, part));
    return this.#integer ? Math.round(inside) : inside;
  }

  missing(): readonly number[] {
    this.invalid++;
    return this.#default;
  }

  evidenceOf(actions: readonly Action[]): Evidence {
    const width = this.#low.length * 8;
    const bytes = new Uint8Array(actions.length * width);
    for (let step = 0; step < actions.length; step++) {
      const action = actions[step] as readonly number[];
      for (let i = 0; i < action.length; i++) writeDouble(bytes, step * width + i * 8, action[i]!);
    }
    return toBase64(bytes);
  }

  actionsOf(evidence: unknown): readonly (readonly number[])[] {
    const bytes = bytesOf(evidence);
    const length = this.#low.length;
    if (bytes.length % (length * 8) !== 0) {
      throw new NoAction(`actions must have ${length} numbers each: there are ${bytes.length} bytes`);
    }
    const actions: (readonly number[])[] = [];
    for (let at = 0; at < bytes.length; at += length * 8) {
      const action = this.#low.map((_, i) => readDouble(bytes, at + i * 8));
      if (!action.every((part, i) => this.#holds(part, i))) {
        throw new NoAction(
          `action ${actions.length} must be ${length} ${this.#integer ? "integers" : "numbers"}, each in its range`,
        );
      }
      actions.push(freeze(action));
    }
    return actions;
  }

  /** Whether a number can be in the evidence: one that is in its range, and not -0. */
  #holds(part: number, at: number): boolean {
    return part >= this.#low[at]! && part <= this.#high[at]! && !Object.is(part, -0) &&
      (!this.#integer || isInteger(part));
  }

  longest(steps: number): number {
    return 2 + Math.ceil(steps * this.#low.length * 8 / 3) * 4;
  }
}

function listOf(evidence: unknown): readonly unknown[] {
  if (!Array.isArray(evidence)) throw new NoAction("actions must be a list");
  return evidence;
}

function bytesOf(evidence: unknown): Uint8Array {
  if (typeof evidence !== "string") throw new NoAction("actions must be a text in base64");
  try {
    return fromBase64(evidence);
  } catch {
    throw new NoAction("actions must be a text in base64");
  }
}

function writeDouble(bytes: Uint8Array, at: number, value: number): void {
  scratch.setFloat64(0, value, true);
  for (let i = 0; i < 8; i++) bytes[at + i] = scratch.getUint8(i);
}

function readDouble(bytes: Uint8Array, at: number): number {
  for (let i = 0; i < 8; i++) scratch.setUint8(i, bytes[at + i]!);
  return scratch.getFloat64(0, true);
}

function isWithin(part: unknown, count: number): part is number {
  return isInteger(part) && (part as number) >= 0 && (part as number) < count;
}

/** Whether something has numbers at places: a list, or an array of bytes or numbers. */
function isList(returned: unknown): boolean {
  return typeof returned === "object" && returned !== null && isInteger((returned as ArrayLike<unknown>).length);
}

function spread(value: number | readonly number[], length: number): readonly number[] {
  return typeof value === "number" ? new Array<number>(length).fill(value) : value;
}

function digits(count: number): number {
  return String(Math.max(0, count - 1)).length;
}
