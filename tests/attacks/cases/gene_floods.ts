import { stops } from "../attack.ts";
import { outside } from "../strangers.ts";
import { evaluate } from "../../../lib/runtime/evaluate.ts";
import { limits } from "../../../lib/runtime/limits.ts";
import { madeAgent, madeRequest } from "../../runtime/made_agent.ts";

export default outside({
  goal: "Fill inboxes, memory and the reply from within a gene.",
  way: "A hundred thousand messages, memories and signals, giant messages and names of a million letters among them.",
  layer: "runtime",
  expect: stops(),
  run() {
    const flood = madeAgent({
      "act src/a.ts#go": (gene) => {
        for (let i = 0; i < 5000; i++) {
          gene.send(i % 4, Array(i % 40).fill(i));
          gene.remember(`k${i}`, i);
          gene.emit(`s${i}`, i);
        }
        gene.send(0, Array(100_000).fill(1));
        gene.send(0, [1e300, NaN, -Infinity]);
        gene.remember("k".repeat(1_000_000), 1);
        return 0;
      },
    });
    const world = { ...flood.world, world: { ...flood.world.world, memory: "lifetime" as const } };
    const { outbox, memory } = evaluate({ ...flood, world }, madeRequest({ addresses: 2 }));
    const giant = outbox.some(({ address, body }) =>
      address > 1 || body.length > limits.body || !body.every(Number.isFinite)
    );
    const succeeded = outbox.length > limits.messages || memory.length > limits.memory || giant;
    return Promise.resolve({ succeeded, how: `${outbox.length} messages, ${memory.length} memories` });
  },
});
