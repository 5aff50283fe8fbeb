import { assertEquals } from "@std/assert";
import { longDecimal, longWhole } from "../../lib/runtime/decimals.ts";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";

const random = stream(deriveSeed("test", "decimals"));
const digitsOf = (count: number, base = 10) =>
  Array.from({ length: count }, () => Math.floor(random() * base).toString(base)).join("");
const bytes = new DataView(new ArrayBuffer(8));

/** Any positive double but infinity. */
function anyDouble(): number {
  bytes.setUint32(0, Math.floor(random() * 0x7ff0_0000));
  bytes.setUint32(4, Math.floor(random() * 2 ** 32));
  return bytes.getFloat64(0);
}

/** All digits of a double, and of the middle between it and the next one: as a whole number and a power of ten. */
function middleOf(value: number): string {
  bytes.setFloat64(0, value);
  const exponent = bytes.getUint16(0) >> 4;
  const fraction = bytes.getBigUint64(0) & ((1n << 52n) - 1n);
  const mantissa = (exponent === 0 ? fraction : fraction | (1n << 52n)) * 2n + 1n;
  const power = Math.max(exponent, 1) - 1076;
  return power >= 0 ? `${mantissa << BigInt(power)}` : `${mantissa * 5n ** BigInt(-power)}e${power}`;
}

Deno.test("longDecimal() reads what V8 reads, which rounds once", () => {
  for (let i = 0; i < 3000; i++) {
    const digits = `${1 + Math.floor(random() * 9)}${digitsOf(17 + Math.floor(random() * 900))}1`;
    const point = Math.floor(random() * digits.length);
    const power = Math.floor(random() * 700) - 360 - point * Math.round(random());
    for (const text of [`${digits.slice(0, point)}.${digits.slice(point)}`, `-${digits}e${power}`]) {
      assertEquals(longDecimal(text, true), Number(text), text);
    }
  }
});

Deno.test("longDecimal() decides the middle between two doubles by what comes after it", () => {
  for (let i = 0; i < 500; i++) {
    const text = middleOf(i === 0 ? 0 : i === 1 ? Number.MAX_VALUE : anyDouble());
    const [digits, power = "0"] = text.split("e");
    for (const tail of ["", "0000001", "0".repeat(900) + "1"]) {
      const more = `${digits}${tail}e${Number(power) - tail.length}`;
      if (longDecimal(more, true) !== undefined) assertEquals(longDecimal(more, true), Number(more), more);
    }
    const less = `${BigInt(digits!) * 10n - 1n}e${Number(power) - 1}`;
    assertEquals(longDecimal(less, true), Number(less), less);
  }
});

Deno.test("longDecimal() leaves to engines what they agree on, and what is no number", () => {
  const left = ["1", "0.30000000000000004", `${"0".repeat(40)}.5`, `12${"0".repeat(30)}`, "x".repeat(40), "", "."];
  for (const text of left) assertEquals(longDecimal(text, false), undefined, text);
  assertEquals(longDecimal("3.14159265358979323846abc", true), undefined);
  assertEquals(longDecimal("3.14159265358979323846abc", false), Math.PI);
  assertEquals(longDecimal("3.14159265358979323846e", false), Math.PI);
});

Deno.test("longWhole() reads all digits of a whole number in any base", () => {
  for (let base = 2; base <= 36; base++) {
    for (const count of [20, 80, 700, 1500]) {
      const digits = `1${digitsOf(count, base)}`;
      let exact = 0n;
      for (const digit of digits) exact = exact * BigInt(base) + BigInt(parseInt(digit, base));
      assertEquals(longWhole(`-00${digits.toUpperCase()}~9`, base), -Number(exact), `${base} ${digits}`);
    }
  }
  assertEquals(longWhole(`0x${"f".repeat(20)}g`, 0), 2 ** 80);
  assertEquals(longWhole("9007199254740993", 0), 9007199254740992);
});
