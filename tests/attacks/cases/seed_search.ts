import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Know the world's chance beforehand, and choose accordingly.",
  way: "A walk through all that the context leads to, in search of a seed.",
  body:
    'const names = ["steps", "perception", "parameters", "inbox", "mates", "past", "genome", "scores", "best", "seed", "request", "worlds", "self", "moment"]; const found = (value: any, depth: any): any => { if (typeof value === "string") return /^[0-9a-f]{32}$/.test(value); if (depth > 4 || value === null || typeof value !== "object") return false; return [...names, ...Object.keys(value)].some((name) => found(value[name], depth + 1)); }; return found(context, 0);',
  audit: passes,
  runtime: stops(),
  evaluations: stops("finished"),
});
