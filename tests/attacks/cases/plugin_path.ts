import { stops } from "../attack.ts";
import { outside } from "../strangers.ts";
import { Misuse } from "../../../lib/util/issue.ts";
import { Plugin } from "../../../lib/steps/select/plugin.ts";

export default outside({
  goal: "Have a module from outside plugins/ run as the strategy of selection.",
  way: "A path that begins with plugins/ and climbs out of it.",
  layer: "decoding",
  expect: stops("plugin.path"),
  async run() {
    const host = { say: () => {}, signal: new AbortController().signal };
    const error = await Plugin.load("plugins/../tests/attacks/strangers.ts", "selection", () => undefined, host)
      .catch((error) => error);
    return error instanceof Misuse
      ? { succeeded: false, how: error.issue.code }
      : { succeeded: true, how: "it was loaded" };
  },
});
