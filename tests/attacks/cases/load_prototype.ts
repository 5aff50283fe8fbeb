import { stops } from "../attack.ts";
import type { Attack } from "../attack.ts";
import { audit } from "../../../lib/source/audit.ts";
import { initiated } from "../initiation.ts";
import { aimed } from "../sandbox.ts";
import { loaded } from "../tools.ts";

const text = aimed(`const kept = ((Array.prototype as any).map = () => []);
/** @phase act */
export function attack(): number { return kept ? 1 : 0; }
`);

export default {
  goal: "Change what other files of the pool inherit, as the first that is loaded.",
  way: "A constant at the top of a module writes to what all lists inherit.",
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
