import { codeAttack } from "../code.ts";
import { stops } from "../attack.ts";

export default codeAttack({
  goal: "Run code that was never audited, with what its static imports read.",
  way: "Writes a module that imports a file of another as text, and imports that module.",
  waits: true,
  body: [
    `Deno.writeTextFileSync("TO_WRITE.js", 'import text from "SECRET_TEXT" with { type: "text" }; export default text;');`,
    `const { default: got } = await import("TO_WRITE.js");`,
    `if (got === secret) succeed();`,
  ].join("\n"),
  audit: stops("Deno is neither declared here"),
  bundle: stops("template.bundle"),
  runtime: stops(),
  permissions: stops(),
  bubblewrap: stops(),
});
