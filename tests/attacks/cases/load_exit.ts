import { stops } from "../attack.ts";
import type { Attack } from "../attack.ts";
import { audit } from "../../../lib/source/audit.ts";
import { initiated } from "../initiation.ts";
import { aimed } from "../sandbox.ts";
import { loaded } from "../tools.ts";

const text = aimed(`const kept = (globalThis as any).Deno.exit(0);
/** @phase act */
export function attack(): number { return kept ? 1 : 0; }
`);

export default {
  goal: "Have files that can't be loaded taken for such that can.",
  way: "A constant at the top of a module ends the process with exit code 0.",
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
