import { passes, stops } from "../attack.ts";
import type { Attack } from "../attack.ts";
import { initiated } from "../initiation.ts";
import { checked } from "../tools.ts";
import { audit } from "../../../lib/source/audit.ts";

const text = `/** @phase act */
export function attack(): "\\u001b[31m\\u009b2J\\u202e\\r\\u0007" { return 1; }
`;

export default {
  goal: "Drive the terminal by the words of the type checker.",
  way: "A type of escape sequences, marks of direction and control characters.",
  alone: {
    audit: {
      ...passes,
      run: () => {
        const codes = audit("src/attack.ts", text).map(({ code }) => code);
        return Promise.resolve({ succeeded: codes.length === 0, how: codes.join() || "nothing found" });
      },
    },
    tools: {
      ...stops("template.type"),
      async run() {
        const { ofAttack } = await checked(text);
        return {
          succeeded: ofAttack === "" || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(ofAttack),
          how: ofAttack || "nothing was told",
        };
      },
    },
  },
  shipped: { ...stops("template.type"), run: () => initiated(text) },
} satisfies Attack;
