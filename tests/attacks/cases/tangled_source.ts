import { stops } from "../attack.ts";
import { initiated } from "../initiation.ts";
import { outside } from "../strangers.ts";

export default outside({
  goal: "Make the steps that read code work for ever, with no memory and no loop that could be limited.",
  way: "Four hundred letters in which a parser tries out what is an arrow function, and within that again.",
  layer: "audit",
  expect: stops("source.nested"),
  run: () => initiated(`export const f = ${"a ? (x) : ({ y = ".repeat(30)}1${" }) => 0".repeat(30)};`),
});
