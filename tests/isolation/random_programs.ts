/** Random programs of what genes may use: numbers, texts, lists, typed arrays, and what they throw. */

import { bundleCarrier } from "../../lib/toolchain/carrier.ts";
import { joinArtifact } from "../../lib/isolation/artifact.ts";
import { deriveSeed, stream } from "../../lib/runtime/random.ts";
import { constructors, namespaces } from "../../lib/runtime/surface.ts";
import { madeRequest } from "../runtime/made_agent.ts";

const carrier = await bundleCarrier("agent");
const names = (list: string) => list.split(" ").filter((name) => /^[a-z]/.test(name));
const methodsOf = (factory: string) => names(constructors[factory]![1]);
const mathematics = names(namespaces.Math!);

const sized = ["padEnd", "padStart", "repeat"];
const notOfText = /^(match|matchAll|toString|valueOf|padEnd|padStart|repeat)$/;
const texts = methodsOf("String").filter((name) => !notOfText.test(name));
const lists = methodsOf("Array").filter((name) => !/^(entries|keys|values|toString)$/.test(name));
const calls = new Set(
  "every filter find findIndex findLast findLastIndex flatMap forEach map reduce reduceRight some".split(" "),
);
const typed = [
  "Int8Array",
  "Uint8Array",
  "Uint8ClampedArray",
  "Int16Array",
  "Uint32Array",
  "Float32Array",
  "Float64Array",
];

/** A random number as it may stand in a program. */
function numberOf(random: () => number): string {
  const kind = random();
  if (kind < 0.3) return `${Math.floor(random() * 20) - 5}`;
  if (kind < 0.6) return `${(random() - 0.5) * 10 ** Math.floor(random() * 30 - 10)}`;
  const odd = [
    "0",
    "-0",
    "NaN",
    "Infinity",
    "-Infinity",
    "0.1",
    "1e21",
    "1e-7",
    "5e-324",
    "4294967295",
    "2147483648",
    "-2147483649",
    "9007199254740993",
    "1.7976931348623157e308",
    "0.5",
    "1.5",
    "2.5",
    "1e16",
    "123456789.123",
  ];
  return odd[Math.floor(random() * odd.length)]!;
}

/** Numbers of more digits than engines read by themselves, and such as they write in their own ways. */
function longNumber(random: () => number): string {
  const whole = (most: number) => Math.floor(random() * most);
  const digits = (count: number, base = 10) => Array.from({ length: count }, () => whole(base).toString(base)).join("");
  const power = `Math.pow(2, ${whole(2098) - 1074})`;
  const base = 2 + whole(35);
  const text = `${digits(1 + whole(60))}.${digits(whole(900) * whole(2))}e${whole(660) - 340}`;
  const forms = [
    `Number("${text}")`,
    `parseFloat(" -${text}x")`,
    `["${text}", "${digits(30)}"].map(Number)`,
    `Number.parseFloat("${digits(whole(400))}")`,
    `parseInt("${digits(1 + whole(120), base)}", ${base})`,
    `Number.parseInt(" -0x${digits(whole(40), 16)}")`,
    // With something before it: what is read again can be one that QuickJS writes in its own way where nothing is called.
    `"=" + String(${power})`,
    `"=" + (-${power}).toString()`,
    `"=" + (${power}).toExponential()`,
    `"=" + (${power} * ${1 + whole(9)}).toPrecision(${1 + whole(100)})`,
    `"=" + (${power}).toString(${base})`,
    `(${(random() - 0.5) * 1e20}).toFixed(${whole(101)})`,
  ];
  return forms[whole(forms.length)]!;
}

/** Texts of any letters, lone halves among them, and what depends on their kinds. */
function letters(random: () => number): string {
  const whole = (most: number) => Math.floor(random() * most);
  const points = [
    0x61,
    0x41,
    0x3a3,
    0x3c3,
    0x130,
    0xdf,
    0x1e9e,
    0x295,
    0xa7ce,
    0xa7d2,
    0x16ea0,
    0x16ebb,
    0xd83d,
    0xde00,
  ];
  points.push(0x2c6df, 0x301, 0x2e, 0x180e, 0xfeff, 0x85, 0x1f600);
  const one = () => random() < 0.7 ? points[whole(points.length)]! : whole(random() < 0.5 ? 0x3000 : 0x110000);
  const text = `String.fromCodePoint(${Array.from({ length: whole(6) }, one)})`;
  const forms = [
    `${text}.toLowerCase()`,
    `${text}.toUpperCase()`,
    `[...${text}]`,
    `Array.from(${text}, (one) => one.codePointAt(0))`,
    `((...all) => all.length)(...${text})`,
    `(() => { const all = []; for (const one of ${text}) all.push(one.length); return all; })()`,
    `(([a, b = "c", ...rest]) => [a, b, rest])(${text})`,
    `[...new Set(${text})]`,
    `${text}.split("", ${whole(9) - 4})`,
    `${text}.trim()`,
    `/[a-z]\\w/i.test(${text})`,
    `/^.[^a]$/u.test(${text})`,
    `/(?<=a).|\\s/su.test(${text})`,
    `JSON.stringify(${text})`,
    `${text}.replace(/(?<one>.)/, "[$<one>$1$&$$]")`,
    `${text} < ${text.toLowerCase().replace("string.fromcodepoint", "String.fromCodePoint")}`,
  ];
  return forms[whole(forms.length)]!;
}

