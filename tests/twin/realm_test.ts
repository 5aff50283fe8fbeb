import { assertEquals } from "@std/assert";
import { Realm } from "../../lib/twin/realm.ts";
import { programOf, unruly } from "./made.ts";

const enough = { cpuMs: 5000, memoryBytes: 1024 * 1024 * 1024 };

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
  const answers = ["Deno", "fetch", "process", "postMessage"].map((name) => realm.evaluate(name, enough));
  assertEquals(answers, new Array(4).fill("undefined"));
  const compiling = await realmOf("(() => { try { return eval(line); } catch (error) { return error.name; } })()");
  assertEquals(compiling.evaluate("1", enough), "EvalError");
});

Deno.test("Realm ends what runs too long, and goes on with another one that holds the same", async () => {
  const realm = await realmOf('line === "loop" ? (() => { for (;;); })() : shared');
  realm.share("worlds", "[]");
  const before = realm.evaluate("x", enough);
  assertEquals(realm.evaluate("loop", { ...enough, cpuMs: 50 }), { ended: "cpu" });
  assertEquals([realm.evaluate("x", enough), before], new Array(2).fill('{"pool":{{"worlds"'));
});

Deno.test("Realm ends what takes too much memory", async () => {
  const realm = await realmOf("(() => { const all = []; for (;;) all.push([1, 2, 3]); })()");
  assertEquals(realm.evaluate("x", { ...enough, memoryBytes: 100 * 1024 * 1024 }), { ended: "memory" });
});

Deno.test("Realm gives one that is slow by its nature the time that it takes", async () => {
  const realm = await realmOf("(() => { for (let i = 0; i < 4e8; i++); return line; })()");
  assertEquals([1, 2].map((each) => realm.evaluate(`${each}`, enough)), ["1", "2"]);
});
