import { stops } from "../attack.ts";
import { outside } from "../strangers.ts";
import { evaluate } from "../../../lib/runtime/evaluate.ts";
import { line, madeAgent, madeRequest } from "../../runtime/made_agent.ts";

export default outside({
  goal: "Know chance before it comes, or have other chance than all the others.",
  way: "Probes of a world whose probe draws from the episode's random numbers.",
  layer: "runtime",
  expect: stops("world: world.ts drew a random number outside begin and act"),
  run() {
    const world = {
      ...line,
      world: { ...line.world, probes: 9 },
      probe: ({ random }: { readonly random: () => number }) => ({ value: random() }),
    };
    const foresee = madeAgent({ "act src/a.ts#go": (context) => context.probe(1)!.value < 0.5 ? 1 : 2 }, world);
    try {
      evaluate(foresee, madeRequest());
      return Promise.resolve({ succeeded: true, how: "it was told" });
    } catch (failure) {
      const { code, message } = failure as { readonly code: string; readonly message: string };
      return Promise.resolve({ succeeded: false, how: `${code}: ${message}` });
    }
  },
});
