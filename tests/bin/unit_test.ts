import { assert, assertEquals } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { read } from "../docs_pages.ts";
import { begin, pipeline, run, TestRun } from "../step/_run.ts";
import { evolve, isUnverified, verifiedUnit } from "./verified_unit.ts";

const unit = "systemd/evolve@.service";

Deno.test({
  name: "the unit is in order by systemd-analyze (needs systemd-analyze)",
  ignore: isUnverified,
  fn: async () => assertEquals(await verifiedUnit(unit, "evolve@test.service"), [0, ""]),
});

Deno.test("the unit's command runs a run until SIGTERM, and ends as the unit takes for well", async () => {
  const text = await read(unit);
  const [, command] = /^ExecStart=(.*)$/m.exec(text)!;
  const [, success] = /^SuccessExitStatus=(.*)$/m.exec(text)!;
  await using test = new TestRun();
  await run(pipeline("init", "--run", test.name, "--count", "2", "--template", "examples/starter"));
  const [program, ...args] = command!.replace(evolve, `${projectRoot}/bin/evolve`).replace("%i", test.name).split(" ");
  const child = begin(args, undefined, program!);
  await child.saw("agents are evaluated");
  child.child.kill("SIGTERM");
  const { code, err } = await child.ended;
  assertEquals(String(code), success, err);
  // Nothing holds the run any more, and the next start goes on.
  const { records } = await run(pipeline("runs"));
  const found = records.find((record) => record.run === test.name)!;
  assert(found.ok, JSON.stringify(found));
  assertEquals([found.holder, found.size], [null, 2]);
});
