import { assertEquals } from "@std/assert";
import { Realm } from "../../lib/twin/realm.ts";
import { programOf, unruly } from "./made.ts";

/** A realm that answers with what an expression comes to, in which `line` is what is asked. */
async function realmOf(expression: string): Promise<Realm> {
  const { pool } = await programOf(unruly);
  const text = `const port = __port; let shared = "";
    globalThis.__twin = () => {
      const line = port.asked;
      if (line.startsWith("{")) shared += line.slice(0, 9);
      else port.answer = String(${expression});
    };`;
  return new Realm({ pool, text });
}

Deno.test("Realm has none of what a Worker has, and compiles no text", async () => {
  const realm = await realmOf("typeof globalThis[line]");
  const answers = ["Deno", "fetch", "process", "postMessage"].map((name) => realm.evaluate(name, 1000));
  assertEquals(answers, new Array(4).fill("undefined"));
  const compiling = await realmOf("(() => { try { return eval(line); } catch (error) { return error.name; } })()");
  assertEquals(compiling.evaluate("1", 1000), "EvalError");
});

Deno.test("Realm ends what runs too long, and goes on with another one that holds the same", async () => {
  const realm = await realmOf('line === "loop" ? (() => { for (;;); })() : shared');
  realm.share("worlds", "[]");
  const before = realm.evaluate("x", 1000);
  assertEquals([realm.evaluate("loop", 50), realm.evaluate("x", 1000)], [undefined, before]);
  assertEquals(before, '{"pool":{{"worlds"');
});