/** What holds itself, what functions are called, which keys come first, and what is evaluated when. */
function shapes(random: () => number, number: string): string {
  const whole = (most: number) => Math.floor(random() * most);
  const method = lists[whole(lists.length)],
    other = texts[whole(texts.length)],
    exact = mathematics[whole(mathematics.length)];
  const holds = `const all = [1, ${number}]; all[${whole(4)}] = [2, all]; `;
  const noting = (name: string, value: string) => `{ valueOf() { log.push("${name}"); return ${value}; } }`;
  const forms = [
    `(() => { ${holds}return [String(all), all.join("-"), \`\${all}\`, all + "", all == "1"]; })()`,
    `(() => { ${holds}return [[all, all].join(), all.concat(all).toString(), Object.keys({ [all]: 1 })]; })()`,
    `(() => { const all = [1]; all.push({ toString: () => all.join("+") }, all); return all.join("/"); })()`,
    `[[].${method}.name, [].${method}.length, "".${other}.name, "".${other}.length, Math.${exact}.name, Math.${exact}.length]`,
    `[Number.name, Number.length, String.name, parseInt.name, parseFloat.length, Error.name, RangeError.length]`,
    `[String(Math.${exact}).length > 0, typeof [].${method}, "prototype" in "".${other}, Object.keys([].${method})]`,
    `Object.keys({ b: 1, ${whole(20)}: 1, "-1": 1, "01": 1, 4294967295: 1, a: 1, ${whole(20)}: 2 })`,
    `((a, b = a + 1, c = [a, b].map((x) => x * 2)) => { a = 7; return [a, b, c]; })(${number})`,
    `((a, by = (p, q) => p - q) => { a = 3; const later = () => a; a = 4; return [by(a, 1), later()]; })(1)`,
    `(({ a = 1, b = a } = {}, [c = b, ...d] = [undefined, 2]) => [a, b, c, d])(${number} > 0 ? undefined : { b: 5 })`,
    `(() => { const log = []; "abc".slice(${noting("a", "0")}, ${noting("b", "2")}); [1, 2].indexOf(2, ${
      noting("c", number)
    }); parseInt("11", ${noting("d", "2")}); (5).toFixed(${noting("e", "2")}); return log; })()`,
    `(() => { const f = () => {}; class A { m() {} } return [f.name, A.name, new A().m.name, (() => 1).name]; })()`,
    `[3, , ${number}, undefined, 1].${["sort", "toSorted", "reverse", "toReversed"][whole(4)]}()`,
    `[1, 2, 3].${["at", "indexOf", "lastIndexOf", "includes"][whole(4)]}(${number}, ${number})`,
  ];
  return forms[whole(forms.length)]!;
}

