/**
 * Attacks on the readers of source text: texts that make them work for minutes.
 *
 * @module
 */

import { examineSource } from "../../lib/source/examine.ts";
import { disproportion } from "../proportion.ts";
import { type Attack, stops } from "./attack.ts";
import { outside } from "./strangers.ts";

/** An attack on the readers of source text. */
export interface ReaderAttack {
  readonly way: string;
  /** A text of about so many characters. */
  readonly text: (length: number) => string;
}

/** An attack on the readers of source text, stopped where their time grows in proportion to the text. */
export function readerAttack({ way, text }: ReaderAttack): Attack {
  return outside({
    goal: "Make the steps that read code work for minutes, deaf to signals.",
    way,
    layer: "audit",
    expect: stops("in proportion"),
    async run() {
      const measured = await disproportion((code: string) => examineSource("src/a.ts", code), text, 8000);
      return { succeeded: measured !== undefined, how: measured ?? "its time grows in proportion to the text" };
    },
  });
}
