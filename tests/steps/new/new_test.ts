import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { projectRoot } from "../../../lib/run/paths.ts";
import { pipeline, TestRun } from "../../step/_run.ts";

/** A folder of another repository, gone when it is disposed of. */
class Elsewhere implements Disposable {
  readonly folder = Deno.makeTempDirSync({ prefix: "evolve-new-" });

  /** What a program writes on stderr, and how it ends; steps are run as `deno task` runs them from this folder. */
  async run(args: readonly string[], cwd = this.folder): Promise<{ code: number; err: string; out: string }> {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [...args],
      cwd,
      env: { INIT_CWD: this.folder, NO_COLOR: "1" },
    }).output();
    return { code, err: new TextDecoder().decode(stderr), out: new TextDecoder().decode(stdout) };
  }

  async step(name: string, ...args: string[]) {
    return await this.run(pipeline(name, ...args), projectRoot);
  }

  /** All that is in the folder. */
  names(): string[] {
    return [...Deno.readDirSync(this.folder)].map(({ name }) => name).sort();
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.folder, { recursive: true });
  }
}

Deno.test("new: the template is known to `deno check` in another repository, and `init` takes it as it is", async () => {
  using there = new Elsewhere();
  await using population = new TestRun();
  const written = await there.step("new", "first try/mine");
  assertEquals(written.code, 0, written.err);
  assertStringIncludes(written.err, `--run mine --template '${there.folder}/first try/mine'\``);
  const folder = `${there.folder}/first try/mine`;
  const alone = await there.run(["check", "src/change.ts"], folder);
  assertEquals(alone.code, 0, alone.err);
  const whole = await there.run(["check", "."]);
  assertEquals(whole.code, 0, whole.err);
  assertMatch(whole.err, /mine\/world\.ts/);
  // What is wrong by the contract is found.
  Deno.writeTextFileSync(
    `${folder}/src/wrong.ts`,
    'import type { GeneContext } from "evolve/contract";\nexport const far = (context: GeneContext) => context.nowhere;\n',
  );
  assertMatch((await there.run(["check", "."])).err, /'nowhere' does not exist on type 'GeneContext/);
  Deno.removeSync(`${folder}/src/wrong.ts`);
  const flags = ["--run", population.name, "--count", "3", "--seed", "1", "--template", "first try/mine"];
  const created = await there.step("init", ...flags);
  assertEquals([created.code, created.out.match(/"agent\.created"/g)?.length], [0, 3], created.err);
  assert(!created.err.includes("contract"), created.err);

  const copy = `${folder}/contract.d.ts`;
  const text = Deno.readTextFileSync(copy);
  Deno.writeTextFileSync(copy, text.replace(/contract [0-9a-f]{16}/, "contract 0123456789abcdef"));
  const stale = await there.step("init", ...flags);
  assertEquals(stale.code, 0, stale.err);
  assertStringIncludes(stale.err, `\`deno task new --contract '${folder}'\``);
  const tried = await there.step("try", "--template", folder);
  assertStringIncludes(tried.err, `\`deno task new --contract '${folder}'\``);
  assertEquals((await there.step("new", "--contract", folder)).code, 0);
  assertEquals(Deno.readTextFileSync(copy), text);
});

Deno.test("new: what is there is left as it is, and a bad name is one message", async () => {
  using there = new Elsewhere();
  Deno.mkdirSync(`${there.folder}/empty`);
  Deno.writeTextFileSync(`${there.folder}/file`, "mine");
  Deno.symlinkSync("nowhere", `${there.folder}/link`);
  const before = there.names();
  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [["empty"], /new\.exists/],
    [["file"], /new\.exists/],
    [["link"], /new\.exists/],
    [["file/mine"], /new\.place.*is a file/],
    [["x".repeat(300)], /new\.place.*too long/],
    [[`${projectRoot}/lib/mine`], /new\.place.*belongs to the project/],
    [["--contract", "empty"], /new\.template/],
    [["one", "two"], /must be one/],
    [["a\nb"], /^$/],
    [[], /^$/],
  ];
  for (const [args, issue] of refused) {
    const { code, out, err } = await there.step("new", ...args);
    assertEquals([code, err.trimEnd().split("\n").length], [2, 1], err);
    assertMatch(out, issue, args.join(" "));
  }
  assertEquals(there.names(), before);
  assertEquals(Deno.readTextFileSync(`${there.folder}/file`), "mine");
});

Deno.test("new: killed while it writes, there is nothing or all, and the next one is not in its way", async () => {
  using there = new Elsewhere();
  using watcher = Deno.watchFs(there.folder);
  const child = new Deno.Command(Deno.execPath(), {
    args: pipeline("new", `${there.folder}/mine`),
    cwd: projectRoot,
    stdout: "null",
    stderr: "null",
  }).spawn();
  for await (const _ of watcher) break;
  child.kill("SIGKILL");
  await child.status;
  if (!there.names().includes("mine")) assertEquals((await there.step("new", "mine")).code, 0);
  assertEquals([...Deno.readDirSync(`${there.folder}/mine`)].length, 7);
});
