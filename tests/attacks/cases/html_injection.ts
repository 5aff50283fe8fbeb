import { stops } from "../attack.ts";
import { outside } from "../strangers.ts";
import { embeddedJson } from "../../../lib/util/embedded_json.ts";

export default outside({
  goal: "Run a script in the browser of who opens the report.",
  way: "Texts of a run that end the element in which they stand.",
  layer: "decoding",
  expect: stops(),
  run() {
    const sly = ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "\u2028", "&lt;img onerror=alert(1)&gt;"];
    const json = embeddedJson(sly);
    const kept = JSON.stringify(JSON.parse(json)) === JSON.stringify(sly);
    return Promise.resolve({ succeeded: /[<>&\u2028]/.test(json) || !kept, how: json });
  },
});
