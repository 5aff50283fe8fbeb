import { assert, assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import { projectRoot } from "../../lib/run/paths.ts";
import { audit } from "../../lib/source/audit.ts";
import { codesOf, worldText } from "./made_source.ts";

const inBody = (code: string) => `export function a(context: any, x: any, y: any) { ${code} }`;

/** What a gene's body may hold. */
const allowedBodies = [
  "let sum = 0; for (let i = 0; i < 9; i++) sum += i; return sum;",
  "for (const v of [1, 2]) { if (v > 1) continue; else break; }",
  "outer: for (const k in x) { for (;;) { break outer; } }",
  "while (x) { x--; } do { x++; } while (x < 3);",
  "switch (x) { case 1: { const z = 1; return z; } default: return 2; }",
  "const { p, q: [r = 1, ...rest], ...others } = x; return p + r + rest.length + others.s;",
  "const f = (n: number): number => n > 0 ? f(n - 1) : 0; return f(3);",
  "const f = function g(n: number): number { return n ? g(n - 1) : 1; }; return f(2);",
  "const m = new Map<string, number>(); m.set(`${x},${y}`, 1); return m.get('1,2') ?? 0;",
  "const s = new Set([1]); return s.has(1) ? 1 : 0;",
  "const t = new Float64Array(9); t[x] = 1; t[x + 1] += 2; t[x]!++; return t[0]!;",
  "return Array.from({ length: 3 }, (_, i) => i).map(String).filter(Boolean).length;",
  "return Math.exp(x) + Math.tanh(y) + Math.PI + Math.sqrt(2) + Math.pow(2, 3);",
  "return Number.isFinite(x) && !Number.isNaN(y) && isFinite(x) ? Infinity : NaN;",
  "return Math.min(x, Infinity) + Math.max(NaN, y) + Number(undefined);",
  "return Object.keys(x).length + Object.entries(y).length + Object.values(x).length;",
  "if (x < 0) throw new RangeError('x'); return undefined;",
  "const o = { x, y, z: 1, f(n: number) { return n; }, ['k' + x]: 2, ...x }; delete o[x]; return o.f(1);",
  "return x?.y?.[0]?.(1) ?? y.z!.w;",
  "[x, y] = [y, x]; ({ x, y } = y); return x;",
  "const v = x as number; const w = { a: 1 } satisfies Record<string, number>; return v + w.a;",
  "class P { #n = 0; m: number; constructor(m: number) { this.m = m; } add(): number { const f = () => this.#n++; return f(); } }" +
  " class Q extends P { constructor() { super(1); } } return new Q().add();",
  "return /^a[b-c]+$/iu.test(x) ? x.replace(/a/, 'b') : typeof x === 'string' ? 1 : 0;",
  "x ||= 1; x &&= 2; x ??= 3; x >>>= 1; return ~x | (x & 3) ^ (x << 1) % 7;",
  "void x; return x instanceof Map || 'k' in x;",
  "const sorted = [...x].sort((p, q) => p - q); return sorted.at(-1)!;",
  "return (x, y);",
  "return x.toString() + x.toFixed(2);",
  "type Local = { a: number }; const l: Local = { a: 1 }; return l.a;",
  "label: { if (x) break label; }",
  "return 0.30000000000000004 + 1e21 + 100000000000000000000000 + 0x1fffffffffffff + 1_000.5 + 5e-324;",
  "const f = (a: number, by = (p: number, q: number) => p - q, b = a + 1) => { a = 2; return by(a, b); }; return f(1);",
  "return /[a-z]\\d\\/p\\\\p/i.test(x) || /\\u00e9\\1/.test(x) ? 1 : 0;",
  ";",
];

for (const body of allowedBodies) {
  Deno.test(`audit() allows ${body.slice(0, 70)}`, () => assertEquals(audit("src/a.ts", inBody(body)), []));
}

/** What may stand at the top of a gene file. */
const allowedTops = [
  'import type { GeneContext } from "evolve/contract";\nimport type { State } from "../world.ts";',
  'import { a as b, type C } from "./b.ts";\nexport function d(): number { return b(); }',
  "const A = 16, B = A * A + 1, C = -B, D = `${A}x`, E = A > 3 ? 'p' : 'q', F = Math.PI / 2, G = null, H = !true;",
  "export const LIMIT = 3; const M = Number.MAX_SAFE_INTEGER; const inf = Infinity;",
  "const LIST = Object.freeze([Object.freeze([0, 1]), Object.freeze([A, 0])] as const); const A = 1; const N = LIST.length;",
  "const TABLE = Object.freeze({ a: 1, 'b': Object.freeze([1]) }); const Z = TABLE.a;",
  "const helper = (x: number): number => x + 1; const other = function (x: number) { return helper(x); };",
  "export const parameters = { rate: { min: 0, max: 1, default: 0.5 } };",
  "interface I { (x: number): void; readonly [key: string]: unknown; m?(): void; new (): I }",
  "type T<K extends keyof I = 'm'> = K extends infer U ? readonly [a: U, b?: I[K], ...rest: string[]] : `x${string}`; interface I { m: 1 }",
  "type M = { readonly [P in 'a' | 'b']?: typeof helper }; function helper(x: unknown): x is number { return x === 1; }",
  "class Box<T> { readonly value: T; constructor(value: T) { this.value = value; } } export function f() { return new Box(1).value; }",
  '"use strict";',
  "export type { };".replace("export type { };", ";"),
];

for (const text of allowedTops) {
  Deno.test(`audit() allows at the top ${text.slice(0, 70)}`, () => assertEquals(audit("src/a.ts", text), []));
}

/** What a gene's body must not hold, with the code of its issue. */
const refusedBodies: readonly (readonly [string, string])[] = [
  ["return x ** 2;", "audit.operator"],
  ["x **= 2;", "audit.operator"],
  ["try { x(); } catch { y(); }", "audit.syntax"],
  ["try { x(); } finally { y(); }", "audit.syntax"],
  ["debugger;", "audit.syntax"],
  ["var z = 1;", "audit.syntax"],
  ["using z = x;", "audit.syntax"],
  ["return 1n;", "audit.syntax"],
  ["return x`tag`;", "audit.syntax"],
  ["return import.meta.url;", "audit.syntax"],
  ["return import('./b.ts');", "audit.syntax"],
  ["return import(x);", "audit.syntax"],
  ["return new.target;", "audit.syntax"],
  ["return async () => 1;", "audit.syntax"],
  ["return function* () { yield 1; };", "audit.syntax"],
  ["return { async m() {} };", "audit.syntax"],
  ["return { *m() {} };", "audit.syntax"],
  ["return { get m() { return 1; } };", "audit.syntax"],
  ["return { set m(v) {} };", "audit.syntax"],
  ["class P { get m() { return 1; } }", "audit.syntax"],
  ["class P { async m() {} }", "audit.syntax"],
  ["class P { static { x(); } }", "audit.syntax"],
  ["class P { static n = 0; }", "audit.state"],
  ["class P { static #n = 0; }", "audit.state"],
  ["class P { constructor(private n: number) {} }", "audit.syntax"],
  ["class P extends Map {}", "audit.global"],
  ["class P extends x {}", "audit.syntax"],
  ["class P extends (x, y) {}", "audit.syntax"],
  ["class P { declare n: number; }", "audit.syntax"],
  ["return this;", "audit.this"],
  ["return { m() { return this; } };", "audit.this"],
  ["class P { m() { return function () { return this; }; } }", "audit.this"],
  ["return function (this: P) {};", "audit.this"],
  ["return 3.14159265358979323846;", "audit.engine"],
  ["return { 0.1000000000000000055: 1 };", "audit.engine"],
  ["return 0x20000000000001;", "audit.engine"],
  ["return /\\p{L}/u.test(x);", "audit.engine"],
  ["return /[^\\\\\\P{Lu}]/u.test(x);", "audit.engine"],
  ["return /é/i.test(x);", "audit.engine"],
  ["return /\\u00e9/i.test(x);", "audit.engine"],
  ["return /(.)\\1/iu.test(x);", "audit.engine"],
  ["return /(/.test(x);", "audit.engine"],
  ["const f = (a = 1, b = () => a) => b(); return f();", "audit.engine"],
  ["const f = (a = 1, b = class { m() { return a; } }) => new b().m(); return f();", "audit.engine"],
  ["const f = (a = 1, b = { m() { return [a]; } }) => b.m(); return f();", "audit.engine"],
  ["const f = ({ a }: any, [b = a++] = [1]) => b; return f(x);", "audit.engine"],
  ["const f = (a = 1, b = ([a] = [3])) => b; return f();", "audit.engine"],
  ["class P { m(a = 1, b = () => () => a) { return b()(); } } return new P().m();", "audit.engine"],
  ["return /a/g.test(x);", "audit.regexp"],
  ["return /a/y.test(x);", "audit.regexp"],
  ["return /a/d.test(x);", "audit.regexp"],
  ["return /a/v.test(x);", "audit.regexp"],
  ["return x.constructor;", "audit.property"],
  ["return x?.constructor;", "audit.property"],
  ["return x['constructor'];", "audit.property"],
  ["return x['con' + 'structor'];", "audit.property"],
  ["return x[`constructor`];", "audit.property"],
  ["return x[`con${'struct'}or`];", "audit.property"],
  ["return x[['constructor']];", "audit.property"],
  ["return x[(y, 'constructor')];", "audit.property"],
  ["return x[('constructor' as string)];", "audit.property"],
  ["return x.\\u0063onstructor;", "audit.property"],
  ["return x.__proto__;", "audit.property"],
  ["return { __proto__: x };", "audit.property"],
  ["return { '__proto__': x };", "audit.property"],
  ["const { constructor: c } = x; return c;", "audit.property"],
  ["const { ['constructor']: c } = x; return c;", "audit.property"],
  ["({ constructor: x } = y);", "audit.property"],
  ["return x.prototype;", "audit.property"],
  ["return x.caller;", "audit.property"],
  ["return x.callee;", "audit.property"],
  ["return x.__defineGetter__;", "audit.property"],
  ["return x.buffer;", "audit.property"],
  ["return x.stack;", "audit.property"],
  ["return x.localeCompare(y);", "audit.property"],
  ["return x.toLocaleString();", "audit.property"],
  ["return x.toString(2);", "audit.property"],
  ["class P { prototype() {} }", "audit.property"],
  ["return Math.random();", "audit.global"],
  ["return Math[x];", "audit.global"],
  ["return Math;", "audit.global"],
  ["const { random } = Math; return random();", "audit.global"],
  ["return Object.defineProperty(x, 'y', {});", "audit.global"],
  ["return Object.setPrototypeOf(x, y);", "audit.global"],
  ["return Object.getPrototypeOf(x);", "audit.global"],
  ["return Object.assign(x, y);", "audit.global"],
  ["return Object(x);", "audit.global"],
  ["return x(Object);", "audit.global"],
  ["return Array['from'](x);", "audit.global"],
  ["return Map.groupBy(x, y);", "audit.global"],
  ["return Date.now();", "audit.global"],
  ["return new Date();", "audit.global"],
  ["return performance.now();", "audit.global"],
  ["return eval('1');", "audit.global"],
  ["return Function('return 1')();", "audit.global"],
  ["return new Function('return 1');", "audit.global"],
  ["return globalThis;", "audit.global"],
  ["return Deno.env;", "audit.global"],
  ["return process;", "audit.global"],
  ["return fetch('http://a');", "audit.global"],
  ["return console.log(1);", "audit.global"],
  ["return setTimeout(x);", "audit.global"],
  ["return arguments.length;", "audit.global"],
  ["return Symbol.iterator;", "audit.global"],
  ["return new Proxy(x, y);", "audit.global"],
  ["return Reflect.get(x, y);", "audit.global"],
  ["return new WeakRef(x);", "audit.global"],
  ["return new SharedArrayBuffer(8);", "audit.global"],
  ["return new ArrayBuffer(8);", "audit.global"],
  ["return new DataView(x);", "audit.global"],
  ["return JSON.parse(x);", "audit.global"],
  ["return Intl;", "audit.global"],
  ["return WebAssembly;", "audit.global"],
  ["return structuredClone(x);", "audit.global"],
  ["return new RegExp(x, 'g');", "audit.global"],
  ["return Promise.resolve(1);", "audit.global"],
  ["return x || undeclared;", "audit.global"],
  ["leaked = 1;", "audit.global"],
  ["const Math = x; return Math;", "audit.name"],
  ["const { eval: e } = x; function eval2() {} const undefined = 1;", "audit.name"],
  ["function Object() {}", "audit.name"],
  ["a.count = 1;", "audit.state"],
  ["a.list[0] = 1;", "audit.state"],
  ["[a.count] = [1];", "audit.state"],
  ["({ n: a.count = 2 } = x);", "audit.state"],
  ["for (a.count of x) {}", "audit.state"],
  ["a.count++;", "audit.state"],
  ["delete a.name;", "audit.state"],
  ["(a as any).count = 1;", "audit.state"],
  ["a = x;", "audit.state"],
  ["Math.sin = x;", "audit.state"],
  ["enum E { A }", "audit.syntax"],
  ["return <number>x;", "audit.syntax"],
  ["let z: import('./b.ts').B;", "audit.syntax"],
  ["let z: typeof import('./b.ts');", "audit.syntax"],
];

for (const [body, code] of refusedBodies) {
  Deno.test(`audit() refuses ${body.slice(0, 70)}`, () => {
    const issues = audit("src/a.ts", inBody(`\n${body}`));
    assert(issues.length > 0, "nothing was found");
    assert(issues.some((issue) => issue.code === code || issue.code === "source.syntax"), JSON.stringify(issues));
    assert(issues.every((issue) => issue.path === "src/a.ts:2" || issue.code === "audit.name"), JSON.stringify(issues));
  });
}

/** What must not stand at the top of a gene file. */
const refusedTops: readonly (readonly [string, string])[] = [
  ['import { a } from "npm:a";', "audit.import"],
  ['import { a } from "node:fs";', "audit.import"],
  ['import { a } from "/etc/passwd";', "audit.import"],
  ['import { a } from "../b.ts";', "audit.import"],
  ['import { a } from "../b.ts";', "audit.import"],
  ['import { a } from "../c.ts";', "audit.import"],
  ['import { a } from "./b.js";', "audit.import"],
  ['import { a } from "./b.ts?x";', "audit.import"],
  ['import { a } from "./%2e%2e/b.ts";', "audit.import"],
  ['import { a } from "data:text/javascript,";', "audit.import"],
  ['import { a } from "./mod.ts";', "audit.import"],
  ['import { a } from "./main.ts";', "audit.import"],
  ['import { a as b } from "./a.ts";', "audit.import"],
  ['import a from "./b.ts";', "audit.import"],
  ['import * as a from "./b.ts";', "audit.import"],
  ['import type * as a from "./b.ts";', "audit.import"],
  ['import "./b.ts";', "audit.import"],
  ['import { "x y" as a } from "./b.ts";', "audit.import"],
  ['import a from "./b.json" with { type: "json" };', "audit.import"],
  ['import { a } from "./b.ts" with { type: "text" };', "audit.import"],
  ['import { Evaluation } from "evolve/contract";', "audit.import"],
  ['import { type Evaluation } from "evolve/contract";', "audit.import"],
  ['import { evaluate } from "evolve/runtime";', "audit.import"],
  ['import type { live } from "evolve/runtime";', "audit.import"],
  ['import { begin } from "../world.ts";', "audit.import"],
  ['import type { A } from "../world.js";', "audit.import"],
  ['import fs = require("fs");', "audit.syntax"],
  ['export * from "./b.ts";', "audit.syntax"],
  ['export { a } from "./b.ts";', "audit.syntax"],
  ["function a() {} export { a };", "audit.syntax"],
  ["export default function a() {}", "audit.syntax"],
  ["export class A {}", "audit.top"],
  ["let state = 0;", "audit.state"],
  ["var state = 0;", "audit.state"],
  ["const list = [1];", "audit.state"],
  ["const list = Object.freeze([[1]]);", "audit.state"],
  ["const record = { a: 1 };", "audit.state"],
  ["const record = Object.freeze({ a: { b: 1 } });", "audit.state"],
  ["const list = [1] as const;", "audit.state"],
  ["const map = new Map();", "audit.top"],
  ["const t = new Float64Array(3);", "audit.top"],
  ["const c = compute(); function compute() { return 1; }", "audit.top"],
  ["const r = /a/;", "audit.top"],
  ["const f = Object.freeze({ f: () => 1 });", "audit.top"],
  ["const f = Object.freeze(new Map());", "audit.top"],
  ["const f = Object.freeze([...[1]]);", "audit.top"],
  ["const m = Math.sin;", "audit.top"],
  ["const m = Math.sin(1);", "audit.top"],
  ["const h = helper; function helper() {}", "audit.top"],
  ['import { A } from "./b.ts"; const B = A;', "audit.top"],
  ["const [p, q] = Object.freeze([1, 2]);", "audit.top"],
  ["const { p } = Object.freeze({ p: 1 });", "audit.top"],
  ["console.log(1);", "audit.top"],
  ["for (;;) {}", "audit.top"],
  ["{ }", "audit.top"],
  ["if (1) {}", "audit.top"],
  ["await 1;", "audit.top"],
  ['"use asm";', "audit.top"],
  [
    "export const parameters = { r: { min: 0, max: 1, default: 0 } }; export function f() { return parameters; }",
    "audit.state",
  ],
  ["export async function a() {}", "audit.syntax"],
  ["export function* a() {}", "audit.syntax"],
  ["declare const a: number;", "audit.syntax"],
  ["declare function a(): void;", "audit.syntax"],
  ["declare global { }", "audit.syntax"],
  ["namespace A { }", "audit.syntax"],
  ["module A { }", "audit.syntax"],
  ["enum A { B }", "audit.syntax"],
  ["const enum A { B }", "audit.syntax"],
  ["function a(x: number): void; function a(x: unknown) {}", "audit.syntax"],
  ["@deco class A {}", "audit.syntax"],
  ["abstract class A { abstract b(): void }", "audit.syntax"],
  ["export = 1;", "audit.syntax"],
  ["export as namespace A;", "audit.syntax"],
  ["type A = import('./b.ts').B;", "audit.syntax"],
  ['/// <reference path="/etc/passwd" />', "audit.comment"],
  ["///<reference types='x'/>", "audit.comment"],
  ['/// <amd-module name="x" />', "audit.comment"],
  ["// @ts-ignore", "audit.comment"],
  ["// @ts-nocheck", "audit.comment"],
  ["/* @ts-expect-error */", "audit.comment"],
  ["/** @jsx h */", "audit.comment"],
  ["const f = /* @__PURE__ */ () => 1;", "audit.comment"],
  ["/* #__NO_SIDE_EFFECTS__ */ function f() {}", "audit.comment"],
  ["//# sourceMappingURL=x", "audit.comment"],
];

for (const [text, code] of refusedTops) {
  Deno.test(`audit() refuses at the top ${text.slice(0, 70)}`, () => {
    const codes = codesOf(text);
    assert(codes.includes(code) || codes.includes("source.syntax"), JSON.stringify(audit("src/a.ts", text)));
  });
}

Deno.test("audit() judges a world like a gene, and lets it import types of the contract alone", () => {
  assertEquals(audit("world.ts", worldText()), []);
  assertEquals(codesOf(`import { a } from "./b.ts";`, "world.ts"), ["audit.import"]);
  assertEquals(codesOf(`import { a } from "./src/b.ts";`, "world.ts"), ["audit.import"]);
  assertEquals(codesOf(worldText().replace("return 0;", "return Math.random();"), "world.ts"), ["audit.global"]);
  const [own] = audit("world.ts", worldText().replace("return false;", "return world.steps > 3;"));
  assertEquals(own?.code, "audit.state");
  assertStringIncludes(own!.message, "refers to world");
  assertStringIncludes(own!.message, "a constant of its own");
});

Deno.test("audit() lists all findings by line, up to a thousand", () => {
  const issues = audit("src/a.ts", Array.from({ length: 1030 }, (_, i) => `let x${i} = 1;`).join("\n"));
  assertEquals(issues.map((issue) => issue.path), Array.from({ length: 1000 }, (_, i) => `src/a.ts:${i + 1}`));
});

Deno.test("audit() allows the template and the examples that are shipped", async () => {
  for (const template of ["agent_template"]) {
    for await (const { name } of Deno.readDir(`${projectRoot}/${template}/src`)) {
      if (!name.endsWith(".ts")) continue;
      assertEquals(audit(`src/${name}`, await Deno.readTextFile(`${projectRoot}/${template}/src/${name}`)), []);
    }
  }
});

Deno.test("audit(): what it says is short, whatever the code holds", () => {
  const long = "A".repeat(10_000);
  for (
    const text of [
      `${long};`,
      `import x from "${long}";`,
      `export const ${long} = eval("${long}");`,
      `(${long} => 1)();`,
    ]
  ) {
    const issues = audit("src/a.ts", text);
    assertEquals(issues.filter(({ message }) => message.length > 500).map(({ code }) => code), [], text.slice(0, 20));
    assertNotEquals(issues, []);
  }
});
