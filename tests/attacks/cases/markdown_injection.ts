import { stops } from "../attack.ts";
import { outside } from "../strangers.ts";
import { markdown } from "../../../lib/steps/report/markdown.ts";

const sly = "a | b\n\n# heading <img src=x onerror=alert(1)> [x](javascript:alert(1)) ![x](http://e.org/x) `code`";

export default outside({
  goal: "Bring links, pictures, headings and HTML into the report.",
  way: "Texts of a run with the signs of Markdown.",
  layer: "decoding",
  expect: stops(),
  run() {
    const text = markdown([{ id: "a", title: sly, note: sly, columns: [{ name: sly, kind: "text" }], rows: [[sly]] }]);
    const bare = text.replace(/\\[\\`*_[\]{}|~]/g, "");
    const succeeded = /[<>`]|\]\(|https?:\/\//.test(bare) ||
      text.split("\n").filter((line) => /^#/.test(line)).length > 2;
    return Promise.resolve({ succeeded, how: text });
  },
});
