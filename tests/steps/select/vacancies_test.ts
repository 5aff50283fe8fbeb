import { assertEquals } from "@std/assert";
import { vacancyText } from "../../../lib/steps/select/vacancies.ts";
import { candidate } from "../../selection/made_candidates.ts";

Deno.test("vacancyText() says that none can be a parent only where that is so", () => {
  const sterile = candidate(0, { fertile: false }), failed = candidate(1, { fitness: undefined });
  assertEquals(vacancyText(0, []), undefined);
  assertEquals(
    vacancyText(1, [sterile, failed]),
    "1 place stays empty, as no agent with a result has an active gene of phase birth.",
  );
  assertEquals(
    vacancyText(98, [sterile, candidate(2)]),
    "98 places stay empty, as the strategy lets no more be born in this cycle.",
  );
});
