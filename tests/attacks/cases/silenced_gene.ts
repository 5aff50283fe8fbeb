import { stops } from "../attack.ts";
import { outside } from "../strangers.ts";
import { link } from "../../../lib/genome/link.ts";
import { poolOf } from "../../../lib/template/read_pool.ts";
import { tinyFiles } from "../../agents/made_run.ts";
import type { Genome } from "../../../lib/runtime/genome_schema.ts";

/** Ways to call the gene `quiet`, which the genome switches off. */
const ways: Readonly<Record<string, string>> = {
  plainly: "export function loud(): number { return quiet(); }",
  "through a helper":
    "function helper(): number { return quiet(); } export function loud(): number { return helper(); }",
  "by another name": "export function loud(): number { const other = quiet; return other(); }",
  "as an argument": "export function loud(): number { return [1].map(quiet).length; }",
  "as a default": "export function loud(other = quiet): number { return other(); }",
  "in a record": "export function loud(): number { const all = { quiet }; return all.quiet(); }",
  "in a class":
    "class Box { call(): number { return quiet(); } } export function loud(): number { return new Box().call(); }",
  "in a field": "class Box { call = quiet; } export function loud(): number { return new Box().call(); }",
  "by a constant": "const other = (): number => quiet(); export function loud(): number { return other(); }",
  "in a text": "export function loud(): number { return `${quiet()}`.length; }",
};

export default outside({
  goal: "Keep a gene at work that the genome switches off.",
  way: "An active gene calls it in ten ways: by other names, through helpers, classes, defaults and records.",
  layer: "bundle",
  expect: stops("genotype.lethal"),
  async run() {
    const alive: string[] = [];
    for (const [way, code] of Object.entries(ways)) {
      const tagged = code.replace("export function loud", "/** @phase act */\nexport function loud");
      const text = `${tagged}\nexport function quiet(): number { return 1; }\n`;
      const files = { "src/a.ts": text, "world.ts": tinyFiles["world.ts"]! };
      const pool = await poolOf(
        Object.entries(files).map(([path, text]) => ({ path, text, bytes: new TextEncoder().encode(text) })),
        "template",
      );
      const genome: Genome = {
        version: 1,
        files: [{ path: "src/a.ts", active: true, functions: { loud: true, quiet: false }, parameters: {} }],
      };
      if (link(genome, pool)?.code !== "genotype.lethal") alive.push(way);
    }
    return { succeeded: alive.length > 0, how: alive.join() || "genotype.lethal" };
  },
});
