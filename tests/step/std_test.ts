import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { delay } from "@std/async/delay";
import { pooledMap } from "@std/async/pool";
import { format as formatBytes } from "@std/fmt/bytes";
import { bold, stripAnsiCode } from "@std/fmt/colors";
import { format as formatDuration } from "@std/fmt/duration";
import { join, toFileUrl } from "@std/path";
import { TextLineStream } from "@std/streams/text-line-stream";

Deno.test("@std/… names + each resolves and does what its declared type says", async () => {
  assert(true);
  assertThrows(() => assertEquals(1, 2), Error, "not equal");
  await assertRejects(() => Promise.reject(new TypeError("no")), TypeError, "no");
  await delay(0);
  assertEquals(await Array.fromAsync(pooledMap(2, [1, 2, 3], (n) => Promise.resolve(2 * n))), [2, 4, 6]);
  assertEquals(formatBytes(1000), "1 kB");
  assertEquals(stripAnsiCode(bold("a")), "a");
  assertEquals(formatDuration(61_000, { ignoreZero: true }), "1m 1s");
  assertEquals(toFileUrl(join("/a", "b")).href, "file:///a/b");
  assertEquals(await Array.fromAsync(ReadableStream.from(["a\nb", "c\n"]).pipeThrough(new TextLineStream())), [
    "a",
    "bc",
  ]);
});
