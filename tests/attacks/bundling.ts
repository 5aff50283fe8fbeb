/**
 * The bundler and its proof, on modules that were never audited.
 *
 * @module
 */

import { sha256 } from "../../lib/util/hash.ts";
import { bundleJudge, bundlePool } from "../../lib/toolchain/bundle.ts";
import { type Layout, prepareLayout } from "../../lib/toolchain/layout.ts";
import { PoolParts } from "../../lib/toolchain/parts.ts";
import { takeApart } from "../../lib/toolchain/take_apart.ts";
import { isWhole } from "../../lib/toolchain/prove.ts";
import type { Pool, PoolFile } from "../../lib/genome/pool.ts";
import { parseSource } from "../../lib/source/parse.ts";
import { tokenHash } from "../../lib/source/tokens.ts";
import { tinyFiles } from "../agents/made_run.ts";
import type { Observed } from "./attack.ts";
import { refusal } from "./code.ts";
import { folder } from "./sandbox.ts";

/** Bundles a gene file, takes it apart and proves what an artifact would hold whole, as `build` does. */
export async function bundled(gene: string): Promise<Observed> {
  const { layout, pool } = await layoutOf({ "src/attack.ts": gene, "world.ts": tinyFiles["world.ts"]! });
  try {
    const { text, without } = await bundlePool(layout, pool);
    const [issue] = without.values();
    if (issue) return { succeeded: false, how: `${issue.code}: ${issue.message}` };
    const genes = new PoolParts(takeApart(text)).textFor({ called: ["src/attack.ts#attack"], body: "return {};\n" });
    return await isWhole(genes)
      ? { succeeded: true, how: "the artifact is whole" }
      : { succeeded: false, how: "build.import: the artifact would load other modules" };
  } catch (error) {
    return refusal(error);
  }
}

/** Bundles a world for the judge, as `build` does. */
export async function judgeBundled(world: string): Promise<Observed> {
  const { layout } = await layoutOf({ "world.ts": world });
  try {
    return { succeeded: true, how: await bundleJudge(layout) };
  } catch (error) {
    return refusal(error);
  }
}

/** A layout of modules that nobody has audited, of each of which `attack` is the one gene. */
export async function layoutOf(modules: Readonly<Record<string, string>>): Promise<{ layout: Layout; pool: Pool }> {
  const root = await Deno.makeTempDir({ dir: folder });
  const code = Object.entries(modules).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
  const files: Partial<PoolFile>[] = [];
  const functions = [{ name: "attack", phase: "act" }] as unknown as PoolFile["functions"];
  for (const [path, text] of Object.entries(modules)) {
    if (path !== "world.ts") files.push({ path, hash: await sha256(text), functions, parameters: [] });
  }
  const world = parseSource("world.ts", modules["world.ts"]!);
  const worldHash = world.ok ? await tokenHash(world.value) : "";
  const pool = { hash: "pool", files, worldHash } as unknown as Pool;
  return { layout: await prepareLayout(`${root}/store`, code, pool, "runtime"), pool };
}
