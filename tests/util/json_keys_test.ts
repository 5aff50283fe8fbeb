import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { repeatedKey } from "../../lib/util/json_keys.ts";

const cases: readonly (readonly [string, string | undefined, ...string[]])[] = [
  ['{"a":1,"a":2}', "a", "1:2", "1:8"],
  ['{"a":{"b":1},"c":{"b":1}}', undefined],
  ['{"a":[{"b":1,\n "b":2}]}', "a.0.b", "1:8", "2:2"],
  ['{"a":[0,{},{"b":1,"c":[1,2],"b":2}]}', "a.2.b", "1:13", "1:29"],
  ['{"a":1,"\\u0061":2}', "a", "1:2", "1:8"],
  ['{"a":"a","b":"a"}', undefined],
  ['{"a":"\\":1,\\"a","b":["a","a"]}', undefined],
  ['{"x" : {"__proto__" : 1 , "__proto__" : 2}}', "x.__proto__", "1:9", "1:27"],
  ['{"":1,"":2}', "", "1:2", "1:7"],
  ["[]", undefined],
  ['"a"', undefined],
];

for (const [text, name, ...places] of cases) {
  Deno.test(`repeatedKey(): ${JSON.stringify(text)}`, () => {
    const found = repeatedKey(text);
    assertEquals(found, name === undefined ? undefined : { name, places: places as [string, string] });
  });
}

Deno.test("repeatedKey() finds none in what JSON.stringify writes", () => {
  fc.assert(fc.property(fc.json(), fc.nat(3), (text, space) => {
    assertEquals(repeatedKey(JSON.stringify(JSON.parse(text), null, space)), undefined);
  }));
});

Deno.test("repeatedKey() finds the one that was put into any object", () => {
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.jsonValue(), (object, value) => {
    const key = Object.keys(object)[0]!;
    const text = `${JSON.stringify(object).slice(0, -1)},${JSON.stringify(key)}:${JSON.stringify(value)}}`;
    assertEquals(repeatedKey(text)?.name, key);
  }));
});
