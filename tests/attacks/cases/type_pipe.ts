import { stops } from "../attack.ts";
import type { Attack } from "../attack.ts";
import { initiated } from "../initiation.ts";
import { checked } from "../tools.ts";
import { folder } from "../sandbox.ts";
import { audit } from "../../../lib/source/audit.ts";

const pipe = `${folder}/pipe.d.ts`;
new Deno.Command("mkfifo", { args: [pipe] }).outputSync();
const text = `/// <reference path="${pipe}" />
/** @phase act */
export function attack(): number { return "text"; }
`;

export default {
  goal: "Hang a step by a file that never ends.",
  way: "A comment refers the type checker to a named pipe.",
  alone: {
    audit: {
      ...stops("audit.comment"),
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
          succeeded: !ofAttack.startsWith("template.type: src/attack.ts:3: TS2322"),
          how: ofAttack || "nothing was told",
        };
      },
    },
  },
  shipped: { ...stops("audit.comment"), run: () => initiated(text) },
} satisfies Attack;
