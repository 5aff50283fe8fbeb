/**
 * Keys of the configuration that had other names before: what they are called now.
 *
 * @module
 */

/** By section, each former key with its present name. */
const formerKeys: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  isolation: { checked: "verifyFraction" },
  selection: { replaced: "replacementFraction" },
  residents: {
    readySeconds: "startTimeoutSeconds",
    heartbeatSeconds: "heartbeatIntervalSeconds",
    answerSeconds: "heartbeatTimeoutSeconds",
    restSeconds: "initialBackoffSeconds",
    capSeconds: "maxBackoffSeconds",
    healthySeconds: "minUptimeSeconds",
    ends: "maxRestarts",
    windowSeconds: "restartWindowSeconds",
  },
};

/** A configuration with the present names in the place of the former ones. */
export interface Renamed {
  /** Each former key that it had, as `section.key`, with its present name. */
  readonly names: readonly (readonly [former: string, present: string])[];
  /** The same configuration with the present names, as JSON. */
  readonly text: string;
}

/**
 * Gives the keys of a configuration their present names; its order and all else stays.
 *
 * @param value A configuration, valid or not.
 * @returns Nothing where it has no former name.
 */
export function renamed(value: unknown): Renamed | undefined {
  if (!isObject(value)) return undefined;
  const names: [string, string][] = [];
  const config = Object.fromEntries(
    Object.entries(value).map(([section, keys]) => {
      const known = Object.hasOwn(formerKeys, section) ? formerKeys[section]! : {};
      if (!isObject(keys)) return [section, keys];
      const entries = Object.entries(keys).flatMap(([key, held]) => {
        if (!Object.hasOwn(known, key)) return [[key, held]];
        const present = known[key]!;
        names.push([`${section}.${key}`, `${section}.${present}`]);
        return Object.hasOwn(keys, present) ? [] : [[present, held]];
      });
      return [section, Object.fromEntries(entries)];
    }),
  );
  return names.length === 0 ? undefined : { names, text: `${JSON.stringify(config, undefined, 2)}\n` };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
