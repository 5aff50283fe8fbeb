import { stops } from "../attack.ts";
import { outside } from "../strangers.ts";
import { MadeRun, writeTemplate } from "../../agents/made_run.ts";

const extras = [
  "deno.json",
  "package.json",
  ".npmrc",
  "hooks.ts",
  "plugins/fitness.ts",
  "workspace/keys/public/signing.json",
  "workspace/config.json",
  "src/readme.md",
  "src/deeper/gene.ts",
  ".git/hooks/post-checkout",
];

export default outside({
  goal: "Have hooks, modules, configuration or keys taken over by who starts from a template.",
  way: "A template that brings all of these beside its genes.",
  layer: "decoding",
  expect: stops(),
  async run() {
    await using run = await MadeRun.make(0);
    await writeTemplate(run.template);
    for (const path of extras) {
      await Deno.mkdir(`${run.template}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
      await Deno.writeTextFile(`${run.template}/${path}`, "export default 'planted';");
    }
    await run.init({ count: 1, seed: "7" });
    const { stdout } = await new Deno.Command("grep", {
      args: ["-rl", "planted", run.paths.root, `${run.folder}/keys`],
    }).output();
    const found = new TextDecoder().decode(stdout);
    return { succeeded: found !== "", how: found || "nothing was taken over" };
  },
});
