import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { parseConfig } from "../../lib/run/config_check.ts";
import { defaultConfig } from "../../lib/run/config_defaults.ts";
import { configSchema } from "../../lib/run/config_schema.ts";
import { Misuse } from "../../lib/util/issue.ts";
import { shippedTraits, strategyNames, strategyOptions } from "../../lib/run/strategy_names.ts";
import { plan } from "../../lib/selection/core.ts";
import { loadStrategy } from "../../lib/selection/strategies.ts";
import { traitsOf } from "../../lib/steps/select/planner.ts";
import { trial } from "../selection/made.ts";
import { candidate, planInput } from "../selection/made_candidates.ts";

const idle: readonly (readonly [string, string, string])[] = [
  ['{"fitness":{"weights":{"score":1},"module":"plugins/a.ts"}}', "fitness.weights", "fitness.module"],
  ['{"world":{"environment":"a","schedule":[{"environment":"b"}]}}', "world.environment", '"world.schedule"'],
  ['{"fitness":{"of":"median","module":"plugins/a.ts"}}', "fitness.of", '"fitness.module"'],
  ['{"selection":{"strategy":"none","tournamentSize":4}}', "selection.tournamentSize", '"none"'],
  ['{"selection":{"strategy":"none","elites":0.1}}', "selection.elites", '"none"'],
  ['{"selection":{"strategy":"none"},"fitness":{"weights":{"score":1}}}', "fitness.weights", '"none"'],
  ['{"selection":{"strategy":"none"},"energy":{"upkeep":30}}', "energy.upkeep", '"none"'],
  ['{"selection":{"strategy":"energy","replacementFraction":0.3}}', "selection.replacementFraction", '"energy"'],
  ['{"selection":{"strategy":"energy"},"fitness":{"module":"plugins/a.ts"}}', "fitness.module", '"energy"'],
  ['{"selection":{"elites":1,"replacementFraction":0.3}}', "selection.replacementFraction", '"selection.elites": 1'],
  [
    '{"selection":{"islands":{"count":4,"topology":"none","share":0.1}}}',
    "selection.islands.share",
    '"selection.islands.topology": "none"',
  ],
  [
    '{"selection":{"descriptors":[{"measure":"size","min":0,"max":9,"bins":3}]}}',
    "selection.descriptors",
    "tournament",
  ],
  ['{"selection":{"strategy":"map-elites","layers":{"count":3}}}', "selection.layers", '"map-elites"'],
  ...["lexicase", "nsga2", "map-elites", "energy", "none"].map((name) =>
    [
      `{"selection":{"strategy":"${name}","race":{"first":4,"keep":2,"episodes":3}}}`,
      "selection.race",
      `"${name}"`,
    ] as const
  ),
  [
    '{"selection":{"race":{"first":4,"keep":2,"episodes":3}},"fitness":{"module":"plugins/a.ts"}}',
    "selection.race",
    '"fitness.module"',
  ],
  ['{"backoff":{"crashes":1,"capCycles":4}}', "backoff.capCycles", '"backoff.crashes": 1'],
  ['{"backoff":{"capCycles":1,"jitter":0.1}}', "backoff.jitter", '"backoff.capCycles": 1'],
  [
    '{"residents":{"maxRestarts": 1,"restartWindowSeconds":5}}',
    "residents.restartWindowSeconds",
    '"residents.maxRestarts": 1',
  ],
  ['{"mail":{"addresses":0,"messages":3}}', "mail.messages", '"mail.addresses": 0'],
  ['{"mail":{"inbox":0,"addresses":3}}', "mail.addresses", '"mail.inbox": 0'],
];

for (const [text, key, beside] of idle) {
  Deno.test(`parseConfig() refuses what has no effect: ${text}`, () => {
    const { issue } = assertThrows(() => parseConfig(text, "config.json"), Misuse);
    assertEquals(issue.code, "config.idle");
    assertStringIncludes(issue.message, `"${key}" has no effect beside `);
    assertStringIncludes(issue.message, beside);
  });
}

