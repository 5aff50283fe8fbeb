/**
 * One module for the user's own program: the genes and the world of an agent, and what plays them.
 *
 * @module
 */

import { carrierName, parameterName } from "../isolation/artifact.ts";
import { withOwnMethods } from "./own_methods.ts";

/** Languages of a module. */
export const moduleLanguages = ["js", "ts"] as const;

/** What a module is written in: `js` has types in comments. */
export type ModuleLanguage = typeof moduleLanguages[number];

/** What a module is made of. */
export interface ModuleParts {
  /** JavaScript of the genes and the world, from `PoolParts.textFor`. */
  readonly genes: string;
  /** What plays them, from `bundleCarrier`. */
  readonly carrier: string;
  /** Where genes' random numbers come from, where they are the same for the same genome. */
  readonly genomeSeed: string | undefined;
  /** Lines about where it is from, without the end of a comment. */
  readonly about: readonly string[];
}

const types = `
/** Where random numbers come from: any text or number; or the seeds of an episode that was recorded. */
export type Seed = string | number | {
  readonly genes: string;
  readonly world: string;
  readonly layout: string;
  readonly episode?: number;
};

/** A number of a discrete space, or the numbers of another one. */
export type Action = number | readonly number[];

/** What an episode is to be; all of it may be left out. */
export interface RunOptions {
  /** What the world reads as its data, by name. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** An environment of the world by name, or its settings. */
  readonly environment?: string | Readonly<Record<string, number>>;
  /** Which instance of the problem, from 0. */
  readonly instance?: number;
  readonly seed?: Seed;
  /** Steps that the episode may last. */
  readonly steps?: number;
}

/** What an episode came to. */
export interface RunResult {
  // deno-lint-ignore no-explicit-any
  readonly answer: any;
  readonly actions: readonly Action[];
  readonly objectives: Readonly<Record<string, number>>;
  readonly violation: number;
  readonly measures: Readonly<Record<string, number>>;
}

/** What a policy is to be; all of it may be left out. */
export interface PolicyOptions {
  readonly seed?: Seed;
  /** What genes read as the number of steps. */
  readonly steps?: number;
  /** What genes read as \`context.instance\`. */
  readonly inform?: unknown;
}

/** Decides step by step in a world of the program's own. */
export interface Policy {
  act(perception: Readonly<Record<string, number | readonly number[]>>, reward?: number): Action;
}
`;

const typesInComments = `
/**
 * Where random numbers come from: any text or number; or the seeds of an episode that was recorded.
 *
 * @typedef {string | number | { genes: string, world: string, layout: string, episode?: number }} Seed
 */

/**
 * A number of a discrete space, or the numbers of another one.
 *
 * @typedef {number | readonly number[]} Action
 */

/**
 * What an episode is to be; all of it may be left out.
 *
 * @typedef {object} RunOptions
 * @property {Readonly<Record<string, unknown>>} [data] What the world reads as its data, by name.
 * @property {string | Readonly<Record<string, number>>} [environment] An environment of the world by name, or its settings.
 * @property {number} [instance] Which instance of the problem, from 0.
 * @property {Seed} [seed]
 * @property {number} [steps] Steps that the episode may last.
 */

/**
 * What an episode came to.
 *
 * @typedef {object} RunResult
 * @property {any} answer
 * @property {readonly Action[]} actions
 * @property {Readonly<Record<string, number>>} objectives
 * @property {number} violation
 * @property {Readonly<Record<string, number>>} measures
 */

/**
 * What a policy is to be; all of it may be left out.
 *
 * @typedef {object} PolicyOptions
 * @property {Seed} [seed]
 * @property {number} [steps] What genes read as the number of steps.
 * @property {unknown} [inform] What genes read as \`context.instance\`.
 */

/**
 * Decides step by step in a world of the program's own.
 *
 * @typedef {object} Policy
 * @property {(perception: Readonly<Record<string, number | readonly number[]>>, reward?: number) => Action} act
 */
`;

/** The text of a module: the same for the same parts. */
export function moduleText({ genes, carrier, genomeSeed, about }: ModuleParts, language: ModuleLanguage): string {
  const isTyped = language === "ts";
  const own = unusedName("own", genes);
  const seed = genomeSeed === undefined ? "" : `, ${JSON.stringify(genomeSeed)}`;
  const signature = (options: string, result: string) =>
    isTyped ? `(options: ${options} = {}): ${result}` : "(options = {})";
  const comment = (text: string, options: string, result: string) =>
    isTyped ? `/** ${text} */` : `/**\n * ${text}\n *\n * @param {${options}} [options]\n * @returns {${result}}\n */`;
  return `// @ts-nocheck its types are those of what it exports
/**
${about.map((line) => ` * ${line}`.trimEnd()).join("\n")}
 *
 * @module
 */
// deno-fmt-ignore-file
// deno-lint-ignore-file
/* eslint-disable */
${isTyped ? types : typesInComments}
${comment("Plays one episode in the world that the agent was evolved in.", "RunOptions", "RunResult")}
export function run${signature("RunOptions", "RunResult")} {
  return ${carrierName}.run(genes, options${seed});
}

${comment("The agent at the beginning of an episode in a world of the program's own.", "PolicyOptions", "Policy")}
export function policy${signature("PolicyOptions", "Policy")} {
  return ${carrierName}.policy(genes, options${seed});
}

/** The active genes and the world, evaluated anew for each episode. */
const genes = (${parameterName}, { own: ${own}, Math, Number, String, parseFloat, parseInt }) => {
${withOwnMethods(genes, own).trim()}
};

/* What plays them, made small: it is the same for all agents. */
${carrier}
`;
}

/** A name that stands nowhere in a text. */
function unusedName(name: string, text: string): string {
  return text.includes(name) ? unusedName(`_${name}`, text) : name;
}
