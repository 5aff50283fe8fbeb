import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Learn where the program lies on the host's disk.",
  way: "The stack of an error, and a hook of V8 that gives its frames as objects.",
  body:
    'const stack = new Error("x").stack; if (typeof stack === "string") return true; Error.prepareStackTrace = (_, frames) => frames; const made = {}; Error.captureStackTrace(made); return made.stack.length > 0;',
  audit: stops("the property stack"),
  runtime: stops(),
  permissions: passes,
});
