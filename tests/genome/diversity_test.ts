import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { diversityOf } from "../../lib/genome/diversity.ts";
import { type Expressed, Expression } from "../../lib/genome/expression.ts";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";
import { madePool } from "../steps/report/made_run.ts";

const expression = new Expression(madePool);

function genome(change: (expressed: Expressed) => void = () => {}): Expressed {
  const expressed = {
    genes: new Uint8Array(expression.genes.length),
    files: new Uint8Array(madePool.files.length).fill(1),
    flags: new Uint8Array(expression.genes.length),
    parameters: new Float64Array(expression.parameters.length).fill(0.1),
  };
  change(expressed);
  return expressed;
}

const random = () => stream(deriveSeed("diversity"));

Deno.test("diversityOf() of one genome, and of one agent, is none", () => {
  const none = { entropy: 0, distance: 0, effective: 1 };
  assertEquals(diversityOf(expression, [{ expressed: genome(), agents: 9 }], random()), { ...none, pairs: 200 });
  assertEquals(diversityOf(expression, [{ expressed: genome(), agents: 1 }], random()), { ...none, pairs: 0 });
});

Deno.test("diversityOf() has the entropy of genes, the effective number of genomes, and the share of loci that pairs differ in", () => {
  const all = [
    { expressed: genome(), agents: 50 },
    { expressed: genome(({ genes }) => genes.fill(1)), agents: 50 },
  ];
  const { entropy, distance, effective } = diversityOf(expression, all, random());
  assertAlmostEquals(entropy, 1, 1e-12);
  assertAlmostEquals(effective, 2, 1e-12);
  // Half of the pairs differ in all genes, and in no parameter.
  const [genes, parameters] = [expression.genes.length, expression.parameters.length];
  assertAlmostEquals(distance, 0.5 * genes / (genes + parameters), 0.06);
  const uneven = diversityOf(expression, [{ ...all[0]!, agents: 99 }, { ...all[1]!, agents: 1 }], random());
  assert(uneven.effective < 1.1 && uneven.entropy < 0.1);
});

Deno.test("diversityOf() measures parameters on their scale, and only where both genomes have the file active", () => {
  const far = genome(({ parameters }) => parameters.fill(0.001));
  const whole = diversityOf(expression, [{ expressed: genome(), agents: 1 }, { expressed: far, agents: 1 }], random());
  const [genes, parameters] = [expression.genes.length, expression.parameters.length];
  // From 0.001 to 0.1 are two of the three decades of the range.
  assertAlmostEquals(whole.distance, 2 / 3 * parameters / (genes + parameters), 1e-9);
  const off = genome(({ parameters, files }) => {
    parameters.fill(0.001);
    files.fill(0);
  });
  const none = diversityOf(expression, [{ expressed: genome(), agents: 1 }, { expressed: off, agents: 1 }], random());
  assertEquals(none.distance, 0);
});
