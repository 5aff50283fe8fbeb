import { assert, assertRejects, assertStringIncludes } from "@std/assert";
import { measure, measuresMemory } from "../../bench/suite/measure.ts";

const busy = "let x = 1; for (let i = 0; i < 4e8; i++) x = (x * 7 + i) % 1000003; if (x < 0) throw x;";

Deno.test("measure() counts the CPU time of what the command started", async () => {
  const { wallMs, cpuMs, peakKiB } = await measure({
    program: "/bin/sh",
    args: ["-c", `deno eval '${busy}'; true`],
  });
  assert(cpuMs >= 200 && wallMs >= cpuMs / navigator.hardwareConcurrency, `${wallMs} ${cpuMs}`);
  assert(measuresMemory() ? peakKiB! > 10_000 : peakKiB === null, `${peakKiB}`);
});

Deno.test("measure(): what fails is an error with its last words", async () => {
  const error = await assertRejects(
    () => measure({ program: "/bin/sh", args: ["-c", "echo so it ends >&2; exit 3"] }),
    Error,
  );
  assertStringIncludes(error.message, "ended with 3");
  assertStringIncludes(error.message, "so it ends");
});
