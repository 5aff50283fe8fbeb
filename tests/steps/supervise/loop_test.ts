import { assertEquals } from "@std/assert";
import type { Isolation } from "../../../lib/isolation/isolation.ts";
import type { EvaluationRequest } from "../../../lib/isolation/request.ts";
import { Stages } from "../../../lib/step/stages.ts";
import { dueJudged } from "../../../lib/steps/supervise/due.ts";
import { EvaluationLoop } from "../../../lib/steps/supervise/loop.ts";
import { readFacts } from "../../../lib/steps/supervise/run_facts.ts";
import { Tally } from "../../../lib/steps/supervise/tally.ts";
import { withEvaluators } from "../../../lib/steps/supervise/evaluators.ts";
import { type Behaviour, MadeRun, madeStep } from "./made_run.ts";

/** An isolation to which requests go as text, as they would to another machine. */
class Elsewhere implements Isolation {
  readonly capacity = 3;
  readonly asked: EvaluationRequest[] = [];
  readonly #here: Isolation;
  #underWay = 0;
  most = 0;

  constructor(here: Isolation) {
    this.#here = here;
  }

  async evaluate(request: EvaluationRequest): ReturnType<Isolation["evaluate"]> {
    this.asked.push(request);
    // The control comes on top.
    if (request.id !== "control") this.most = Math.max(this.most, ++this.#underWay);
    try {
      return JSON.parse(JSON.stringify(await this.#here.evaluate(JSON.parse(JSON.stringify(request)))));
    } finally {
      if (request.id !== "control") this.#underWay--;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

Deno.test("EvaluationLoop takes any isolation, hands over plain data, and no more at once than it has capacity for", async () => {
  const behaviours: Behaviour[] = ["honest", "throws", "changes", "cheats", "honest", "garbage", "honest"];
  const [here, there] = [await MadeRun.make(behaviours), await MadeRun.make(behaviours)];
  await here.supervise();
  using listing = there.listing();
  const facts = await readFacts(listing, there.paths);
  const asked = await withEvaluators(
    { paths: there.paths, listing, facts, judged: true, concurrency: 3 },
    async (evaluators) => {
      const isolation = new Elsewhere(evaluators.isolation);
      const parts = { step: madeStep(there), listing, facts, tally: new Tally(new Stages()), cycle: 1 };
      await new EvaluationLoop({ ...parts, ...evaluators, isolation }, dueJudged(listing, facts.due)).run();
      assertEquals(isolation.most, isolation.capacity);
      return isolation.asked;
    },
  );
  assertEquals(there.outcomes(), here.outcomes());
  // What failed is confirmed by the control, which runs alone.
  assertEquals(asked.filter(({ alone }) => !alone).length, behaviours.length);
  assertEquals(asked.filter(({ alone }) => alone).map(({ id }) => id), ["control"]);
  for (const run of [here, there]) await Deno.remove(run.paths.root, { recursive: true });
});
