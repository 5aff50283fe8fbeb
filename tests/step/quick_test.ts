import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { readArguments } from "../../lib/step/arguments.ts";
import { type Flags, wholeNumber } from "../../lib/step/flags.ts";
import { readPlain } from "../../lib/step/quick.ts";

const flags: Flags = {
  count: { kind: "parsed", parse: wholeNumber(1, 9), brief: "A number.", optional: true },
  slowDown: { kind: "parsed", parse: wholeNumber(0, 9), brief: "A number.", default: "4" },
  mode: { kind: "enum", values: ["one", "two"], brief: "A word.", default: "one" },
  format: { kind: "enum", values: ["a", "b"], brief: "A word.", optional: true },
  quiet: { kind: "boolean", brief: "A switch.", default: false, withNegated: false },
};

const words = ["--count", "--slow-down", "--slowDown", "--mode", "--format", "--quiet", "--no-quiet", "--help", "--x"];
const values = ["1", "5", "0", "-1", "one", "two", "a", "true", "", "--count=3"];

Deno.test("readPlain() reads nothing that Stricli would read otherwise, or refuse", async () => {
  const args = fc.array(fc.constantFrom(...words, ...values), { maxLength: 6 });
  let plain = 0;
  await fc.assert(
    fc.asyncProperty(args, async (args) => {
      const read = readPlain(flags, args);
      if (read === undefined) return;
      plain++;
      const stricli = await readArguments({ name: "x", brief: "x", flags }, args, () => {});
      const given = Object.entries(stricli!.flags).filter(([, value]) => value !== undefined);
      assertEquals(Object.entries(read).filter(([, value]) => value !== undefined).toSorted(), given.toSorted());
    }),
    { numRuns: 500 },
  );
  assertEquals(plain > 20, true);
});

Deno.test("readPlain() reads what a chain passes on, and leaves help and mistakes alone", () => {
  assertEquals(readPlain(flags, ["--count", "3", "--mode", "two", "--quiet"]), {
    count: 3,
    slowDown: 4,
    mode: "two",
    format: undefined,
    quiet: true,
  });
  for (
    const args of [["--help"], ["-h"], ["--count", "10"], ["--count"], ["--format", "c"], ["x"], ["--toString", "1"]]
  ) {
    assertEquals(readPlain(flags, args), undefined);
  }
});
