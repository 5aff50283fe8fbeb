import fc from "fast-check";
import { assert, assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { loadConfig } from "../../lib/run/config.ts";
import { configJsonSchema, parseConfig } from "../../lib/run/config_check.ts";
import { plainConfig } from "../../lib/run/config_plain.ts";
import { defaultConfig } from "../../lib/run/config_defaults.ts";
import { configSchema } from "../../lib/run/config_schema.ts";
import { nearest } from "../../lib/util/nearest.ts";
import { type RunPaths, runPaths } from "../../lib/run/paths.ts";
import { Misuse } from "../../lib/util/issue.ts";

async function withConfig(text: string | undefined): Promise<RunPaths> {
  const folder = await Deno.makeTempDir();
  const config = `${folder}/config.json`;
  if (text !== undefined) await Deno.writeTextFile(config, text);
  return { ...runPaths(), config };
}

Deno.test("defaultConfig is what the schema gives for an empty object", () => {
  assertEquals(defaultConfig, configSchema.parse({}));
});

Deno.test("loadConfig() gives the defaults where there is no file, each time anew", async () => {
  const paths = await withConfig(undefined);
  const config = await loadConfig(paths);
  assertEquals(config, defaultConfig);
  config.limits.cpuSeconds = 99;
  assertEquals((await loadConfig(paths)).limits.cpuSeconds, defaultConfig.limits.cpuSeconds);
});

Deno.test("loadConfig() fills a partial file up with the defaults", async () => {
  const config = await loadConfig(await withConfig('{ "energy": { "start": 7 } }'));
  assertEquals(config, { ...defaultConfig, energy: { ...defaultConfig.energy, start: 7, rule: true } });
});

Deno.test("loadConfig() refuses what is no JSON, a folder, and a link to nothing", async () => {
  const error = await assertRejects(async () => await loadConfig(await withConfig("{")), Misuse);
  assertEquals((error as Misuse).issue.code, "config.syntax");
  const folder = await Deno.makeTempDir();
  await assertRejects(() => loadConfig({ ...runPaths(), config: folder }), Misuse, "must be a file");
  const config = `${folder}/config.json`;
  await Deno.symlink(`${folder}/nowhere`, config);
  await assertRejects(() => loadConfig({ ...runPaths(), config }), Misuse, "it is a link to nothing");
});

const wrong: readonly (readonly [string, string])[] = [
  ["[]", "it must be an object"],
  ['{"energi":{}}', '"energi" is unknown; the nearest valid one is "energy"'],
  ['{"energy":{"strat":1}}', 'the nearest valid one is "energy.start"'],
  ['{"hooks":[{"comand":["x"]}]}', 'the nearest valid one is "hooks.0.command"'],
  ['{"energy":{"start":-1}}', '"energy.start" must be at least 0: it is -1'],
  ['{"limits":{"cpuSeconds":1e9}}', '"limits.cpuSeconds" must be at most 3600'],
  ['{"limits":{"memoryMiB":1.5}}', '"limits.memoryMiB" must be a whole number: it is 1.5'],
  ['{"energy":{"cap":"x"}}', '"energy.cap" must be a finite number: it is "x"'],
  ['{"selection":{"strategy":"tornament"}}', 'the nearest is "tournament"'],
  ['{"hooks":[{"webhook":"ftp://x"}]}', '"hooks.0.webhook" must be a URL'],
  ['{"selection":{"reference":{"__proto__":1,"a":1}}}', '"selection.reference.__proto__" is unknown'],
  ['{"selection":{"islands":{"count":1}}}', '"selection.islands.count" must be at least 2: it is 1'],
  [
    '{"selection":{"islands":{"count":2,"topology":"rign"}}}',
    'must be ring, complete, none, the nearest is "ring": it is "rign"',
  ],
  ['{"selection":{"descriptors":[{"measure":"a","min":2,"max":2,"bins":3}]}}', 'must have a "min" that is less'],
  ['{"selection":{"descriptors":[{"measure":"a","min":0,"max":2,"bin":3}]}}', "selection.descriptors.0.bins"],
  ['{"hooks":[{}]}', "exactly one of command, webhook, webhookEnv and module"],
  [
    '{"hooks":[{"webhook":"http://x","webhookEnv":"EVOLVE_X"}]}',
    "exactly one of command, webhook, webhookEnv and module",
  ],
  [
    '{"hooks":[{"webhook":"http://x","secretEnv":"HOOK_KEY"}]}',
    '"hooks.0.secretEnv" must be the name of a variable that',
  ],
  ['{"hooks":[{"webhook":"http://x","secretEnv":["EVOLVE_A","x"]}]}', "begins with EVOLVE_, in capitals: it is"],
  ['{"hooks":[{"webhook":"http://x","secretEnv":7}]}', '"hooks.0.secretEnv" must be the name of a variable that'],
  ['{"hooks":[{"webhookEnv":"https://x"}]}', '"hooks.0.webhookEnv" must'],
  ['{"hooks":[{"command":["x"],"secretEnv":"EVOLVE_A"}]}', 'must not have "secretEnv" beside "command"'],
  ['{"hooks":[{"module":"plugins/a.ts","format":"cloudevents"}]}', 'must not have "format" without a webhook'],
  ['{"hooks":[{"webhook":"http://x","format":"cloudevent"}]}', 'the nearest is "cloudevents"'],
  ['{"hooks":[{"command":["x"],"agents":["a"],"on":["cycle.finished"]}]}', 'must not have "agents" beside "cycle.fin'],
  [
    '{"hooks":[{"command":["x"],"agents":["a"],"on":["evaluator.dropped"]}]}',
    'or "evaluator.dropped" alone, which are of no',
  ],
  ['{"hooks":[{"command":["x"],"retry":{"maxBackoffSeconds":5}}]}', '"hooks.0.retry" must have an "initialBackoffSec'],
  ['{"hooks":[{"command":["x"],"retry":{"attempts":5}}]}', 'the nearest valid one is "hooks.0.retry.maxAttempts"'],
  ['{"__proto__":{"x":1}}', '"__proto__" is unknown'],
  ['{"fitness":{"weights":{"__proto__":1,"score":1}}}', '"fitness.weights.__proto__" is unknown'],
  ['{"fitness":{"weights":{}}}', '"fitness.weights" must weigh at least one measure'],
  ['{"fitness":{"weights":{"score":0,"lines":0}}}', '"fitness.weights" must weigh at least one measure'],
  [
    '{"world":{"schedule":[{"environment":"a"},{"environment":"b"}]}}',
    '"world.schedule" must have cycles in each entry',
  ],
  ['{"world":{"schedule":[]}}', '"world.schedule" must have at least 1 entry'],
  ['{"world":{"schedule":[{"environment":"a","cycle":3}]}}', 'the nearest valid one is "world.schedule.0.cycles"'],
  ['{"world":{"schedule":[{"environment":"a","cycles":0}]}}', '"world.schedule.0.cycles" must be at least 1: it is 0'],
  ['{"fitness":{"of":"meen"}}', '"fitness.of" must be mean, median, lowerBound, the nearest is "mean": it is "meen"'],
  ['{"fitness":{"of":1}}', '"fitness.of" must be mean, median, lowerBound: it is 1'],
  ['{"fitness":{"module":"mine.ts"}}', '"fitness.module" must be the path of a module in plugins/'],
  ['{"energy":{"start":1e999}}', '"energy.start" must be a finite number: it is Infinity'],
  ['{"energy":{"start":null}}', '"energy.start" must be a finite number: it is null'],
  ['{"hooks":[{"command":[]}]}', '"hooks.0.command" must have at least 1 entry'],
  ['{"hooks":[{"command":[""]}]}', '"hooks.0.command" must begin with a program'],
  ['{"hooks":[{"command":["a"],"on":["agent.died","agent.died"]}]}', '"hooks.0.on" must name each type of event once'],
];

for (const [text, expected] of wrong) {
  Deno.test(`parseConfig() explains ${text}`, () => {
    const error = assertThrows(() => parseConfig(text, "config.json"), Misuse);
    assertStringIncludes((error as Misuse).message, expected);
    assertEquals((error as Misuse).issue.path, "config.json");
  });
}

Deno.test("parseConfig() refuses a key that is there twice, wherever it is, and says where", () => {
  const text = '{ "energy": { "start": 1 },\n  "energy": { "income": 2 } }';
  const { issue } = assertThrows(() => parseConfig(text, "config.json"), Misuse);
  assertEquals(issue, {
    code: "config.repeated",
    message: 'Cannot use the configuration: "energy" must be there once: it is there at 1:3 and at 2:3.',
    path: "config.json:2:3",
  });
});

Deno.test("parseConfig() takes a text that begins with a byte order mark", () => {
  assertEquals(parseConfig('\uFEFF{"energy":{"start":7}}', "config.json").energy.start, 7);
});

Deno.test("lib/run/config.schema.json is the schema that configSchema comes to", async () => {
  const { default: written } = await import("../../lib/run/config.schema.json", { with: { type: "json" } });
  const fresh = "write configJsonSchema() there as JSON, then `deno fmt`";
  assertEquals(JSON.stringify(written), JSON.stringify(configJsonSchema()), fresh);
});

/** What parseConfig() makes of a text; undefined where it refuses it. */
function parsed(text: string): unknown {
  try {
    return parseConfig(text, "config.json");
  } catch (error) {
    if (error instanceof Misuse) return undefined;
    throw error;
  }
}

Deno.test("plainConfig() gives what parseConfig() gives, or nothing", () => {
  const schema = configJsonSchema() as { properties: Record<string, { properties?: Record<string, object> }> };
  const names = Object.keys(schema.properties);
  const part = fc.constantFrom(...names, "other", "__proto__").chain((name) => {
    const keys = [...Object.keys(schema.properties[name]?.properties ?? {}), "other", "__proto__"];
    const value = fc.oneof(
      fc.constantFrom(
        0,
        -0,
        1,
        2,
        4,
        0.5,
        10,
        64,
        65,
        1e6,
        1e300,
        -1,
        true,
        false,
        null,
        "",
        "energy",
        "none",
        "x".repeat(65),
      ),
      fc.constant({}),
    );
    const section = fc.array(fc.tuple(fc.constantFrom(...keys), value), { maxLength: 2 });
    return fc.tuple(fc.constant(name), fc.oneof({ weight: 9, arbitrary: section }, value));
  });
  const text = (parts: [string, unknown][]) => {
    const shown = (value: unknown) => Array.isArray(value) ? object(value) : JSON.stringify(value);
    const object = (entries: [string, unknown][]): string =>
      `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${shown(value)}`)}}`;
    return object(parts);
  };
  let plain = 0;
  const same = (source: string) => {
    const taken = plainConfig(source);
    if (taken === undefined) return;
    plain++;
    assertEquals(JSON.stringify(taken), JSON.stringify(parsed(source)), source);
  };
  fc.assert(fc.property(fc.array(part, { maxLength: 3 }), (parts) => same(text(parts))), { numRuns: 2000 });
  assert(plain > 200, `${plain} were plain`);
  const others = ['{"world":{"steps":1e999}}', '{"world":{"steps":20},"world":{}}', "[]", "null", "", '{"hooks":[{}]}'];
  for (const source of others) assertEquals(plainConfig(source), undefined, source);
  const usual = '\uFEFF{"world":{"steps":20,"episodes":1},"selection":{"replacementFraction":0.5,"elites":0.2}}';
  assertEquals(JSON.stringify(plainConfig(usual)), JSON.stringify(parsed(usual)));
});

Deno.test("configJsonSchema() describes the keys, none of them required", () => {
  const schema = configJsonSchema();
  assertEquals(schema.required, undefined);
  assertEquals(Object.keys(schema.properties as object).includes("selection"), true);
});

Deno.test("nearest() counts a swap as one edit, and knows when nothing is near", () => {
  assertEquals(nearest("strat", ["steps", "start"]), "start");
  assertEquals(nearest("zzzzzzzz", ["steps", "start"]), undefined);
});
