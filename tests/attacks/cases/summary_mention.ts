import { stops } from "../attack.ts";
import { outside } from "../strangers.ts";
import { markdown } from "../../../lib/steps/report/markdown.ts";

const sly = "@team #1 me@example.org https://e.org www.e.org mailto:a xmpp:a | ` \\| $x$ &#64;team";

export default outside({
  goal: "Have a job's summary at GitHub call somebody, or lead to another page.",
  way: "Texts of a run that GitHub makes links and mentions of after it has rendered the rest.",
  layer: "decoding",
  expect: stops(),
  run() {
    const text = markdown([{ id: "a", title: sly, note: sly, columns: [{ name: sly, kind: "text" }], rows: [[sly]] }]);
    const shown = text.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
    const succeeded = /[@#](?=\w)|:\/\/|www\.|(?:mailto|xmpp):/i.test(shown);
    return Promise.resolve({ succeeded, how: shown });
  },
});
