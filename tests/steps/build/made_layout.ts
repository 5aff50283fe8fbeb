/** A pool of given texts, laid out to be built. */

import { defaultsOf } from "../../../lib/runtime/parameters.ts";
import type { CodeFile } from "../../../lib/run/layout.ts";
import { sha256 } from "../../../lib/util/hash.ts";
import { Compiler } from "../../../lib/toolchain/compile.ts";
import { type BuildWiring } from "../../../lib/toolchain/compile.ts";
import { Cutter } from "../../../lib/toolchain/kit.ts";
import { type Layout, prepareLayout } from "../../../lib/toolchain/layout.ts";
import type { ProcessLimits } from "../../../lib/isolation/limits.ts";
import { runTool } from "../../../lib/toolchain/tools.ts";
import type { Pool } from "../../../lib/genome/pool.ts";
import type { Genome } from "../../../lib/runtime/genome_schema.ts";
import { readSource } from "../../../lib/source/facts.ts";
import { wire } from "../../../lib/wiring/wiring.ts";

/** A pool in a temporary folder, with its layout and its compiler; nobody has audited it. */
export class MadeLayout implements AsyncDisposable {
  readonly root: string;
  readonly pool: Pool;
  readonly layout: Layout;
  readonly compiler: Compiler;
  readonly code: readonly CodeFile[];

  private constructor(root: string, pool: Pool, layout: Layout, code: readonly CodeFile[], limits?: ProcessLimits) {
    this.code = code;
    this.root = root;
    this.pool = pool;
    this.layout = layout;
    this.compiler = new Compiler(layout, pool, { limits });
  }

  /**
   * @param template Texts by path, the world's among them.
   * @param limits What the type checker may take, where it is to be less than what is shipped.
   */
  static async make(template: Readonly<Record<string, string>>, limits?: ProcessLimits): Promise<MadeLayout> {
    const root = await Deno.makeTempDir({ prefix: "evolve-layout-" });
    const code = Object.entries(template).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
    const files: Pool["files"][number][] = [];
    let [world, worldHash]: [unknown, string] = [undefined, ""];
    for (const path of Object.keys(template).sort()) {
      const text = template[path]!;
      const facts = await readSource(path, text);
      if (!facts.ok) throw new Error(facts.issue.message);
      const { functions, parameters, lines, tokens, siblings: imports } = facts.value;
      if (path === "world.ts") [world, worldHash] = [facts.value.world, tokens];
      else files.push({ path, hash: await sha256(text), tokens, imports, functions, parameters, lines });
    }
    const pool = { hash: "pool", files, world, worldHash } as unknown as Pool;
    const layout = await prepareLayout(`${root}/store`, code, pool, "runtime");
    return new MadeLayout(root, pool, layout, code, limits);
  }

  /** What artifacts of the pool are cut from. */
  async cutter(): Promise<Cutter> {
    return new Cutter(await this.compiler.kit(), this.pool, "runtime");
  }

  get store(): string {
    return `${this.root}/store`;
  }

  /** The wiring of some genes, under a key of a repeated letter. */
  wiring(letter: string, genes: Readonly<Record<string, readonly string[]>>, value?: number): BuildWiring {
    const { mod, called, body } = wire(this.genome(genes, value), this.pool);
    return { key: letter.repeat(64), mod, called, body };
  }

  /** A genome with just some genes, by the paths of their files; `value` stands for all parameters. */
  genome(genes: Readonly<Record<string, readonly string[]>>, value?: number): Genome {
    return {
      version: 1,
      files: this.pool.files.map(({ path, functions, parameters }) => ({
        path,
        active: path in genes,
        functions: Object.fromEntries(functions.map(({ name }) => [name, genes[path]?.includes(name) ?? false])),
        parameters: Object.fromEntries(
          Object.entries(defaultsOf(parameters)).map(([name, start]) => [name, value ?? start]),
        ),
      })),
    };
  }

  /** What the bundler makes of the wirings of genomes, of each by itself. */
  async bundled(genomes: readonly Genome[]): Promise<string[]> {
    const { folder } = this.layout;
    const entries = genomes.map((genome, number) => {
      const { mod, main } = wire(genome, this.pool);
      Deno.writeTextFileSync(`${folder}/src/.mod-${number}.ts`, mod);
      Deno.writeTextFileSync(`${folder}/src/.main-${number}.ts`, main.replace("./mod.ts", `./.mod-${number}.ts`));
      return `src/.main-${number}.ts`;
    });
    const options = ["--bundle", "--format=esm", "--platform=neutral", "--target=esnext", "--tsconfig=tsconfig.json"];
    const { code, stderr } = await runTool("esbuild", [...entries, ...options, "--outdir=own"], folder);
    if (code !== 0) throw new Error(stderr);
    return genomes.map((_, number) => Deno.readTextFileSync(`${folder}/own/.main-${number}.js`));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.root, { recursive: true });
  }
}