const beyond: readonly (readonly [string, string])[] = [
  ['{"energy":{"start":201}}', '"energy.start" must be at most "energy.cap", which is 200: it is 201'],
  [
    '{"selection":{"strategy":"energy"},"energy":{"income":1}}',
    '"energy.upkeep" must be less than twice "energy.income", which is 1, as all starve otherwise: it is 25',
  ],
  ['{"energy":{"upkeep":40}}', '"energy.upkeep" must be less than twice "energy.income", which is 20'],
  [
    '{"selection":{"size":3,"islands":{"count":4}}}',
    '"selection.islands.count" must be at most "selection.size", which is 3: it is 4',
  ],
  [
    '{"selection":{"race":{"first":3,"keep":4,"episodes":1}}}',
    '"selection.race.keep" must be at most "selection.race.first", which is 3: it is 4',
  ],
  [
    '{"residents":{"initialBackoffSeconds":9,"maxBackoffSeconds":8}}',
    '"residents.initialBackoffSeconds" must be at most',
  ],
];

for (const [text, expected] of beyond) {
  Deno.test(`parseConfig() refuses what is beyond another key: ${text}`, () => {
    const { issue } = assertThrows(() => parseConfig(text, "config.json"), Misuse);
    assertEquals(issue.code, "config.invalid");
    assertStringIncludes(issue.message, expected);
  });
}

Deno.test("parseConfig() takes what has an effect, what asks for nothing, and all defaults written out", () => {
  for (
    const text of [
      JSON.stringify({ ...defaultConfig, hooks: [] }),
      '{"selection":{"strategy":"none","replacementFraction":0.2,"mates":2,"sterileParents":true}}',
      '{"selection":{"strategy":"energy","mates":2},"energy":{"start":5}}',
      '{"selection":{"strategy":"plugins/a.ts","tournamentSize":2}}',
      '{"selection":{"strategy":"plugins/a.ts","race":{"first":2,"keep":2,"episodes":64}},"fitness":{"of":"median"}}',
      '{"fitness":{"module":"plugins/a.ts"}}',
      '{"mail":{"addresses":0,"messages":0,"inbox":0}}',
      '{"energy":{"cap":3}}',
      '{"energy":{"upkeep":0,"income":0}}',
      '{"backoff":{"crashes":1}}',
    ]
  ) parseConfig(text, "config.json");
});

/** The options that a strategy looks at; whether parents may be sterile is part of what it is given. */
async function used(name: string): Promise<string[]> {
  const seen = new Set<string>(["sterileParents"]);
  const descriptors = [{ measure: "size", min: 0, max: 10, bins: 5 }];
  const options = new Proxy({ ...defaultConfig.selection, descriptors }, {
    get: (target, key) => {
      seen.add(String(key));
      return target[key as keyof typeof target];
    },
  });
  const living = Array.from(
    { length: 10 },
    (_, i) => candidate(i, { hasRankedGenome: i > 0, fertile: i > 1, trials: [trial([i], { measures: { size: i } })] }),
  );
  plan(planInput(living, { size: 12, options }), await loadStrategy(name));
  // Whatever the strategy is, it may be on islands.
  seen.delete("islands");
  seen.delete("reference");
  return [...seen].sort();
}

Deno.test("shippedTraits say of each strategy what its own file says, and just the options that it looks at", async () => {
  const all = Object.keys(configSchema.shape.selection.unwrap().shape).sort();
  assertEquals([...strategyOptions, "strategy", "size", "islands", "reference"].sort(), all);
  for (const name of strategyNames) {
    const { brief: _, needs: __, ...traits } = traitsOf(await loadStrategy(name));
    assertEquals(traits, { ...shippedTraits[name], uses: [...shippedTraits[name].uses] }, name);
    assertEquals(await used(name), [...traits.uses].sort(), name);
  }
});
