import { stops } from "../attack.ts";
import type { Attack } from "../attack.ts";
import { audit } from "../../../lib/source/audit.ts";
import { initiated } from "../initiation.ts";
import { aimed } from "../sandbox.ts";
import { loaded } from "../tools.ts";

const text = aimed(`const kept = (() => { for (;;); })();
/** @phase act */
export function attack(): number { return kept ? 1 : 0; }
`);

export default {
  goal: "Hang the step that tries how files are loaded.",
  way: "An endless loop in a constant at the top of a module.",
  alone: {
    audit: {
      ...stops("audit."),
      run: () => {
        const codes = audit("src/attack.ts", text).map(({ code }) => code);
        return Promise.resolve({ succeeded: codes.length === 0, how: codes.join() || "nothing found" });
      },
    },
    tools: { ...stops("template.load"), run: () => loaded(text) },
  },
  shipped: { ...stops("audit."), run: () => initiated(text) },
} satisfies Attack;
