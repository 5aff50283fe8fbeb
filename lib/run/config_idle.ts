/**
 * Keys of a configuration that have no effect beside others: what a person set and nothing would ever come of.
 *
 * @module
 */

import type { Config } from "./config_schema.ts";
import { isPlugin, shippedTraits, strategyOptions, type StrategyTraits } from "./strategy_names.ts";

/** Keys that a strategy has no use for. */
export function unusedOf({ uses, byFitness, energy }: StrategyTraits): string[] {
  return [
    ...strategyOptions.filter((name) => !uses.includes(name)).map((name) => `selection.${name}`),
    ...(byFitness ? [] : ["fitness"]),
    ...(energy === "never" ? ["energy"] : energy === "always" ? ["energy.rule"] : []),
  ];
}

interface Rule {
  /** Keys, or sections, that have no effect. */
  readonly keys: readonly string[];
  /** Whether that is so. */
  readonly when: (config: Config) => boolean;
  /** What makes it so. */
  readonly beside: string;
}

const strategies = Object.entries(shippedTraits).map(([name, traits]): Rule => ({
  keys: unusedOf(traits),
  when: ({ selection }) => selection.strategy === name,
  beside: `"selection.strategy": "${name}"`,
}));

const mail = (zero: "addresses" | "messages" | "inbox"): Rule => ({
  keys: (["addresses", "messages", "inbox"] as const).filter((key) => key !== zero).map((key) => `mail.${key}`),
  when: (config) => config.mail[zero] === 0,
  beside: `"mail.${zero}": 0`,
});

const rules: readonly Rule[] = [
  {
    keys: ["world.environment"],
    when: ({ world }) => world.schedule !== undefined,
    beside: '"world.schedule", which says which environment holds when',
  },
  {
    keys: ["fitness.weights", "fitness.of"],
    when: ({ fitness }) => fitness.module !== undefined,
    beside: '"fitness.module", which gives the fitness instead',
  },
  {
    keys: ["selection.race"],
    when: ({ fitness }) => fitness.module !== undefined,
    beside: '"fitness.module", as a race goes by fitness.weights alone',
  },
  ...strategies,
  {
    keys: ["selection.replacementFraction"],
    when: ({ selection }) => selection.strategy === "truncation-tournament" && selection.elites === 1,
    beside: '"selection.elites": 1, as no elite dies by rank',
  },
  {
    keys: ["energy.start", "energy.income", "energy.upkeep", "energy.cap"],
    when: ({ energy, selection }) =>
      energy.rule === false && !isPlugin(selection.strategy) &&
      shippedTraits[selection.strategy as keyof typeof shippedTraits].energy === "configured",
    beside: '"energy.rule": false',
  },
  {
    keys: ["backoff.capCycles", "backoff.jitter"],
    when: ({ backoff }) => backoff.crashes === 1,
    beside: '"backoff.crashes": 1, as the first failure disables',
  },
  {
    keys: ["backoff.jitter"],
    when: ({ backoff }) => backoff.capCycles === 1,
    beside: '"backoff.capCycles": 1, as no back-off is longer',
  },
  {
    keys: ["initialBackoffSeconds", "maxBackoffSeconds", "jitter", "minUptimeSeconds", "restartWindowSeconds"].map((
      key,
    ) => `residents.${key}`),
    when: ({ residents }) => residents.maxRestarts === 1,
    beside: '"residents.maxRestarts": 1, as the first end disables',
  },
  mail("addresses"),
  mail("messages"),
  mail("inbox"),
];

/**
 * What a configuration sets in vain, in words: each key, and what takes its effect.
 *
 * @param given The keys that the text sets, as {@linkcode keysOf} gives them; a default is never in vain.
 * @param config The whole configuration.
 */
export function idleKeys(given: ReadonlyMap<string, unknown>, config: Config): string[] {
  const idle = rules.filter(({ when }) => when(config)).flatMap((rule) =>
    among(given, rule.keys).map((key) => `"${key}" has no effect beside ${rule.beside}`)
  );
  return [...idle, ...idleMigration(given)];
}

/** What is said of migrants where there are none. */
function idleMigration(given: ReadonlyMap<string, unknown>): string[] {
  const islands = Object(given.get("selection.islands")) as Record<string, unknown>;
  if (islands.topology !== "none") return [];
  return ["interval", "share"].filter((key) => Object.hasOwn(islands, key)).map((key) =>
    `"selection.islands.${key}" has no effect beside "selection.islands.topology": "none"`
  );
}

