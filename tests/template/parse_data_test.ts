import { assert, assertEquals } from "@std/assert";
import { DataError, parseData } from "../../lib/template/parse_data.ts";

function parsed(path: string, text: string | Uint8Array): unknown {
  return parseData(`data/${path}`, typeof text === "string" ? new TextEncoder().encode(text) : text);
}

function refused(path: string, text: string | Uint8Array): DataError {
  try {
    parsed(path, text);
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
  throw new Error(`${path} was read`);
}

Deno.test("parseData() + a table becomes lists by column, numbers where all of a column are", () => {
  const table = '\ufeffa, b ,"c, d",e\n1,x,"two\nlines",-.5\n\n2e3,7,"""",+1.\n 3 ,,z,0\n';
  assertEquals(parsed("t.csv", table), {
    a: [1, 2000, 3],
    b: ["x", "7", ""],
    "c, d": ["two\nlines", '"', "z"],
    e: [-0.5, 1, 0],
  });
  assertEquals(parsed("t.csv", "a,b\r\n1,2\r\n"), { a: [1], b: [2] });
  assertEquals(parsed("t.csv", "a,b"), { a: [], b: [] });
});

Deno.test("parseData() + what is no plain decimal number leaves its column texts", () => {
  for (const cell of ["", "NaN", "Infinity", "0x10", "1_000", "1 2", "true", "1e", "--1", "١"]) {
    assertEquals(parsed("t.csv", `a,b\n1,1\n${cell},1\n`), { a: ["1", cell], b: [1, 1] }, cell);
  }
});

Deno.test("parseData() + lines of JSON become a list, a text stays one", () => {
  assertEquals(parsed("n.ndjson", '{"a":1}\n\n[2]\r\n"x"\n'), [{ a: 1 }, [2], "x"]);
  assertEquals(parsed("n.ndjson", ""), []);
  assertEquals(parsed("w.txt", "\ufeffgrün\r\n\u0000"), "grün\r\n\u0000");
  assertEquals(parsed("j.json", ' {"a": [1, {"b": null}], "__proto": "__proto__"} '), {
    a: [1, { b: null }],
    __proto: "__proto__",
  });
});

const bad: readonly (readonly [path: string, text: string, code: string, line: number, words: string])[] = [
  ["j.json", "", "data.syntax", 1, "it must be JSON"],
  ["j.json", '{\n"a": 1,\n"b": nothing\n}', "data.syntax", 3, "it must be JSON"],
  ["j.json", '{\n"a": 1,\n"a": 2\n}', "data.value", 3, "a is there twice".replace("a", '"a"')],
  ["j.json", '[\n{"a": 1, "\\u0061": 2}]', "data.value", 2, "there twice"],
  ["j.json", '{"a": {\n"__proto__": 1}}', "data.value", 2, "__proto__"],
  ["j.json", '{"a": {\n"\\u005f_proto__" : 1}}', "data.value", 2, "__proto__"],
  ["j.json", "[1,\n2,\n1e999]", "data.value", 3, '"1e999"'],
  ["j.json", "[-1e400]", "data.value", 1, '"-1e400"'],
  ["j.json", "[9007199254740993]", "data.value", 1, "9007199254740993"],
  ["j.json", `[\n${"[".repeat(64)}${"]".repeat(64)}]`, "data.value", 2, "64 deep"],
  ["n.ndjson", '{"a":1}\n{"a":1,"a":2}', "data.value", 2, "there twice"],
  ["n.ndjson", '{"a":1}\n\n{"a":', "data.syntax", 3, "it must be JSON"],
  ["n.ndjson", "1\n2\n1e999", "data.value", 3, '"1e999"'],
  ["t.csv", "", "data.syntax", 1, "names its columns"],
  ["t.csv", "a,b\n1,2\n3\n", "data.syntax", 3, "equal rows"],
  ["t.csv", "a,b\n1,2,3\n", "data.syntax", 2, "equal rows"],
  ["t.csv", 'a,b\n1,"2\n', "data.syntax", 2, "equal rows"],
  ["t.csv", "a,a\n1,2\n", "data.value", 1, '"a" is there twice'],
  ["t.csv", "a,\n1,2\n", "data.value", 1, "column 2"],
  ["t.csv", "a,__proto__\n1,2\n", "data.value", 1, "__proto__"],
  ["t.csv", "5.1,Iris-setosa\n4.9,Iris-setosa\n", "data.value", 1, "put a row of names above it"],
  ["t.csv", "a,b\n1,2\n1,1e999\n", "data.value", 3, '"1e999"'],
  ["t.csv", "a\n12345678901234567\n", "data.value", 2, "12345678901234567"],
  ["t.csv", `${Array.from({ length: 4097 }, (_, i) => `c${i}`)}\n`, "data.value", 1, "4096 columns"],
];

for (const [path, text, code, line, words] of bad) {
  Deno.test(`parseData() + refuses ${path}: ${JSON.stringify(text).slice(0, 60)}`, () => {
    const error = refused(path, text);
    assertEquals([error.code, error.line], [code, line], error.message);
    assert(error.message.includes(words), error.message);
  });
}

Deno.test("parseData() + a whole number that a double holds is one, however long", () => {
  assertEquals(parsed("j.json", "[18446744073709551616, 1e300, 9007199254740992]"), [2 ** 64, 1e300, 2 ** 53]);
  assertEquals(parsed("t.csv", "a\n18446744073709551616\n"), { a: [2 ** 64] });
});

Deno.test("parseData() + refuses what is no UTF-8, with its line", () => {
  for (const path of ["j.json", "n.ndjson", "t.csv", "w.txt"]) {
    const error = refused(path, new Uint8Array([97, 10, 98, 10, 0xff, 10]));
    assertEquals([error.code, error.line], ["data.encoding", 3]);
  }
});

Deno.test("parseData() + ends with what is as deep, as long or as large as a file can be", () => {
  const size = 400_000;
  assertEquals(refused("j.json", "[".repeat(size)).code, "data.syntax");
  assertEquals(refused("j.json", "[".repeat(size) + "]".repeat(size)).code, "data.value");
  assertEquals(refused("j.json", '{"a":'.repeat(size) + "1" + "}".repeat(size)).code, "data.value");
  assertEquals(parsed("j.json", JSON.stringify('"\\'.repeat(size))), '"\\'.repeat(size));
  assertEquals((parsed("j.json", `[${"1,".repeat(size)}1]`) as unknown[]).length, size + 1);
  const digits = refused("j.json", `[${"9".repeat(size)}]`);
  assertEquals([digits.code, digits.message.length < 300], ["data.value", true]);
});
