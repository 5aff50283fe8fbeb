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
import type { EventFilter } from "../db/deliveries.ts";
import { type Delivery, type HookLimits, outputBytes } from "./delivery.ts";
import { ModuleHook } from "./module_hook.ts";
import { Webhook } from "./webhook.ts";

type HookConfig = Config["hooks"][number];

/** How long, and how often, a hook is tried. */
export type RetryRule = HookConfig["retry"];

/** A hook, ready to be called. */
export interface ConfiguredHook {
  /** Name of its cursor: the same as long as its receiver and its filters are. */
  readonly name: string;
  readonly filter: EventFilter;
  readonly ordered: boolean;
  readonly retry: RetryRule;
  readonly timeoutMs: number;
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
    const identity = await sha256(identityOf(hook));
    const before = names.get(identity) ?? 0;
    names.set(identity, before + 1);
    configured.push({
      name: `hook:${identity.slice(0, 32)}:${before}`,
      filter: { types: typesOf(hook, index, paths.config), agents: hook.agents },
      ordered: hook.ordered,
      retry: hook.retry,
      timeoutMs: hook.timeoutSeconds * 1000,
      delivery: deliveryOf(hook, paths, say),
    });
  }
  return configured;
}

/** What makes a hook another one. An entry that is not set leaves it as it was before there was any such. */
function identityOf({ command, webhook, module, on, webhookEnv, agents }: HookConfig): string {
  return JSON.stringify([command, webhook, module, on, ...(webhookEnv || agents ? [webhookEnv, agents] : [])]);
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

function typesOf(hook: HookConfig, index: number, path: string): readonly EventType[] {
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
  return (hook.on ?? eventTypes) as readonly EventType[];
}

function deliveryOf(hook: HookConfig, paths: RunPaths, say: (line: string) => void): Delivery {
  const { command, webhook, webhookEnv, module, secretEnv, format, timeoutSeconds } = hook;
  const limits: HookLimits = { timeoutMs: timeoutSeconds * 1000, outputBytes };
  if (command) return new CommandHook(command, { cwd: paths.root, limits });
  const names = secretEnv === undefined || Array.isArray(secretEnv) ? secretEnv : [secretEnv];
  if (module) return new ModuleHook(module, { folder: `${paths.logs}/hooks`, limits, say, secretEnv: names });
  return new Webhook(webhook ?? { env: webhookEnv! }, limits, { secretEnv: names, format });
}
