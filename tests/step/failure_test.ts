import { assertEquals } from "@std/assert";
import { summaryLine } from "../../lib/step/failure.ts";

Deno.test("summaryLine() counts one thing as one", () => {
  assertEquals(summaryLine({ updates: 1, cycles: 1 }, 5432), "1 cycle in 5.4 s.");
  assertEquals(summaryLine({ updates: 1, cycles: 0, built: 1, genes: 2 }, 60), "0 cycles, 1 built, 2 genes in 0.1 s.");
  assertEquals(summaryLine({ updates: 3 }, 0), "3 updates in 0.0 s.");
});
