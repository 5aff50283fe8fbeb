import { outside } from "../strangers.ts";
import { stops } from "../attack.ts";
import { NamedRun } from "../../pipelines/named_run.ts";

export default outside({
  goal: "Have the terminal of who starts a step obey: set its title, fake a line of success.",
  way: "A template with a file whose name holds an OSC sequence, a line feed and a mark that turns the direction.",
  layer: "decoding",
  expect: stops("pool.path"),
  async run() {
    await using run = await NamedRun.make();
    const name = "\u001b]0;owned\u0007\u009b2J\ninit: All is well.\u202e.ts";
    await Deno.writeTextFile(`${run.template}/src/${name}`, "");
    const { stdout, stderr, code } = await run.init("--count", "1");
    const shown = stdout + stderr;
    return {
      succeeded: code === 0 || /[^\P{Cc}\n]|\p{Cf}|\ninit: All/u.test(shown),
      how: code === 2 ? `pool.path: ${JSON.stringify(shown)}` : JSON.stringify(shown),
    };
  },
});
