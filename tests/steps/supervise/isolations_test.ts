import { assertEquals } from "@std/assert";
import { bubblewrap } from "../../isolation/installed.ts";
import { type Behaviour, MadeRun } from "./made_run.ts";

/** Limits that tests reach soon. */
const limits = { memoryMiB: 64, cpuSeconds: 4, wallSeconds: 20, outputKiB: 64, descriptors: 64 };

async function evaluated(behaviours: readonly Behaviour[], isolation: MadeRun["isolation"]) {
  const run = await MadeRun.make(behaviours, { config: { limits } });
  run.isolation = isolation;
  await run.supervise();
  const came = { outcomes: run.outcomes(), digest: await run.digest() };
  await Deno.remove(run.paths.root, { recursive: true });
  return came;
}

Deno.test(
  "supervise() with --isolation bwrap: evaluations end as in processes without it",
  { ignore: bubblewrap === undefined },
  async () => {
    const behaviours = [
      ...["honest", "throws", "tells", "loops", "heap", "floods", "garbage", "twice", "changes", "writes"],
      ...["pries", "cheats", "endsJudge"],
    ] as const;
    const [alone, walled] = [
      await evaluated(behaviours as readonly Behaviour[], "process"),
      await evaluated(behaviours as readonly Behaviour[], "bwrap"),
    ];
    assertEquals(walled.outcomes, alone.outcomes);
    assertEquals(walled.digest, alone.digest);
  },
);
