import { assertEquals, assertGreater, assertLessOrEqual, assertRejects } from "@std/assert";
import { Misuse } from "../../lib/util/issue.ts";
import { overWorkers } from "../../lib/step/pool.ts";

const module = new URL("./fixtures/square_worker.ts", import.meta.url);
const inline = () => import("./fixtures/square_worker.ts");

Deno.test("overWorkers() gives the results in the items' order, on any number of workers", async () => {
  const items = Array.from({ length: 100 }, (_, i) => i);
  for (const workers of [1, 3]) {
    const results = await Array.fromAsync(overWorkers<number, number>({ module, items, workers }));
    assertEquals(results, items.map((i) => i * i));
  }
});

Deno.test("overWorkers() starts no worker for few items", async () => {
  const options = { module, workers: 2, inlineBelow: 2, inline };
  assertEquals(await Array.fromAsync(overWorkers({ ...options, items: ["a", "b"] })), [
    "a main granted",
    "b main granted",
  ]);
  const three = await Array.fromAsync(overWorkers({ ...options, items: ["a", "b", "c"] }));
  assertEquals(three, ["a worker prompt", "b worker prompt", "c worker prompt"]);
  assertEquals(await Array.fromAsync(overWorkers({ ...options, items: [] })), []);
});

Deno.test("overWorkers() tells how long each item took, in a worker and in the main thread", async () => {
  for (const inlineBelow of [0, 9]) {
    const times: number[] = [];
    const timed = (ms: number) => void times.push(ms);
    await Array.fromAsync(overWorkers({ module, items: [1, 2, 3], workers: 2, inlineBelow, timed }));
    assertEquals([times.length, times.every((ms) => ms >= 0)], [3, true]);
  }
});

Deno.test("overWorkers(): imports the module itself where no literal import is given", async () => {
  const results = overWorkers<number, number>({ module, items: [2], workers: 1, inlineBelow: 1 });
  assertEquals(await Array.fromAsync(results), [4]);
});

Deno.test("overWorkers() pulls no more items than may be in flight, and closes their source", async () => {
  let pulled = 0;
  let closed = false;
  async function* items() {
    try {
      for (; pulled < 1000; pulled++) yield await Promise.resolve(pulled);
    } finally {
      closed = true;
    }
  }
  for await (const result of overWorkers<number, number>({ module, items: items(), workers: 2 })) {
    if (result === 25) break;
  }
  assertGreater(pulled, 5);
  assertLessOrEqual(pulled, 5 + 8);
  assertEquals(closed, true);
});

Deno.test("overWorkers() throws what a worker threw, with its class and issue", async () => {
  for (const inlineBelow of [0, 9]) {
    const results = overWorkers<number, number>({ module, items: [1, -2, 3], workers: 2, inlineBelow, inline });
    const seen: number[] = [];
    const error = await assertRejects(async () => {
      for await (const result of results) seen.push(result);
    }, Misuse);
    assertEquals(seen, [1]);
    assertEquals(error.issue, { code: "square.negative", message: "Cannot square -2." });
  }
});

Deno.test("overWorkers() ends at once when aborted, though a worker never answers", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const results = overWorkers<number | null, number>({
    module,
    items: [1, null],
    workers: 1,
    signal: controller.signal,
  });
  assertEquals((await results.next()).value, 1);
  const next = results.next();
  controller.abort(reason);
  assertEquals(await next.catch((error) => error), reason);
});
