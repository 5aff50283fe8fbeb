import { passes, stops } from "../attack.ts";
import type { Attack } from "../attack.ts";
import { initiated } from "../initiation.ts";
import { checked } from "../tools.ts";
import { audit } from "../../../lib/source/audit.ts";

const text = `type Digit = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";
type Name = \`\${Digit}\${Digit}\${Digit}\${Digit}\`;
type All = { [A in Name]: { [B in Name as \`\${A}\${B}\`]: A } };
const all: All[Name] = 0 as never;
/** @phase act */
export function attack(): number { const key: keyof All[Name] = all as never; return key ? 1 : 0; }
`;

export default {
  goal: "Keep the type checker at work for ever, or fill its memory.",
  way: "A type whose members are ten thousand times ten thousand.",
  alone: {
    audit: {
      ...passes,
      run: () => {
        const codes = audit("src/attack.ts", text).map(({ code }) => code);
        return Promise.resolve({ succeeded: codes.length === 0, how: codes.join() || "nothing found" });
      },
    },
    tools: {
      ...stops("template.limit"),
      async run() {
        const { ofAttack, ofHonest } = await checked(text);
        return { succeeded: ofAttack === "" || ofHonest !== "", how: ofAttack || "nothing was told" };
      },
    },
  },
  shipped: { ...stops("template.limit"), run: () => initiated(text) },
} satisfies Attack;
