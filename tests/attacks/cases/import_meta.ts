import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Learn where the program lies on the host's disk.",
  way: "import.meta.url.",
  body: 'return import.meta.url.startsWith("file:");',
  audit: stops("import.meta"),
  bundle: stops("build.import"),
  runtime: passes,
  permissions: passes,
});
