import { assertEquals } from "@std/assert";
import { projectRoot } from "../../../lib/run/paths.ts";
import { read } from "../../docs_pages.ts";
import { NatsServer, natsServer } from "../../evaluators/nats.ts";
import { begin } from "../../step/_run.ts";
import { evolve, isUnverified, verifiedUnit } from "../../bin/verified_unit.ts";

const unit = "systemd/evolve-evaluator.service";

Deno.test({
  name: "the unit of evaluators is in order by systemd-analyze (needs systemd-analyze)",
  ignore: isUnverified,
  fn: async () => assertEquals(await verifiedUnit(unit, "evolve-evaluator.service"), [0, ""]),
});

Deno.test(
  "the unit's command evaluates until SIGTERM, and ends well",
  { ignore: natsServer === undefined },
  async () => {
    await using server = await NatsServer.start();
    const [, command] = /^ExecStart=(.*)$/m.exec(await read(unit))!;
    const text = command!.replace(evolve, `${projectRoot}/bin/evolve`).replace("nats://127.0.0.1:4222", server.url);
    const [program, ...args] = text.split(" ");
    const evaluator = begin(args, undefined, program!);
    await evaluator.saw("is ready");
    evaluator.child.kill("SIGTERM");
    const { code, err } = await evaluator.ended;
    assertEquals(code, 0, err);
  },
);

Deno.test("a task of the array job evaluates at the broker that it is given an address of", {
  ignore: natsServer === undefined,
}, async () => {
  await using server = await NatsServer.start();
  const script = `BROKER=${server.url} SLURM_ARRAY_TASK_ID=1 SLURM_CPUS_PER_TASK=1 exec ops/evaluators/slurm.sh`;
  const evaluator = begin(["-c", script], undefined, "/bin/sh");
  await evaluator.saw(/is ready: 1 at once, shared/);
  evaluator.child.kill("SIGTERM");
  const { code, err } = await evaluator.ended;
  assertEquals(code, 0, err);
});
