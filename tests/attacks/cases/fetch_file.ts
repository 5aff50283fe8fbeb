import { codeAttack } from "../code.ts";
import { stops } from "../attack.ts";

export default codeAttack({
  goal: "Read a file of the host.",
  way: "fetch of a file: URL.",
  body:
    'fetch("file://SECRET_TEXT").then((got: any) => got.text()).then((text: any) => text === secret && succeed(), () => {}); return false;',
  audit: stops("fetch is neither declared here"),
  runtime: stops(),
  permissions: stops(),
  bubblewrap: stops(),
});
