import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import { inRealm, Judge, type Result } from "../../lib/arms/judge.ts";
import { activeGenes } from "../../lib/genome/active.ts";
import { decodeGenome } from "../../lib/genome/codec.ts";
import { link } from "../../lib/genome/link.ts";
import type { Pool } from "../../lib/genome/pool.ts";
import { defaultConfig } from "../../lib/run/config_defaults.ts";
import { projectRoot } from "../../lib/run/paths.ts";
import { raceWorlds } from "../../lib/run/unseen_worlds.ts";
import type { WorldSeed } from "../../lib/runtime/contract.ts";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";
import { examine } from "../../lib/twin/exam.ts";
import { Realm } from "../../lib/twin/realm.ts";
import { twinProgram } from "../../lib/twin/twin.ts";
import { Evaluator } from "../../bench/peers/evaluate.ts";
import { introduction, toldIn } from "../../bench/peers/protocol.ts";
import { searchBy } from "../../bench/peers/search.ts";
import { type Configuration, genomeIn, type Space, spaceOf } from "../../bench/peers/space.ts";
import { lackOf, tools } from "../../bench/peers/tools.ts";
import { madeFile, madePool, pools } from "../genome/made_pool.ts";

/** Any number for each name of a space, whether what needs it is met or not. */
function configurations({ switches, dimensions }: Space): fc.Arbitrary<Configuration> {
  return fc.record({
    ...Object.fromEntries(switches.map(({ name }) => [name, fc.constantFrom(0, 1)])),
    ...Object.fromEntries(dimensions.map(({ name, min, max, kind }) => [
      name,
      kind === "real" ? fc.double({ min, max, noNaN: true }) : fc.integer({ min, max }),
    ])),
  });
}

Deno.test("genomeIn() gives what links for all that is not forbidden, and nothing for what is", () => {
  const asked = pools.chain((pool) => configurations(spaceOf(pool)).map((configuration) => ({ pool, configuration })));
  fc.assert(
    fc.property(asked, ({ pool, configuration }) => {
      const space = spaceOf(pool);
      const isForbidden = space.needs.some(([gene, needed]) =>
        configuration[gene] === 1 && configuration[needed] === 0
      );
      if (isForbidden) assertThrows(() => genomeIn(space, pool, configuration), Error, "forbidden");
      else assertEquals(link(genomeIn(space, pool, configuration), pool), undefined);
    }),
    { numRuns: 300 },
  );
});

const small = madePool(
  madeFile("src/a.ts", { one: { phase: "act", calls: ["src/a.ts#two"] }, two: {} }),
  madeFile("src/b.ts", { three: { phase: "act" } }),
  madeFile("src/c.ts", { born: { phase: "birth", calls: ["src/c.ts#helps"] }, helps: {} }),
);

Deno.test("spaceOf() has what acts in episodes, with what it needs; birth genes and what they call are on", () => {
  const space = spaceOf(small);
  assertEquals(space.switches, [
    { name: "g1", gene: "src/a.ts#one" },
    { name: "g2", gene: "src/a.ts#two" },
    { name: "g3", gene: "src/b.ts#three" },
  ]);
  assertEquals(space.needs, [["g1", "g2"]]);
  assertEquals(space.dimensions.map(({ name, parameter, given }) => [name, parameter, given]), [
    ["p1", "src/a.ts:gain", ["g1", "g2"]],
    ["p2", "src/a.ts:rate", ["g1", "g2"]],
    ["p3", "src/b.ts:gain", ["g3"]],
    ["p4", "src/b.ts:rate", ["g3"]],
  ]);
  const { files } = genomeIn(space, small, { g2: 1, p1: -0.5 });
  assertEquals(files.map(({ active, functions }) => [active, functions]), [
    [true, { one: false, two: true }],
    [false, { three: false }],
    [true, { born: true, helps: true }],
  ]);
  assertEquals(files.map(({ parameters }) => parameters), [{ gain: -0.5, rate: 0.1 }, { gain: 0, rate: 0.1 }, {
    gain: 0,
    rate: 0.1,
  }]);
  assertThrows(() => genomeIn(space, small, { p1: 2 }), Error, "p1 must be from -1 to 1: it is 2.");
  assertThrows(() => genomeIn(space, small, { p9: 2 }), Error, "p9 is no name of the space.");
});

