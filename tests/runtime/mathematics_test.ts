import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { mathematics } from "../../lib/runtime/mathematics.ts";
import recorded from "./recorded_mathematics.json" with { type: "json" };

type Calculate = (...values: number[]) => number;

const native = Math as unknown as Record<string, Calculate>;
const view = new DataView(new ArrayBuffer(8));

function bits(value: number): bigint {
  view.setFloat64(0, value);
  return view.getBigInt64(0);
}

/** Steps from one double to another of the same sign; 0 for two NaN, and between 0 and -0. */
function apart(a: number, b: number): bigint {
  if ((a !== a && b !== b) || a === b) return 0n;
  const distance = bits(a) - bits(b);
  return distance < 0n ? -distance : distance;
}

/** Steps that two good implementations may be apart: each within 1 of the truth, those by way of expm1 within 2. */
const tolerance: Readonly<Record<string, bigint>> = { tanh: 4n, sinh: 3n, atanh: 3n, asinh: 3n, acosh: 3n };

/** Bits recorded from this implementation, when each was compared with stdlib's and V8's: equal, or 2 steps apart. */
for (const [name, cases] of Object.entries(recorded as Record<string, (number | string)[][]>)) {
  Deno.test(`mathematics.${name}() gives the recorded bits`, () => {
    for (const one of cases) {
      const given = one.slice(0, -1) as number[];
      const found = BigInt.asUintN(64, bits(mathematics[name]!(...given))).toString(16).padStart(16, "0");
      assertEquals(found, one.at(-1), `${name}(${given})`);
    }
  });
}

for (const name of Object.keys(mathematics)) {
  Deno.test(`mathematics.${name}() is what the engine's is, to the last bits`, () => {
    const calculate = mathematics[name]!;
    const both = (x: number, ...more: number[]) => {
      const given = [x, ...more];
      const found = calculate(...given), wanted = native[name]!(...given);
      assert(apart(found, wanted) <= (tolerance[name] ?? 2n), `${name}(${given}): ${found}, ${wanted}`);
    };
    const special = [0, -0, 1, -1, 0.5, 2, NaN, Infinity, -Infinity, 5e-324, 1e308, -745.2, 709.79, 1e-8, 22, 3, -3];
    for (const x of special) {
      if (native[name]!.length < 2) both(x);
      else for (const y of special) both(x, y);
    }
    const moderate = fc.double({ min: -50, max: 50, noNaN: true });
    fc.assert(fc.property(fc.oneof(fc.double(), moderate), fc.oneof(fc.double(), moderate), (x, y) => both(x, y)), {
      numRuns: 2000,
    });
  });

  Deno.test(`mathematics.${name}() takes for a number what the engine's takes`, () => {
    for (const given of [["0.5"], [true], [null], [undefined], ["x"], [], [["0.25"]]] as unknown[] as number[][]) {
      const pair = native[name]!.length === 2 ? [...given, ...given] : given;
      assert(apart(mathematics[name]!(...pair), native[name]!(...pair)) <= 4n, `${name}(${JSON.stringify(pair)})`);
    }
  });
}

Deno.test("mathematics keeps the sign of zero", () => {
  for (const name of ["sin", "tan", "asin", "atan", "sinh", "tanh", "asinh", "atanh", "expm1", "log1p", "cbrt"]) {
    assert(Object.is(mathematics[name]!(-0), -0), name);
  }
  assert(Object.is(mathematics.atan2!(-0, 1), -0));
  assert(Object.is(mathematics.pow!(-0, 3), -0));
  assertEquals([mathematics.atan2!(-0, -0), mathematics.atan2!(0, -0)], [-Math.PI, Math.PI]);
});
