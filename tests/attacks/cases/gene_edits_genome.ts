import { stops } from "../attack.ts";
import { outside } from "../strangers.ts";
import { evaluate } from "../../../lib/runtime/evaluate.ts";
import { madeAgent, madeGenome, madePool, madeRequest } from "../../runtime/made_agent.ts";
import { readGenotype } from "../../../lib/runtime/genotype.ts";
import { Catalogue } from "../../../lib/runtime/catalogue.ts";

export default outside({
  goal: "Be born with parameters and names that the pool does not have.",
  way: "A gene of phase end sets parameters to 1e300 and NaN, and files and functions by names such as __proto__.",
  layer: "runtime",
  expect: stops(),
  run() {
    const refused: string[] = [];
    const tries = (work: () => void) => {
      try {
        work();
      } catch (error) {
        refused.push((error as Error).name);
      }
    };
    const agent = madeAgent({
      "end src/a.ts#go": ({ genome }) => {
        tries(() => genome.setParameter("src/a.ts", "rate", 1e300));
        tries(() => genome.setParameter("src/a.ts", "rate", NaN));
        tries(() => genome.setParameter("src/a.ts", "__proto__", 1));
        tries(() => genome.setFile("../../x.ts", true));
        tries(() => genome.setFunction("src/a.ts", "constructor", true));
        tries(() => genome.copy({ files: () => ["x"] } as never));
        tries(() => genome.setFunction("src/a.ts", "go", "yes" as never));
      },
    });
    const { genome } = evaluate(agent, madeRequest());
    const [file] = readGenotype(genome ?? madeGenome(), new Catalogue(madePool));
    const succeeded = refused.length !== 6 || file!.numbers.some((value) => !(value >= 0 && value <= 1));
    return Promise.resolve({ succeeded, how: `${refused} ${JSON.stringify(file)}` });
  },
});
