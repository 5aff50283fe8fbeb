import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Reach the host through the engine's own modules.",
  way: "A static import of node:fs, used before the runtime hardens the realm.",
  head: 'import { readFileSync } from "node:fs"; const stolen = readFileSync("SECRET_TEXT", "utf8");',
  body: "return stolen === secret;",
  audit: stops("audit.import"),
  bundle: stops("template.bundle"),
  runtime: passes,
  permissions: stops("exit code 1"),
});
