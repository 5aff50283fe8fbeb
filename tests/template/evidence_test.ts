import { assertThrows } from "@std/assert";
import type { WorldSettings } from "../../lib/runtime/contract.ts";
import { defaultConfig } from "../../lib/run/config_defaults.ts";
import { demandOutput } from "../../lib/template/evidence.ts";
import { Misuse } from "../../lib/util/issue.ts";

const world: WorldSettings = {
  action: { space: "box", length: 96, low: 0, high: 1 },
  phases: ["act"],
  steps: 100,
  episodes: 10,
  noisy: true,
  memory: "episode",
  environments: { plain: {} },
};

Deno.test("a template whose longest evidence an agent may not write is refused, with both names", () => {
  // 96 numbers of 8 bytes are 1,024 characters of base64: ten episodes of a hundred come to a little more than 1,000 KiB.
  demandOutput(world, defaultConfig);
  const beyond = { ...world, episodes: 11 };
  for (const demand of ["limits.outputKiB, which is 1024", "11 episodes of 100 steps come to 1101 KiB"]) {
    assertThrows(() => demandOutput(beyond, defaultConfig), Misuse, demand);
  }
  demandOutput(beyond, { ...defaultConfig, limits: { ...defaultConfig.limits, outputKiB: 1101 } });
  demandOutput(beyond, { ...defaultConfig, world: { ...defaultConfig.world, episodes: 2 } });
});