Deno.test("what a tuner is given, and what it writes, is lines of text", () => {
  assertEquals(introduction(spaceOf(small), 10, 7).split("\n").slice(0, 7), [
    "budget 10",
    "seed 7",
    "switch g1",
    "switch g2",
    "switch g3",
    "parameter p1 real -1 1 linear g1 g2",
    "parameter p2 real 0.001 10 log g1 g2",
  ]);
  assertEquals(toldIn("ask 3 g1=1 p2=1e-05"), { type: "ask", place: 3, asked: { g1: 1, p2: 1e-5 } });
  assertEquals(toldIn("ask * g1=0"), { type: "ask", place: undefined, asked: { g1: 0 } });
  assertEquals(toldIn("best g1=1"), { type: "best", asked: { g1: 1 } });
  assertEquals(toldIn("cpu 1.5"), { type: "cpu", seconds: 1.5 });
  for (const line of ["", "ask", "ask x g1=1", "ask 1 g1", "ask 1 g1=", "best g1=NA", "cpu", "Error: no"]) {
    assertThrows(() => toldIn(line), Error, "A tuner must write");
  }
});

Deno.test("Evaluator.cost() is the twin's own score with its sign turned, and each episode is counted", async () => {
  const program = await twinProgram(`${projectRoot}/examples/onemax`);
  const { pool } = program;
  const [realm, seed, config] = [new Realm(program), "peers", defaultConfig];
  const space = spaceOf(pool);
  const judge = new Judge({ seed, config }, inRealm({ program }, realm));
  const worlds = raceWorlds({ seed, settings: { ...pool.world, noisy: true }, config: config.world }).at(0, 3);
  const evaluator = new Evaluator(space, pool, judge, worlds);
  const all = Object.fromEntries(space.switches.map(({ name }) => [name, 1]));
  const genomes = [evaluator.genome(all)];
  for (const place of [undefined, 2]) {
    const [purpose, some] = place === undefined ? ["training", worlds] : [`training ${place}`, [worlds[place]!]];
    const [found] = examine(program, realm, { seed: deriveSeed(seed, purpose), config, genomes, worlds: some });
    const scores = found!.scores as number[];
    assert(scores.length > 0 && scores.every((score) => Number.isFinite(score)));
    assertEquals(await evaluator.cost(all, place), -scores.reduce((sum, score) => sum + score, 0) / scores.length);
  }
  assertEquals(evaluator.episodes, 4);
  await assertRejects(() => evaluator.cost(all, 3), Error, "There is no world 3.");
});

Deno.test("what fails costs more than what breaks something, and that more than any score", async () => {
  const costs: number[] = [];
  for (
    const result of [{ score: -9e5, violation: 0 }, { score: 9, violation: 1 }, { score: 9, violation: 2 }, undefined]
  ) {
    const judge = { of: () => Promise.resolve<Result[]>([result]) };
    costs.push(await new Evaluator(spaceOf(small), small, judge, worldsOf(small)).cost({ g3: 1 }));
  }
  assertEquals(costs, costs.toSorted((a, b) => a - b));
  assertEquals(new Set(costs).size, 4);
});

function worldsOf({ world: settings }: Pool) {
  return raceWorlds({ seed: "1", settings: { ...settings, noisy: true }, config: defaultConfig.world }).at(0, 1);
}

Deno.test("lackOf() says what is missing", async () => {
  assertEquals(
    await lackOf({ ...tools.irace, check: "exit 1" }),
    "irace is not installed (`apt-get install r-cran-irace`)",
  );
  assertEquals(await lackOf({ ...tools.irace, check: "exit 0" }), undefined);
});

/** The active genes of a genome of the small pool. */
function genesIn(bytes: Uint8Array): string[] {
  const genome = decodeGenome(bytes);
  assert(genome.ok);
  return activeGenes(genome.value, small).map((gene) => gene.function);
}

for (const tool of Object.values(tools)) {
  const lack = await lackOf(tool);
  Deno.test({
    name: `${tool.name} finds the best of a small space within its budget${lack ? `; left out: ${lack}` : ""}`,
    ignore: lack !== undefined,
    fn: async () => {
      const pool: Pool = { ...small, world: { ...small.world, noisy: true } };
      const ground = {
        program: { pool, text: "" },
        seed: "1",
        config: defaultConfig,
        budget: tool.training === "worlds" ? 200 : 60,
        active: 0.5,
      };
      const asked: number[] = [];
      const judge = {
        // One gene is worth something, the others cost; the world's chance comes to it.
        of: (_purpose: string, genomes: readonly Uint8Array[], worlds: readonly WorldSeed[]) => {
          asked.push(worlds.length);
          const luck = stream(worlds[0]!.seed)() / 10;
          const values = { one: -1, two: -1, three: 1, born: 0, helps: 0 };
          const score = genesIn(genomes[0]!).reduce((sum, gene) => sum + values[gene as keyof typeof values], luck);
          return Promise.resolve<Result[]>([{ score, violation: 0 }]);
        },
      };
      const found = await searchBy(tool, judge, ground);
      assertEquals(asked.reduce((sum, count) => sum + count, 0), found.episodes);
      assert(found.episodes <= ground.budget && found.episodes > ground.budget / 2, `${found.episodes}`);
      assertEquals(genesIn(found.genomes[0]!), ["three", "born", "helps"]);
      assert(found.cpuMs > 0);
    },
  });
}
