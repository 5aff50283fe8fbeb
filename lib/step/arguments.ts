/**
 * Reads a step's command line by Stricli.
 *
 * @module
 */

import {
  type ApplicationText,
  buildApplication,
  buildCommand,
  type CommandContext,
  type FlagParametersForType,
  formatMessageForArgumentScannerError,
  run,
  text_en,
} from "@stricli/core";
import { formerNames } from "./former_flags.ts";
import { nearest } from "../util/nearest.ts";
import { Misuse } from "../util/issue.ts";
import { BadValue, type Flags } from "./flags.ts";
import { shownWidth, wrapHelp } from "./wrap.ts";

/** What a command line may hold. */
export interface Grammar {
  readonly name: string;
  readonly brief: string;
  /** What `--help` tells besides. */
  readonly description?: string;
  readonly flags: Flags;
  /** Arguments that are no flags, at least one; absent: there are none. */
  readonly positional?: Positional;
}

/** Arguments that are no flags. */
export interface Positional {
  readonly placeholder: string;
  readonly brief: string;
  /** Throws a {@linkcode BadValue} for what can't be. */
  readonly parse: (input: string) => string;
  readonly minimum: number;
  /** A flag that may be there several times, of which these are further values: `--from a b`. */
  readonly of?: string;
}

/** What a command line holds. */
export interface Arguments {
  readonly flags: Readonly<Record<string, unknown>>;
  readonly positional: readonly string[];
}

/**
 * Reads a command line.
 *
 * @param help Gets the text of `--help`, in lines that fit the terminal; elsewhere 80 columns.
 * @returns `undefined` if help was asked for.
 * @throws {Misuse} If a flag or a value can't be used: names the nearest valid one.
 */
export async function readArguments(
  grammar: Grammar,
  args: readonly string[],
  help: (text: string) => void,
): Promise<Arguments | undefined> {
  const former = formerNames(args, names(grammar).map((name) => `--${name}`));
  if (former !== undefined) throw wrong(former);
  let read: Arguments | undefined;
  let error: unknown;
  const text: ApplicationText = {
    ...text_en,
    exceptionWhileParsingArguments: (caught) => {
      error = caught;
      return "";
    },
  };
  const command = buildCommand<Record<string, unknown>, string[], CommandContext>({
    func: (flags, ...positional) => void (read = { flags, positional }),
    parameters: {
      flags: grammar.flags as unknown as FlagParametersForType<Record<string, unknown>>,
      positional: positionalOf(grammar),
    },
    docs: { brief: grammar.brief, fullDescription: grammar.description ?? grammar.brief },
  });
  const application = buildApplication(command, {
    name: `deno task ${grammar.name}`,
    scanner: { caseStyle: "allow-kebab-for-camel" },
    documentation: { disableAnsiColor: true },
    localization: { text },
  });
  const write = (text: string) => help(wrapHelp(text, shownWidth(80)));
  const process = { stdout: { write }, stderr: { write: () => {} }, env: {} };
  await run(application, args, { process });
  if (error !== undefined) throw misuse(grammar, error);
  return read && withFurther(grammar, read);
}

/** What was read, with arguments that are further values of a flag among its values. */
function withFurther(grammar: Grammar, { flags, positional }: Arguments): Arguments {
  const { of } = grammar.positional ?? {};
  if (of === undefined || positional.length === 0) return { flags, positional };
  const values = flags[of] as readonly string[] | undefined ?? [];
  if (values.length === 0) throw wrong(`${unexpected(grammar, positional[0]!)} It may follow --${kebab(of)} alone.`);
  return { flags: { ...flags, [of]: [...values, ...positional] }, positional: [] };
}

function positionalOf(grammar: Grammar) {
  const { positional } = grammar;
  if (!positional) return { kind: "tuple", parameters: [] } as never;
  const { placeholder, brief, parse, minimum } = positional;
  return { kind: "array", parameter: { placeholder, brief, parse }, minimum } as const;
}

function misuse(grammar: Grammar, error: unknown): Misuse {
  if (error instanceof BadValue) return wrong(error.message);
  const step = grammar.name;
  const message = formatMessageForArgumentScannerError(error as never, {
    FlagNotFoundError: ({ input }) => unknownFlag(grammar, input),
    AliasNotFoundError: ({ input }) => `Cannot use -${input} as ${step} has no such flag; ${allFlags(grammar)}.`,
    InvalidNegatedFlagSyntaxError: ({ message }) => `Cannot use a flag: ${message}.`,
    EnumValidationError: ({ externalFlagName, input, values }) => {
      const near = nearest(input, values);
      return `Cannot use ${JSON.stringify(input)} for --${externalFlagName} as it must be ${orList(values)}` +
        (near === undefined ? "." : `; the nearest valid one is ${near}.`);
    },
    ArgumentParseError: ({ externalFlagNameOrPlaceholder: name, input, exception }) => {
      const what = Object.keys(grammar.flags).some((flag) => kebab(flag) === name) ? `--${name}` : name;
      return `Cannot use ${JSON.stringify(input)} for ${what} as it ${demandOf(exception)}.`;
    },
    UnsatisfiedFlagError: ({ externalFlagName }) => `Cannot use --${externalFlagName} as it must have a value.`,
    UnexpectedFlagError: ({ externalFlagName }) => `Cannot use --${externalFlagName} twice.`,
    UnexpectedPositionalError: ({ input }) => unexpected(grammar, input),
    UnsatisfiedPositionalError: ({ placeholder }) => `Cannot run ${step} as it must be given ${placeholder}.`,
  });
  return wrong(message);
}

function wrong(message: string): Misuse {
  return new Misuse({ code: "arguments", message: `${message} See --help.` });
}

function unknownFlag(grammar: Grammar, input: string): string {
  const near = nearest(input, [...names(grammar), "help"]);
  const hint = near === undefined ? allFlags(grammar) : `the nearest valid one is --${near}`;
  return `Cannot use --${input} as ${grammar.name} has no such flag; ${hint}.`;
}

function unexpected(grammar: Grammar, input: string): string {
  return `Cannot use the argument ${JSON.stringify(input)} as ${grammar.name} takes flags only; ${allFlags(grammar)}.`;
}

function allFlags(grammar: Grammar): string {
  return `valid are ${names(grammar).map((name) => `--${name}`).join(", ")}`;
}

function names(grammar: Grammar): string[] {
  return Object.entries(grammar.flags).filter(([, flag]) => !flag.hidden).map(([name]) => kebab(name));
}

function demandOf(error: unknown): string {
  if (error instanceof BadValue) {
    return error.nearest === undefined ? error.message : `${error.message}; the nearest valid one is ${error.nearest}`;
  }
  return error instanceof SyntaxError ? "must be true or false" : `can't be read: ${(error as Error).message}`;
}

function orList(values: readonly string[]): string {
  return values.length < 2 ? values.join("") : `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
