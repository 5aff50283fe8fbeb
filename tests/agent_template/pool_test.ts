import { assert, assertEquals } from "@std/assert";
import { drawGenome } from "../../lib/genome/draw.ts";
import type { Genome } from "../../lib/runtime/genome_schema.ts";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";
import { link } from "../../lib/genome/link.ts";
import { fileNames, genomeOf, pool, wholeGenome } from "./made_template.ts";

/** All genomes that differ from one in a single flag. */
function* singleFlips(genome: Genome): Generator<Genome> {
  for (let at = 0; at < genome.files.length; at++) {
    const file = genome.files[at]!;
    const others = [file, ...Object.keys(file.functions)].map((flag) =>
      typeof flag === "string"
        ? { ...file, functions: { ...file.functions, [flag]: !file.functions[flag] } }
        : { ...file, active: !file.active }
    );
    for (const other of others) yield { version: 1, files: genome.files.with(at, other) };
  }
}

Deno.test("the template has the ten gene files, each with two to four genes and with parameters", () => {
  assertEquals(fileNames(), [
    "communication",
    "curiosity",
    "fsm",
    "hormones",
    "memory_graph",
    "meta",
    "neural",
    "rl",
    "selfmod",
    "symbolic",
  ]);
  for (const { path, functions, parameters } of pool.files) {
    assert(functions.length >= 2 && functions.length <= 4, path);
    assert(parameters.length > 0, path);
  }
});

Deno.test("the template links with all genes, and with none", () => {
  assertEquals(link(wholeGenome(), pool), undefined);
  assertEquals(link(genomeOf({}), pool), undefined);
});

Deno.test("the template has genes that need others, in their own file and in a sibling", () => {
  const calls = pool.files.flatMap(({ path, functions }) =>
    functions.flatMap((gene) => gene.calls.map((call) => call.startsWith(`${path}#`) ? "own" : "sibling"))
  );
  assert(calls.includes("own") && calls.includes("sibling"));
});

Deno.test("at least half of raw draws link, and 70 % of what differs from a viable one by a single flip", () => {
  const random = stream(deriveSeed("draws"));
  const draws = Array.from({ length: 3000 }, () => drawGenome(pool, random, 0.5));
  const viable = draws.filter((genome) => link(genome, pool) === undefined);
  const flips = viable.slice(0, 200).flatMap((genome) => [...singleFlips(genome)]);
  const linked = flips.filter((genome) => link(genome, pool) === undefined);
  assert(viable.length / draws.length >= 0.5, `${viable.length} of ${draws.length} draws`);
  assert(linked.length / flips.length >= 0.7, `${linked.length} of ${flips.length} flips`);
});
