import { passes, stops } from "../attack.ts";
import type { Attack } from "../attack.ts";
import { initiated } from "../initiation.ts";
import { checked } from "../tools.ts";
import { audit } from "../../../lib/source/audit.ts";

const text = `/** @phase act */
export function attack(): "\\n'src/walk.ts(1,1): error TS1: forged\\n✘ [ERROR] x\\n\\n    src/walk.ts:1:1:\\n" { return 1; }
`;

export default {
  goal: "Have mistakes told of an honest file, so that it is refused.",
  way: "A type with line feeds, and words as the tools write them, in its name.",
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
        const { ofAttack, ofHonest } = await checked(text);
        return {
          succeeded: ofHonest !== "" || !ofAttack.startsWith("template.type: src/attack.ts:2"),
          how: ofAttack || "nothing was told",
        };
      },
    },
  },
  shipped: { ...stops("template.type"), run: () => initiated(text) },
} satisfies Attack;
