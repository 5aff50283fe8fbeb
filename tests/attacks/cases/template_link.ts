import { stops } from "../attack.ts";
import { outside } from "../strangers.ts";
import { Misuse, StepFailed } from "../../../lib/util/issue.ts";
import { MadeRun, writeTemplate } from "../../agents/made_run.ts";

export default outside({
  goal: "Have a file of the host copied into a run, and from there into every agent.",
  way: "A template with a link in place of a gene file.",
  layer: "decoding",
  expect: stops("pool.link"),
  async run() {
    await using run = await MadeRun.make(0);
    await writeTemplate(run.template);
    await Deno.symlink("/etc/hostname", `${run.template}/src/host.ts`);
    const error = await run.init({ count: 1, seed: "7" }).catch((error) => error);
    if (error instanceof Misuse || error instanceof StepFailed) return { succeeded: false, how: error.issue.code };
    return { succeeded: true, how: `${error}` };
  },
});
