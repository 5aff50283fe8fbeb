import { assertEquals, assertMatch, assertNotMatch, assertStringIncludes } from "@std/assert";
import { fixture, run, TestRun } from "./_run.ts";

const probe = (...args: string[]) => run(fixture("probe_step.ts", ...args));

Deno.test("runStep(): a flag or value that can't be is misuse and names the nearest valid one", async () => {
  const cases: [string[], string][] = [
    [["--amuont", "3"], "the nearest valid one is --amount"],
    [["--formta", "json"], "the nearest valid one is --format"],
    [["--zzzzzzzzzz"], "valid are --mode, --amount"],
    [["-z"], "no such flag"],
    [["--mode", "wrok"], "the nearest valid one is work"],
    [["--format", "jsn"], "the nearest valid one is json"],
    [["--log-level", "trace"], "debug, info, warn or error"],
    [["--amount", "0"], "must be a whole number from 1 to 9; the nearest valid one is 1"],
    [["--amount", "99"], "the nearest valid one is 9"],
    [["--amount", "2.5"], "the nearest valid one is 3"],
    [["--amount", "two"], "must be a whole number from 1 to 9"],
    [["--amount", ""], "must be a whole number from 1 to 9"],
    [["--amount", "0x3"], "must be a whole number from 1 to 9"],
    [["--amount"], "must have a value"],
    [["--amount", "1", "--amount", "2"], "twice"],
    [["--share", "1.5"], "must be a number from 0 to 1; the nearest valid one is 1"],
    [["--share", "NaN"], "must be a number from 0 to 1"],
    [["--seed", "a b"], "the nearest valid one is a-b"],
    [["--run", "../up"], "the nearest valid one is up"],
    [["--workers", "0"], "the nearest valid one is 1"],
    [["stray"], "takes flags only"],
  ];
  await Promise.all(cases.map(async ([args, wanted]) => {
    const { code, out, err } = await probe(...args);
    assertEquals({ args, code, out }, { args, code: 2, out: "" });
    assertStringIncludes(err, wanted);
    assertNotMatch(err, /\n +at /);
  }));
});

Deno.test("runStep() gives flags their values", async () => {
  await using test = new TestRun().list(0);
  const flags = ["--run", test.name, "--amount", "3", "--share=.5", "--seed", "a-1", "--workers", "2"];
  const { code, records } = await probe(...flags);
  assertEquals(code, 0);
  assertEquals(records[0], {
    type: "probe.at-work",
    step: "probe",
    id: null,
    ok: true,
    amount: 3,
    share: 0.5,
    seed: "a-1",
    workers: 2,
  });
});

Deno.test("runStep(): --help tells of every flag but the hidden one, and does nothing", async () => {
  const { code, out, err } = await probe("--help");
  assertEquals([code, err], [0, ""]);
  for (const flag of ["run", "format", "log-level", "quiet", "help", "workers", "stdin", "mode", "amount"]) {
    assertMatch(out, new RegExp(`--${flag}\\b`));
  }
  assertNotMatch(out, /--lock/);
});
