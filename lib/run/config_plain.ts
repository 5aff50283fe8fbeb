/**
 * Takes a configuration that is plainly in order: the library that checks any, and says what is wrong, takes as long to
 * load as a step that has little to do.
 *
 * @module
 */

import { repeatedKey } from "../util/json_keys.ts";
import { defaultConfig } from "./config_defaults.ts";
import { beyondBounds, idleKeys, keysOf } from "./config_idle.ts";
import type { Config } from "./config_schema.ts";
import { withEnergyRule } from "./energy_rule.ts";
import { parseJson, withoutMark } from "./config_text.ts";
import schema from "./config.schema.json" with { type: "json" };

/** What is demanded of a key by the JSON Schema. */
interface Demand {
  readonly type?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Demand>>;
}

/** Sections of which their part of the JSON Schema does not say all that is demanded. */
const entangled = ["fitness", "hooks"];

const sections = schema.properties as Readonly<Record<string, Demand>>;

/**
 * The configuration that a text holds, as `parseConfig` gives it; `undefined` if that has to look, as the text may be wrong
 * or sets what is not plain.
 */
export function plainConfig(source: string): Config | undefined {
  const text = withoutMark(source);
  let value: unknown;
  try {
    value = parseJson(text, "");
  } catch {
    return undefined;
  }
  if (!isObject(value) || repeatedKey(text)) return undefined;
  const filled = filledUp(value);
  if (filled === undefined) return undefined;
  const given = keysOf(value);
  if (beyondBounds(given, filled).length + idleKeys(given, filled).length > 0) return undefined;
  return withEnergyRule(filled, given);
}

/** Sections and keys in the schema's order, as some of them are hashed in it. */
function filledUp(value: Readonly<Record<string, unknown>>): Config | undefined {
  const defaults: Readonly<Record<string, unknown>> = structuredClone(defaultConfig);
  const filled: Record<string, unknown> = {};
  if (!Object.keys(value).every((name) => Object.hasOwn(sections, name) && !entangled.includes(name))) return undefined;
  for (const [name, { type, properties = {} }] of Object.entries(sections)) {
    const own = Object.hasOwn(value, name) ? value[name] : undefined;
    if (type !== "object") {
      if (own !== undefined && !fits(own, sections[name]!)) return undefined;
      if (own !== undefined || Object.hasOwn(defaults, name)) filled[name] = own ?? defaults[name];
    } else if (own === undefined) {
      filled[name] = defaults[name];
    } else {
      if (!isObject(own)) return undefined;
      const isPlain = (key: string) => Object.hasOwn(properties, key) && fits(own[key], properties[key]!);
      if (!Object.keys(own).every(isPlain)) return undefined;
      const all = { ...defaults[name] as object, ...own } as Record<string, unknown>;
      filled[name] = Object.fromEntries(
        Object.keys(properties).filter((key) => Object.hasOwn(all, key)).map((key) => [key, all[key]]),
      );
    }
  }
  return filled as Config;
}

function fits(value: unknown, demand: Demand): boolean {
  const { type, minimum = -Infinity, exclusiveMinimum = -Infinity, maximum = Infinity, maxLength = Infinity } = demand;
  switch (type) {
    case "boolean":
      return typeof value === "boolean";
    case "string":
      return typeof value === "string" && value.length <= maxLength &&
        (demand.pattern === undefined || new RegExp(demand.pattern).test(value));
    case "integer":
    case "number":
      return typeof value === "number" && Number.isFinite(value) &&
        (type === "number" || Number.isSafeInteger(value)) &&
        value >= minimum && value > exclusiveMinimum && value <= maximum;
    default:
      return false;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