/** A random expression, at most so deep. */
function expression(random: () => number, depth: number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const number = () => depth === 0 || random() < 0.5 ? numberOf(random) : `Number(${expression(random, depth - 1)})`;
  const text = () =>
    random() < 0.7
      ? JSON.stringify(
        pick(["", "a", "abc", "äöü€", "1e3", " 12 ", "0x1f", "\ud83d\ude00x", "İSS", "a,b,,c", "ΑΣ", "ﬁ"]),
      )
      : `String(${number()})`;
  const list = () => `[${Array.from({ length: Math.floor(random() * 5) }, number)}]`;
  const compare = () => pick(["(a, b) => a - b", "(a, b) => b < a ? 1 : -1", "() => 1", "() => NaN", "undefined"]);
  switch (Math.floor(random() * 15)) {
    case 12:
      return longNumber(random);
    case 13:
      return letters(random);
    case 14:
      return shapes(random, numberOf(random));
    case 0:
    case 1:
      return `Math.${pick(mathematics)}(${Array.from({ length: 1 + Math.floor(random() * 2) }, number)})`;
    case 2:
      return `(${number()} ${
        pick(["+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", ">>>", "<", ">=", "==="])
      } ${number()})`;
    case 3:
      return `(${number()}).${pick(["toFixed", "toPrecision", "toExponential", "toString"])}(${
        Math.floor(random() * 40) - 2
      })`;
    case 4:
      return `${
        pick(["parseFloat", "parseInt", "Number", "isNaN", "isFinite", "Number.isInteger", "Number.isSafeInteger"])
      }(${text()})`;
    case 5:
      // Longer ones end at a limit of the machine.
      return `${text()}.${pick(sized)}(${Math.floor(random() * 40) - 2}, ${text()})`;
    case 6:
      return `${text()}.${pick(texts)}(${
        pick([number(), text(), `${number()}, ${number()}`, `${text()}, ${text()}`])
      })`;
    case 7:
    case 8: {
      const method = pick(lists);
      const called = calls.has(method) ? "(a, b) => a < b ? a : b" : /[sS]ort/.test(method) ? compare() : "";
      const given = called || pick([number(), `${number()}, ${number()}`, ""]);
      return `((all) => [all.${method}(${given}), all])(${list()})`;
    }
    case 9: {
      const method = pick(["fill", "indexOf", "at", "with", "subarray", "slice", "sort", "join", "includes"]);
      const given = method === "sort" ? compare() : `${number()}, ${number()}`;
      return `((all) => [all.${method}(${given}), all])(new ${pick(typed)}(${list()}))`;
    }
    case 10:
      return `JSON.${
        pick([`stringify(${list()})`, `stringify({ b: ${number()}, 1: ${text()}, a: undefined })`, `parse(${text()})`])
      }`;
    default:
      return pick([
        `new Map([[${number()}, 1], [${number()}, 2]]).get(${number()})`,
        `[...new Set(${list()})]`,
        `Object.entries({ x: ${number()}, 2: 1, 1: ${text()} })`,
        `(${list()}).toString()`,
        `(([a = ${number()}, ...rest]) => [rest, a])(${list()})`,
        `null[${text()}]`,
        `(${number()})()`,
        `${text()} < ${text()}`,
        `\`\${${number()}} \${${list()}}\``,
        `new Array(${number()}).length`,
        `Array.from({ length: ${pick(["3", "2.5", "-1", "NaN"])} }, (_, i) => i * ${number()})`,
        `BigInt(${pick(["12", "-3", text()])}) * 3n`,
        `/${pick(["a+", "[^b]", "\\\\d*", "(a|b)c?", "^$", "\\\\w\\\\b"])}/.test(${text()})`,
        `isNaN(${number()}) ? 1 : new Float64Array([${number()}])[0]`,
      ]);
  }
}

/**
 * An artifact of which each expression's value, or what it throws, stands in the reply.
 *
 * @param seed The same program for the same seed.
 */
export function randomProgram(count: number, seed: string): { artifact: string; line: string; expressions: string[] } {
  const random = stream(deriveSeed(seed, "program"));
  const expressions = Array.from({ length: count }, () => expression(random, 2));
  // What it finds is told in an error: a reply has room for numbers only.
  const genes = `const shown = (value) => {
    if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
    if (typeof value !== "object" || value === null) return typeof value + " " + String(value);
    const all = [];
    for (const item of value.length === undefined ? Object.values(value) : value) all[all.length] = shown(item);
    return "[" + all.join() + "]";
  };
  const tried = (run) => {
    try {
      return shown(run());
    } catch (thrown) {
      return thrown instanceof TypeError ? "TypeError" : thrown instanceof RangeError ? "RangeError" : "other";
    }
  };
  const act = (context) => {
    const all = [${expressions.map((one) => `() => ${one}`).join(",\n")}];
    const run = all[context.step];
    const text = run === undefined ? "" : tried(run);
    let low = 0, high = 0;
    for (let i = 0; i < text.length; i++) {
      low = (low * 31 + text.charCodeAt(i)) % 1000003;
      high = (high * 37 + text.charCodeAt(i)) % 1000033;
    }
    context.remember(String(context.step), low * 1000033 + high);
    return 0;
  };
  const world = {
    world: { actions: ["a"], phases: ["act"], steps: ${count}, episodes: 1, noisy: false, memory: "lifetime",
      environments: { plain: {} } },
    begin: () => ({}), perceive: () => ({}), act: () => 0, finished: () => false,
    judge: () => ({ score: 0, measures: {} }),
  };
  const gene = { name: "src/a.ts#act", run: act, parameters: {} };
  __evolve({ wiring: { phases: { act: [gene] }, active: [gene.name] }, world });\n`;
  const request = madeRequest();
  const worlds = [{ ...request.worlds[0]!, steps: count }];
  return { artifact: joinArtifact("agent", carrier, genes), line: JSON.stringify({ ...request, worlds }), expressions };
}
