import { assertEquals } from "@std/assert";
import { lastCycle, openCycle, presentCycle } from "../../lib/db/cycle.ts";
import { Listing } from "../../lib/db/listing.ts";

Deno.test("openCycle() opens the first cycle and then only after a closed one", async () => {
  using made = Listing.open(`${await Deno.makeTempDir()}/listing.db`, { create: true });
  assertEquals([lastCycle(made), presentCycle(made)], [undefined, 0]);
  assertEquals(openCycle(made), { cycle: 1, state: "open", opened: true });
  for (const state of ["open", "judged", "planned"] as const) {
    made.run("UPDATE cycles SET state = ?", state);
    assertEquals(openCycle(made), { cycle: 1, state, opened: false });
  }
  made.run("UPDATE cycles SET state = 'closed'");
  assertEquals(openCycle(made), { cycle: 2, state: "open", opened: true });
  assertEquals(presentCycle(made), 2);
});
