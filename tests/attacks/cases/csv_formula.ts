import { stops } from "../attack.ts";
import { outside } from "../strangers.ts";
import { csvField } from "../../../lib/tables/csv.ts";

export default outside({
  goal: "Have a spreadsheet start a program when it opens an export.",
  way: "Texts that begin like a formula, behind a quote and behind a line feed as well.",
  layer: "decoding",
  expect: stops(),
  run() {
    const sly = ["=cmd|'/c calc'!A1", "+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", 'a"\n=1', '"=1'];
    const fields = sly.map(csvField);
    const cells = fields.map((field) => /^"/.test(field) ? field.slice(1, -1).replaceAll('""', '"') : field);
    const bare = fields.some((field) => /^[^"]*[\n\r,]/.test(field) || /^"[^"]*"(?!"|$)/.test(field));
    return Promise.resolve({
      succeeded: cells.some((cell) => /^[=+\-@\t\r]/.test(cell)) || bare,
      how: fields.join(" ; "),
    });
  },
});
