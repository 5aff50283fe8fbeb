import { assertEquals, assertNotEquals } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";
import { strategyNames } from "../../lib/run/strategy_names.ts";
import { runTwins, type TwinJob, type TwinProgram, twinProgram, type TwinRun } from "../../lib/twin/twin.ts";
import { isAll } from "../matrix.ts";
import { type Asked, bySteps, byTwin, jobOf } from "./_twin.ts";

const [onemax, unruly] = [`${projectRoot}/examples/onemax`, `${projectRoot}/tests/twin/unruly`];

const programs = new Map<string, Promise<TwinProgram>>();

function programOf(template: string): Promise<TwinProgram> {
  if (!programs.has(template)) programs.set(template, twinProgram(template));
  return programs.get(template)!;
}

async function twinOf(asked: Asked): Promise<TwinRun> {
  const program = await programOf(asked.template);
  const jobs: TwinJob[] = [jobOf(asked)];
  const [run] = await Array.fromAsync(runTwins(program, jobs, { workers: 1 }));
  return run!;
}

Deno.test("a twin comes to what the steps come to, with the default template's mail and memory", async () => {
  const asked = { template: `${projectRoot}/agent_template`, config: {}, count: 10, cycles: 3 };
  assertEquals(byTwin(await twinOf(asked)), await bySteps(asked));
});

Deno.test("a twin comes to what the steps come to in a world that is not noisy, from one agent", async () => {
  const config = { selection: { strategy: "one-plus-one", size: 2 } };
  const asked = { template: onemax, config, count: 1, cycles: 4 };
  assertEquals(byTwin(await twinOf(asked)), await bySteps(asked));
});

/** What some strategies can't do without. */
const options: Readonly<Record<string, Record<string, unknown>>> = {
  "map-elites": { descriptors: [{ measure: "told", min: 0, max: 8, bins: 4 }] },
  // So that random genomes are born.
  alps: { layers: { count: 3, ageGap: 1 } },
};

/** When a run is cut short: other instants for each name. */
function someChanges(name: string): number[] {
  const random = stream(deriveSeed("cut", name));
  return [60, 120].map((most) => 1 + Math.floor(random() * most));
}

/** Strategies that are given of agents what the default one is given: they are tried with `--all`. */
const alike: ReadonlySet<string> = new Set([
  "truncation",
  "tournament",
  "mu-plus-lambda",
  "mu-comma-lambda",
  "one-plus-one",
]);

for (const [index, strategy] of strategyNames.filter((name) => isAll || !alike.has(name)).entries()) {
  const isKilled = isAll || index % 3 === 0;
  const how = isKilled ? "two workers, killed and started again, come to" : "the steps come to";
  Deno.test(`a twin comes to what ${how} by ${strategy}`, async () => {
    const selection = { strategy, ...options[strategy] };
    const asked = { template: unruly, config: { selection }, count: 8, cycles: 2 };
    assertEquals(byTwin(await twinOf(asked)), await bySteps(asked, isKilled ? someChanges(strategy) : []));
  });
}

Deno.test("a twin comes to what two workers, killed and started again, come to on islands with migrants", async () => {
  const selection = { islands: { count: 2, interval: 1, share: 0.25 }, replacementFraction: 0.5 };
  const asked = { template: unruly, config: { selection }, count: 8, cycles: 3 };
  assertEquals(byTwin(await twinOf(asked)), await bySteps(asked, someChanges("islands")));
});

Deno.test("a twin comes to what two workers, killed and started again, come to with a race in each cycle", async () => {
  const selection = { race: { first: 4, keep: 2, episodes: 5 }, replacementFraction: 0.5 };
  const fitness = { of: "lowerBound", weights: { score: 1, told: 0.1, distance: 0.1 } };
  const asked = { template: unruly, config: { selection, fitness }, count: 8, cycles: 2 };
  const run = await twinOf(asked);
  assertEquals(run.cycles.map(({ raced }) => raced), [4, 4]);
  const found = byTwin(run);
  assertEquals(found, await bySteps(asked, someChanges("race")));
  // Without the race it is another run.
  assertNotEquals(
    found,
    byTwin(await twinOf({ ...asked, config: { fitness, selection: { replacementFraction: 0.5 } } })),
  );
});

Deno.test("a twin comes to what the steps come to where genes throw, genotypes are lethal, and all else has a part", async () => {
  const config = {
    backoff: { crashes: 2 },
    energy: { start: 30 },
    fitness: { weights: { score: 1, told: 0.1, mutations: 0.2, distance: 0.1 } },
    mail: { inbox: 2, addresses: 3 },
    selection: { replacementFraction: 0.15 },
    world: { epochCycles: 2, schedule: [{ environment: "plain", cycles: 3 }, { environment: "heavy", cycles: 1 }] },
  };
  const asked = { template: unruly, config, count: 12, cycles: 6 };
  const run = await twinOf(asked);
  const found = byTwin(run);
  // What is compared must have come about.
  const codes = new Set(run.cycles.flatMap(({ agents = [] }) => agents.map(({ code }) => code)));
  const wanted = [
    "died.rank",
    "died.energy",
    "died.disabled",
    "gestation.crash",
    "genotype.lethal",
    "evaluation.crash",
  ];
  assertEquals(wanted.filter((code) => !codes.has(code)), []);
  assertEquals(found, await bySteps(asked));
});
