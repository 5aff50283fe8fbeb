import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { loadConfig } from "../../lib/run/config.ts";
import { configJsonSchema, parseConfig } from "../../lib/run/config_check.ts";
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
  assertEquals(config, { ...defaultConfig, energy: { ...defaultConfig.energy, start: 7 } });
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
  ['{"hooks":[{}]}', "exactly one of command, webhook and module"],
  ['{"__proto__":{"x":1}}', '"__proto__" is unknown'],
  ['{"fitness":{"weights":{"__proto__":1,"score":1}}}', '"fitness.weights.__proto__" is unknown'],
  ['{"fitness":{"weights":{}}}', '"fitness.weights" must weigh at least one measure'],
  ['{"fitness":{"weights":{"score":0,"lines":0}}}', '"fitness.weights" must weigh at least one measure'],
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

Deno.test("configJsonSchema() describes the keys, none of them required", () => {
  const schema = configJsonSchema();
  assertEquals(schema.required, undefined);
  assertEquals(Object.keys(schema.properties as object).includes("selection"), true);
});

Deno.test("nearest() counts a swap as one edit, and knows when nothing is near", () => {
  assertEquals(nearest("strat", ["steps", "start"]), "start");
  assertEquals(nearest("zzzzzzzz", ["steps", "start"]), undefined);
});
