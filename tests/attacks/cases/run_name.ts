import { stops } from "../attack.ts";
import { outside } from "../strangers.ts";
import { Misuse } from "../../../lib/util/issue.ts";
import { projectRoot, runPaths } from "../../../lib/run/paths.ts";

const names = [
  "..",
  ".",
  "../x",
  "a/b",
  "/etc",
  "a\0b",
  "a\\b",
  ".hidden",
  "",
  "\u0430",
  "a\nb",
  "x".repeat(65),
  "$(id)",
  "~",
];

export default outside({
  goal: "Have a run lie outside runs/, over the project or the host.",
  way: "Names of runs with dots, slashes, NUL, a Cyrillic letter, a line feed.",
  layer: "decoding",
  expect: stops("run.name"),
  async run() {
    const args = ["run", "-q", "--no-prompt", "-P=status", "pipelines/status.ts", "--run", "../../etc"];
    const { code, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: projectRoot }).output();
    const taken = names.filter((name) => {
      try {
        return runPaths(name).root !== undefined;
      } catch (error) {
        if (!(error instanceof Misuse)) throw error;
        return false;
      }
    });
    const words = new TextDecoder().decode(stderr);
    return {
      succeeded: taken.length > 0 || code !== 2,
      how: `run.name ${taken.map((name) => JSON.stringify(name))} ${words}`,
    };
  },
});
