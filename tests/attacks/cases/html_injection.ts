import { stops } from "../attack.ts";
import { outside } from "../strangers.ts";
import { viewSvg } from "../../../lib/view/svg.ts";
import { embeddedJson } from "../../../lib/util/embedded_json.ts";

export default outside({
  goal: "Run a script in the browser of who opens a report or a drawing.",
  way: "Texts of a run or a view that end the element in which they stand.",
  layer: "decoding",
  expect: stops(),
  run() {
    const sly = ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "\u2028", "&lt;img onerror=alert(1)&gt;"];
    const json = embeddedJson(sly);
    const kept = JSON.stringify(JSON.parse(json)) === JSON.stringify(sly);
    const shapes = sly.map((text) => ({ shape: "text", x: 0, y: 0, text, label: text }) as const);
    const frames = [{ step: 0, shapes: shapes.map((_, place) => place) }];
    const svg = viewSvg({ shapes, frames }, { title: sly.join("") });
    const succeeded = /[<>&\u2028]/.test(json) || !kept || /<(script|img|!)/.test(svg);
    return Promise.resolve({ succeeded, how: json });
  },
});
