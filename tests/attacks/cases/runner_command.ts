import { stops } from "../attack.ts";
import { outside } from "../strangers.ts";
import { Findings } from "../../../lib/steps/annotate/findings.ts";
import { githubLines } from "../../../lib/steps/annotate/github.ts";

const sly = [
  "a\n::stop-commands::x",
  "b\r::add-mask::y",
  "c%0A::set-output name=a::z",
  "d,file=/etc/passwd::e",
  "##[f]",
];

export default outside({
  goal: "Give GitHub's runner commands, or have it show another file, from a job's log.",
  way: "Messages, codes and paths of a template with line feeds, escapes of them, and the signs of commands.",
  layer: "decoding",
  expect: stops(),
  run() {
    const findings = new Findings();
    for (const code of sly) {
      for (const message of sly) {
        findings.add({ id: null, ok: false, issue: { code, message, path: `/work/${code}/src/a.ts` } });
      }
    }
    const text = githubLines(findings, { root: "/work" });
    const own = /^::error (?:file=[^:,\r\n]*,)?title=[^:,\r\n]*::[^\r\n]*$/;
    const lines = text.split(/[\r\n]/).slice(0, -1);
    const succeeded = lines.length > 10 || !lines.every((line) => own.test(line)) || /%0[AD]/i.test(text);
    return Promise.resolve({ succeeded, how: text });
  },
});