/**
 * What a configuration sets beyond what another key allows, in words.
 *
 * @param given As for {@linkcode idleKeys}.
 */
export function beyondBounds(given: ReadonlyMap<string, unknown>, { energy, residents, selection }: Config): string[] {
  const bounds = [
    ["energy.start", energy.start, "energy.cap", energy.cap],
    [
      "residents.initialBackoffSeconds",
      residents.initialBackoffSeconds,
      "residents.maxBackoffSeconds",
      residents.maxBackoffSeconds,
    ],
  ] as const;
  return [
    ...crowded(selection),
    ...overfull(selection),
    ...bounds.filter(([key, value, , most]) => given.has(key) && value > most)
      .map(([key, value, bound, most]) => `"${key}" must be at most "${bound}", which is ${most}: it is ${value}`),
    ...starving(energy),
  ];
}

/** More islands than agents. */
function crowded({ islands, size }: Config["selection"]): string[] {
  if (!islands || size === undefined || islands.count <= size) return [];
  return [`"selection.islands.count" must be at most "selection.size", which is ${size}: it is ${islands.count}`];
}

/** More that a race keeps than it is of. */
function overfull({ race }: Config["selection"]): string[] {
  if (!race || race.keep <= race.first) return [];
  return [`"selection.race.keep" must be at most "selection.race.first", which is ${race.first}: it is ${race.keep}`];
}

/** An upkeep that not even the best can earn. */
function starving({ income, upkeep }: Config["energy"]): string[] {
  if (upkeep === 0 || upkeep < 2 * income) return [];
  const most = `"energy.upkeep" must be less than twice "energy.income", which is ${income}, as all starve otherwise`;
  return [`${most}: it is ${upkeep}`];
}

/** The flags of one call that leave keys of the configuration without effect. */
export interface CallFlags {
  /** `--isolation`; absent: the call is not about it. */
  readonly isolation?: string;
  /** `--mode`; absent: the call is not about it. */
  readonly mode?: string;
  /** `--selection`; absent: the configured one holds. */
  readonly selection?: string;
  /** Whether there is `--evaluators`; absent: the call is not about it. */
  readonly evaluators?: boolean;
}

/**
 * What a configuration sets without effect in one call, in words.
 *
 * No error, unlike {@linkcode idleKeys}: the same configuration serves calls with other flags.
 *
 * @param given As for {@linkcode idleKeys}.
 */
export function idleInCall(
  given: ReadonlyMap<string, unknown>,
  { isolation, mode, selection, evaluators }: CallFlags,
): string[] {
  const said = (named: readonly string[], why: string) => {
    const keys = among(given, named).map((key) => `"${key}"`).join(", ");
    return keys === "" ? [] : [`${keys}: without effect in this call, ${why}.`];
  };
  return [
    ...(isolation === undefined || isolation === "shared"
      ? []
      : said(["isolation.verifyFraction"], `which has --isolation ${isolation} and not shared`)),
    ...(evaluators === undefined || evaluators ? [] : said(["evaluators"], "which is without --evaluators")),
    ...(mode === undefined || mode === "resident" ? [] : said(["residents"], `which is without --mode resident`)),
    ...said(unusedByName(selection), `for which --selection ${selection} has no use`),
  ];
}

function unusedByName(name: string | undefined): string[] {
  return name !== undefined && Object.hasOwn(shippedTraits, name)
    ? unusedOf(shippedTraits[name as keyof typeof shippedTraits])
    : [];
}

/** Those of the keys that are named, or whose section is; a value of 0 asks for nothing and is never in vain. */
export function among(given: ReadonlyMap<string, unknown>, named: readonly string[]): string[] {
  return [...given].filter(([key, value]) =>
    value !== 0 && named.some((name) => key === name || key.startsWith(`${name}.`))
  ).map(([key]) => key);
}

/** What a configuration sets, by dotted keys of section and key; weights are one key. */
export function keysOf(value: object): Map<string, unknown> {
  return new Map(
    Object.entries(value).flatMap(([section, inner]) =>
      typeof inner === "object" && inner !== null && !Array.isArray(inner)
        ? Object.entries(inner).map(([key, set]) => [`${section}.${key}`, set] as const)
        : [[section, inner] as const]
    ),
  );
}
