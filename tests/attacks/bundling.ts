/**
 * The bundler and its proof, on modules that were never audited.
 *
 * @module
 */

import { sha256 } from "../../lib/agents/hash.ts";
import { bundleJudge, bundleTogether } from "../../lib/build/bundle.ts";
import { layWirings, prepareLayout } from "../../lib/build/layout.ts";
import { isWhole } from "../../lib/build/prove.ts";
import type { Pool } from "../../lib/genome/pool.ts";
import { parseSource } from "../../lib/source/parse.ts";
import { tokenHash } from "../../lib/source/tokens.ts";
import { tinyFiles } from "../agents/made_run.ts";
import type { Observed } from "./attack.ts";
import { refusal } from "./code.ts";
import { folder } from "./sandbox.ts";

const main = `import { live } from "evolve/runtime";
import { act, begin, finished, judge, perceive, world } from "../world.ts";
import { wiring } from "./mod.ts";

live({ wiring, world: { act, begin, finished, judge, perceive, world } });
`;
const mod = `import { attack as gene0 } from "./attack.ts";
export const wiring = { phases: { act: [{ name: "src/attack.ts#attack", run: gene0, parameters: {} }] },
  active: ["src/attack.ts#attack"] };
`;

/** Bundles a gene file and proves the bundle whole, as `build` does. */
export async function bundled(gene: string): Promise<Observed> {
  const layout = await layoutOf({ "src/attack.ts": gene, "world.ts": tinyFiles["world.ts"]! });
  const key = "a".repeat(64);
  const wirings = [{ key, mod, main }];
  await layWirings(layout, wirings);
  try {
    const bundles = await bundleTogether(layout, wirings);
    if (!(bundles instanceof Map)) return { succeeded: false, how: `${bundles.code}: ${bundles.message}` };
    return await isWhole(bundles.get(key)!)
      ? { succeeded: true, how: "the bundle is whole" }
      : { succeeded: false, how: "build.import: the bundle would load other modules" };
  } catch (error) {
    return refusal(error);
  }
}

/** Bundles a world for the judge, as `build` does. */
export async function judgeBundled(world: string): Promise<Observed> {
  const layout = await layoutOf({ "world.ts": world });
  try {
    return { succeeded: true, how: await bundleJudge(layout) };
  } catch (error) {
    return refusal(error);
  }
}

/** A layout of modules that nobody has audited. */
export async function layoutOf(modules: Readonly<Record<string, string>>): ReturnType<typeof prepareLayout> {
  const root = await Deno.makeTempDir({ dir: folder });
  await Deno.mkdir(`${root}/template/pool/src`, { recursive: true });
  const files: { path: string; hash: string; functions: [] }[] = [];
  for (const [path, text] of Object.entries(modules)) {
    await Deno.writeTextFile(`${root}/template/pool/${path}`, text);
    if (path !== "world.ts") files.push({ path, hash: await sha256(text), functions: [] });
  }
  const world = parseSource("world.ts", modules["world.ts"]!);
  const worldHash = world.ok ? await tokenHash(world.value) : "";
  const pool = { hash: "pool", files, worldHash } as unknown as Pool;
  return await prepareLayout(`${root}/store`, `${root}/template`, pool, "runtime");
}
