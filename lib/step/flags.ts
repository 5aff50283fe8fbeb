/**
 * Flags of steps: how they are declared, what their values are, and the parsers that several steps use.
 *
 * @module
 */

/** A flag that is there or not. */
export interface SwitchFlag {
  readonly kind: "boolean";
  readonly brief: string;
  readonly default?: boolean;
  readonly optional?: boolean;
  readonly hidden?: boolean;
  readonly withNegated?: boolean;
}

/** A flag whose value is one of a closed set of words. */
export interface ChoiceFlag {
  readonly kind: "enum";
  readonly values: readonly string[];
  readonly brief: string;
  readonly default?: string;
  readonly optional?: boolean;
  readonly hidden?: boolean;
  readonly placeholder?: string;
}

/** A flag whose value is parsed. */
export interface ParsedFlag {
  readonly kind: "parsed";
  /** Throws a {@linkcode BadValue} for what can't be. */
  readonly parse: (input: string) => unknown;
  readonly brief: string;
  readonly default?: string;
  readonly optional?: boolean;
  readonly hidden?: boolean;
  readonly placeholder?: string;
  /** Whether it may be there several times: its value is a list then. */
  readonly variadic?: true;
}

/** The declaration of a flag, a part of what Stricli takes. */
export type Flag = SwitchFlag | ChoiceFlag | ParsedFlag;

/** The declarations of a step's own flags by name in camelCase; `logLevel` is written `--log-level`. */
export type Flags = Readonly<Record<string, Flag>>;

type Present<F, T> = F extends { readonly optional: true } ? T | undefined : T;
type ValueOf<F extends Flag> = F extends { readonly kind: "boolean" } ? Present<F, boolean>
  : F extends { readonly kind: "enum"; readonly values: readonly (infer V)[] } ? Present<F, V>
  : F extends { readonly variadic: true; readonly parse: (input: string) => infer V }
    ? Present<F, readonly Awaited<V>[]>
  : F extends { readonly kind: "parsed"; readonly parse: (input: string) => infer V } ? Present<F, Awaited<V>>
  : never;

/** The values that flags come to. */
export type FlagValues<F extends Flags> = { readonly [Name in keyof F]: ValueOf<F[Name]> };

/** A value can't be used for a flag. The message goes on after "as it": "must be a whole number from 1 to 9". */
export class BadValue extends Error {
  override name = "BadValue";
  /** The nearest value that would do. */
  readonly nearest?: string;
  constructor(message: string, nearest?: string | number) {
    super(message);
    this.nearest = nearest === undefined ? undefined : String(nearest);
  }
}

/** Parses a whole number from `least` to `most`. */
export function wholeNumber(least: number, most: number): (input: string) => number {
  const demand = `must be a whole number from ${least} to ${most}`;
  return (input) => {
    const value = Number(input);
    if (!/^[+-]?[0-9]+(\.[0-9]+)?$/.test(input)) throw new BadValue(demand);
    if (!Number.isSafeInteger(value) || value < least || value > most) {
      throw new BadValue(demand, Math.min(most, Math.max(least, Math.round(value))));
    }
    return value;
  };
}

/** Parses a finite number from `least` to `most`, in decimal notation. */
export function finiteNumber(least: number, most: number): (input: string) => number {
  const demand = `must be a number from ${least} to ${most}`;
  return (input) => {
    const value = Number(input);
    if (!/^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?$/i.test(input) || Number.isNaN(value)) {
      throw new BadValue(demand);
    }
    if (value < least || value > most) throw new BadValue(demand, Math.min(most, Math.max(least, value)));
    return value;
  };
}

/** Parses a finite number above 0 up to `most`, in decimal notation. */
export function positiveNumber(most: number): (input: string) => number {
  const parse = finiteNumber(0, most);
  return (input) => {
    try {
      const value = parse(input);
      if (value > 0) return value;
    } catch (error) {
      if (!(error instanceof BadValue)) throw error;
      throw new BadValue(`must be a number above 0, up to ${most}`, error.nearest === "0" ? undefined : error.nearest);
    }
    throw new BadValue(`must be a number above 0, up to ${most}`);
  };
}

/** Parses the seed of a run: 1 to 64 letters, digits, `.`, `_` or `-`. */
export function seedText(input: string): string {
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(input)) {
    throw new BadValue('must be 1 to 64 letters, digits, ".", "_" or "-"', nearestSeed(input));
  }
  return input;
}

/** Parses the id of an agent, or how one begins: 1 to 64 letters, digits and `-`. */
export function idText(input: string): string {
  if (!/^[A-Za-z0-9-]{1,64}$/.test(input)) throw new BadValue("must be the id of an agent, or how it begins");
  return input;
}

/** The one argument of a step that tells of one agent. */
export const agentArgument = {
  placeholder: "id",
  brief: "Id of an agent, alive or dead, or how it begins.",
  minimum: 1,
  parse: idText,
} as const;

/** Which agent a step is about: one by its id, or the best. */
export const bestArgument = {
  placeholder: "id",
  brief: "Id of an agent, or how it begins, or best; absent: best.",
  minimum: 0,
  parse: idText,
} as const;

function nearestSeed(input: string): string | undefined {
  return input.replace(/[^A-Za-z0-9._-]+/g, "-").slice(0, 64) || undefined;
}
