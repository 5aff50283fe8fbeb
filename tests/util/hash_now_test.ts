import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { sha256 } from "../../lib/util/hash.ts";
import { sha256Now } from "../../lib/util/hash_now.ts";

Deno.test("sha256Now() is sha256(), of bytes and of texts, of the first few and of many", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.uint8Array(), fc.string({ unit: "grapheme" })), async (content) => {
      assertEquals(sha256Now(content), await sha256(content));
    }),
    { numRuns: 300 },
  );
});
