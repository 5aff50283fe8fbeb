import { assertEquals, assertNotEquals } from "@std/assert";
import { PopulationDigest } from "../../lib/agents/digest.ts";

function digestOf(count: number, most?: number): Promise<string> {
  const digest = new PopulationDigest(most);
  for (let at = 0; at < count; at++) {
    digest.add({
      id: `agent ${at}`,
      status: "active",
      generation: at,
      parents: [],
      genomeHash: "ü",
      score: at / 3,
      energy: null,
      crashes: 0,
    });
  }
  return digest.hex();
}

Deno.test("PopulationDigest is the same whether it is taken at once or as agents come", async () => {
  for (const count of [0, 1, 40]) {
    const whole = await digestOf(count);
    for (const most of [0, 1, 200, 1000]) assertEquals(await digestOf(count, most), whole);
  }
  assertNotEquals(await digestOf(40), await digestOf(41));
});
