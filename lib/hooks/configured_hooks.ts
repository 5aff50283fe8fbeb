/**
 * The hooks that the configuration names.
 *
 * @module
 */

import { type EventType, eventTypes } from "../records/events.ts";
import { loadConfig, readConfig } from "../run/config.ts";
import type { Config } from "../run/config_schema.ts";
import { sha256 } from "../util/hash.ts";
import type { RunPaths } from "../run/paths.ts";
import { Misuse } from "../util/issue.ts";
import { CommandHook } from "./command_hook.ts";
import { type Delivery, type HookLimits, outputBytes } from "./delivery.ts";
import { ModuleHook } from "./module_hook.ts";
import { Webhook } from "./webhook.ts";

type HookConfig = Config["hooks"][number];

/** A hook, ready to be called. */
export interface ConfiguredHook {
  /** Name of its cursor: the same as long as its receiver and its types of events are. */
  readonly name: string;
  readonly on: ReadonlySet<EventType>;
  readonly delivery: Delivery;
}

/**
 * The hooks that the configuration names.
 *
 * Needs read permission for `workspace/config.json`. The schema is loaded only if there is any hook.
 *
 * @param say Says a line that a hook's module has printed.
 * @throws {Misuse} If the configuration is invalid, or a hook waits for events that do not exist.
 */
export async function configuredHooks(
  paths: RunPaths,
  say: (line: string) => void,
): Promise<ConfiguredHook[]> {
  if (!await mayHaveHooks(paths.config)) return [];
  const { hooks } = await loadConfig(paths);
  const names = new Map<string, number>();
  const configured: ConfiguredHook[] = [];
  for (const [index, hook] of hooks.entries()) {
    const identity = await sha256(JSON.stringify([hook.command, hook.webhook, hook.module, hook.on]));
    const before = names.get(identity) ?? 0;
    names.set(identity, before + 1);
    configured.push({
      name: `hook:${identity.slice(0, 32)}:${before}`,
      on: typesOf(hook, index, paths.config),
      delivery: deliveryOf(hook, paths, say),
    });
  }
  return configured;
}

/** Spares the loading of the schema where the configuration certainly names no hook. */
async function mayHaveHooks(path: string): Promise<boolean> {
  const text = await readConfig(path);
  if (text === undefined) return false;
  try {
    const config = JSON.parse(text);
    return config?.hooks !== undefined && config.hooks.length !== 0;
  } catch {
    return true;
  }
}

function typesOf(hook: HookConfig, index: number, path: string): ReadonlySet<EventType> {
  for (const type of hook.on ?? []) {
    if (!(eventTypes as readonly string[]).includes(type)) {
      throw new Misuse({
        code: "config.invalid",
        message: `Cannot use hooks.${index}.on as it must hold types of events: ${JSON.stringify(type)} is none of ` +
          `${eventTypes.join(", ")}.`,
        path,
      });
    }
  }
  return new Set((hook.on ?? eventTypes) as readonly EventType[]);
}

function deliveryOf(
  { command, webhook, module, timeoutSeconds }: HookConfig,
  paths: RunPaths,
  say: (line: string) => void,
): Delivery {
  const limits: HookLimits = { timeoutMs: timeoutSeconds * 1000, outputBytes };
  if (command) return new CommandHook(command, { cwd: paths.root, limits });
  if (webhook) return new Webhook(webhook, limits);
  return new ModuleHook(module!, { folder: `${paths.logs}/hooks`, limits, say });
}
