import { stops } from "../attack.ts";
import type { Attack } from "../attack.ts";
import { initiated } from "../initiation.ts";
import { checked } from "../tools.ts";
import { aimed } from "../sandbox.ts";
import { audit } from "../../../lib/source/audit.ts";

const text = aimed(`/// <reference path="SECRET_CODE" />
/// <reference types="SECRET_TEXT" />
/* @jsxImportSource SECRET_TEXT */ // @ts-nocheck
/** @phase act */
export function attack(): number {
  // @ts-ignore
  return "text"; // @ts-expect-error
}
`);

export default {
  goal: "Have the type checker look away, or read files of the host.",
  way: "Comments: a path of a reference, no check, settings of JSX, and a mistake to be ignored.",
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
          succeeded: !ofAttack.startsWith("template.type: src/attack.ts:7: TS2322") || ofAttack.includes("secret"),
          how: ofAttack || "nothing was told",
        };
      },
    },
  },
  shipped: { ...stops("audit.comment"), run: () => initiated(text) },
} satisfies Attack;
