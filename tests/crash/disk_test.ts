import { assert, assertEquals, assertMatch } from "@std/assert";
import { statfsSync } from "node:fs";
import { type Ended } from "../step/_run.ts";
import { Population } from "../acceptance/_population.ts";
import { differences, stateOf } from "./_state.ts";

const config = { world: { steps: 20, episodes: 1 }, selection: { replacementFraction: 0.5, elites: 0.2 } };
const steps: readonly (readonly [string, ...string[]])[] = [
  ["init", "--count", "6", "--seed", "7"],
  ["scan"],
  ["sync-wiring"],
  ["build"],
  ["supervise"],
  ["select"],
  ["supervise"],
  ["hooks"],
  ["report"],
  ["lifecycle", "--until", "2", "--sleep", "0"],
];

/** A run on a small disk of its own, in memory; only root may make one, and not everywhere. */
class SmallDisk extends Population {
  static async mounted(): Promise<SmallDisk> {
    const run = new SmallDisk();
    await Deno.mkdir(run.paths.root, { recursive: true });
    if (!await mount("-t", "tmpfs", "-o", "size=32m", "tmpfs", run.paths.root)) throw new Error("There is no mount");
    await Deno.mkdir(run.paths.workspace);
    await run.configure(config);
    return run;
  }

  /** Leaves so many bytes free. */
  fill(left: number): void {
    const { bavail, bsize } = statfsSync(this.paths.root);
    Deno.writeFileSync(`${this.paths.root}/ballast`, new Uint8Array(Math.max(0, bavail * bsize - left)));
  }

  empty(): void {
    Deno.removeSync(`${this.paths.root}/ballast`);
  }

  async remount(options: string): Promise<void> {
    assert(await mount("-o", `remount,${options}`, this.paths.root));
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await new Deno.Command("umount", { args: [this.paths.root] }).output();
    await super[Symbol.asyncDispose]();
  }
}

async function mount(...args: string[]): Promise<boolean> {
  const command = new Deno.Command("mount", { args, stdout: "null", stderr: "null" });
  return (await command.output().catch(() => ({ success: false }))).success;
}

async function canMount(): Promise<boolean> {
  if (Deno.uid() !== 0) return false;
  const folder = await Deno.makeTempDir();
  const can = await mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", folder);
  if (can) await new Deno.Command("umount", { args: [folder] }).output();
  await Deno.remove(folder);
  return can;
}

const ignore = !await canMount();

function codeOf({ records }: Ended): string | undefined {
  return (records.at(-1)?.issue as { code: string } | undefined)?.code;
}

Deno.test({
  name: "on a full disk each step says so and does its work when there is room (needs root and mount)",
  ignore,
  async fn() {
    await using whole = new Population();
    await Deno.mkdir(whole.paths.workspace, { recursive: true });
    await whole.configure(config);
    await using run = await SmallDisk.mounted();
    const full: string[] = [];
    for (const [step, ...flags] of steps) {
      await whole.step(step, ...flags);
      // A disk without any room, then with room for the beginning of the work.
      for (const left of [0, 65_536]) {
        run.fill(left);
        const ended = await run.begin(step, ...flags).ended;
        run.empty();
        if (ended.code === 0) continue;
        assertEquals([step, ended.code], [step, 1], ended.err);
        // `supervise` looks before it starts anything.
        if (codeOf(ended) === "step.failed") assertMatch(ended.err, /The disk is full|MiB free on its disk/);
        // Where the listing can't even be mapped into memory SQLite can't tell why.
        else assert(["disk.full", "disk.failed", "machine.disk"].includes(codeOf(ended)!), `${step}: ${ended.err}`);
        full.push(step);
      }
      await run.step(step, ...flags);
    }
    assertEquals(new Set(full).size, new Set(steps.map(([step]) => step)).size, full.join());
    assertEquals(differences(await stateOf(whole.paths), await stateOf(run.paths)), []);
  },
});

Deno.test({
  name: "on a disk that can't be written each step says so, and goes on when it can be (needs root and mount)",
  ignore,
  async fn() {
    await using run = await SmallDisk.mounted();
    await run.step("init", "--count", "3", "--seed", "7");
    const before = await stateOf(run.paths);
    await run.remount("ro");
    for (const [step, ...flags] of steps) {
      const ended = await run.begin(step, ...flags).ended;
      assertEquals([step, ended.code, codeOf(ended)], [step, 1, "disk.readonly"], ended.err);
    }
    await run.remount("rw");
    assertEquals(differences(await stateOf(run.paths), before), []);
    await run.step("lifecycle", "--until", "1", "--sleep", "0");
  },
});
