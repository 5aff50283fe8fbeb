import { codeAttack } from "../code.ts";
import { passes, stops } from "../attack.ts";

export default codeAttack({
  goal: "Read the environment, in which keys of services often lie.",
  way: "Deno.env and process.env.",
  body:
    'const ways = [() => Object.keys(Deno.env.toObject()), () => [Deno.env.get("PATH")], () => Object.keys(process.env)]; return ways.some((way) => { try { return way().some((name) => name); } catch { return false; } });',
  audit: stops("Deno is neither declared here"),
  runtime: stops(),
  permissions: stops(),
  bubblewrap: passes,
});
