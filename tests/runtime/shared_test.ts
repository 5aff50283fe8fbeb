import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { chooseGenes } from "../../lib/genome/choice.ts";
import { drawGenome } from "../../lib/genome/draw.ts";
import { catalogue } from "../../lib/genome/pool.ts";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";
import { chosenAgent } from "../../lib/runtime/shared.ts";
import { wire } from "../../lib/wiring/wiring.ts";
import { pools } from "../genome/made_pool.ts";

Deno.test("chosenAgent() gives genes the parameters that their wiring gives them", () => {
  fc.assert(fc.property(pools, fc.string(), (pool, seed) => {
    const genome = drawGenome(pool, stream(deriveSeed(seed)), 0.6);
    const genes = pool.files.flatMap((file) =>
      file.functions.map(({ name, phase }) => ({ name: `${file.path}#${name}`, phase, run: () => {} }))
    );
    const chosen = chooseGenes(genome, pool);
    const { wiring } = chosenAgent({ genes, world: undefined as never }, { pool: catalogue(pool) }, chosen);
    const { called, body } = wire(genome, pool);
    const wired = new Function(...called.map((_, at) => `gene${at}`), body)(...called.map(() => undefined));
    const named = ({ phases }: typeof wiring) =>
      Object.entries(phases).map(([phase, all]) => [phase, all.map(({ name, parameters }) => [name, parameters])])
        .sort();
    assertEquals(named(wiring), named(wired));
    const lists = Object.values(wiring.phases).flat().flatMap(({ parameters }) => Object.values(parameters))
      .filter(Array.isArray);
    for (const list of lists) assertThrows(() => list.push(0), TypeError);
  }));
});
