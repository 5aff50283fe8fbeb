import { stops } from "../attack.ts";
import type { Attack } from "../attack.ts";
import { initiated } from "../initiation.ts";
import { checked } from "../tools.ts";
import { aimed } from "../sandbox.ts";
import { audit } from "../../../lib/source/audit.ts";

const text = aimed(`/** @phase act */
export function attack(): typeof import("SECRET_CODE") { return 1; }
`);

export default {
  goal: "Have a file of the host told by a mistake in a type.",
  way: "A type that names the file within an expression, of which a number is demanded.",
  alone: {
    audit: {
      ...stops("audit."),
      run: () => {
        const codes = audit("src/attack.ts", text).map(({ code }) => code);
        return Promise.resolve({ succeeded: codes.length === 0, how: codes.join() || "nothing found" });
      },
    },
    tools: {
      ...stops(),
      async run() {
        const { ofAttack } = await checked(text);
        return {
          succeeded: ofAttack === "" || ofAttack.includes("secret of another"),
          how: ofAttack || "nothing was told",
        };
      },
    },
  },
  shipped: { ...stops("audit."), run: () => initiated(text) },
} satisfies Attack;
