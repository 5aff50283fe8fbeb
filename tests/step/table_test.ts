import { assertEquals } from "@std/assert";
import { table } from "../../lib/step/table.ts";

const columns = ["id", "score", "energy"];
const record = (id: string, score: number | null, more = {}) => ({
  type: "t",
  id,
  ok: true,
  score,
  energy: 1,
  ...more,
});

Deno.test("table() shows scores where there is no objective", () => {
  assertEquals(
    table([record("a", -2), record("b", null)], columns),
    "id  score  energy\na      -2       1\nb       –       1\n",
  );
});

Deno.test("table() shows an objective by its name in place of the score", () => {
  const objective = (value: number | null) => ({ objective: { name: "miss", sense: "minimise", value } });
  const rows = [record("a", -2, objective(2)), record("b", null, objective(null)), { type: "u", id: "c", ok: true }];
  assertEquals(table(rows, columns), "id  miss  energy\na      2       1\nb      –       1\nc      –       –\n");
});
