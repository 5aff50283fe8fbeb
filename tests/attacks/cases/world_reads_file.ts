import { stops } from "../attack.ts";
import { judgeBundled } from "../bundling.ts";
import { initiatedWith } from "../initiation.ts";
import { aimed } from "../sandbox.ts";
import { tinyFiles } from "../../agents/made_run.ts";
import { audit } from "../../../lib/source/audit.ts";

const world = aimed(`import stolen from "SECRET_JSON";
${tinyFiles["world.ts"]}
function told(): number { return stolen.length; }
`).replace("score: state.moved", "score: state.moved + told()");

export default {
  goal: "Have a file of the host taken into the judge, which tells it by the scores that it gives.",
  way: "A template whose world imports a key as JSON.",
  alone: {
    audit: {
      ...stops("audit.import"),
      run: () => {
        const codes = audit("world.ts", world).map(({ code }) => code);
        return Promise.resolve({ succeeded: codes.length === 0, how: codes.join() });
      },
    },
    bundle: { ...stops("build.input"), run: () => judgeBundled(world) },
  },
  shipped: { ...stops("audit."), run: () => initiatedWith({ "world.ts": world }) },
};
