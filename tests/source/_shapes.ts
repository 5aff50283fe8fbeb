/** Texts that made a reader's time grow faster than their length, or might: each of about the length asked for. */
export const shapes: Readonly<Record<string, (length: number) => string>> = {
  "blanks in a comment": (n) => `/**\n${" ".repeat(n)}x */\nexport function f() {}\n`,
  "blanks around a phase": (n) => `/** @phase${" ".repeat(n)}think${" ".repeat(3)}x */\nexport function f() {}\n`,
  "blanks before an @": (n) => `/**\n${rep(" * @phas\n", n)} */\nexport function f() {}\n`,
  "blank lines in a comment": (n) => `/**${"\n".repeat(n)}*/\nexport function f() {}\n`,
  "stars in a comment": (n) => `/**${"*".repeat(n)}*/\nexport function f() {}\n`,
  "phases in a comment": (n) => `/**\n${rep("@phase think\n", n)}*/\nexport function f() {}\n`,
  "hashes in comments": (n) => `/* ${rep("# ", n)} */\nexport function f() {}\n`,
  "a source map's blanks": (n) => `/* #${" ".repeat(n)} */\nexport function f() {}\n`,
  "a bundler's annotation": (n) => `/* #__${"_A".repeat(n / 2)} */\nexport function f() {}\n`,
  "many comments": (n) => `${rep("/**/", n)}\nexport function f() {}\n`,
  "comments and arrows": (n) => `export function f() {\n${rep("/**/(a);", n)}\n}\n`,
  "comments in calls": (n) => `export function f() { return [${rep("/**/(a)=>a,", n)}]; }\n`,
  "names in a literal": (n) => `const a = 1; const b = [${rep("a,", n)}];\n`,
  "names in a frozen literal": (n) => `const a = 1; const b = Object.freeze([${rep("a,", n)}]);\n`,
  "names in a frozen record": (n) => `const a = 1; const b = Object.freeze({${rep("a,", n)}});\n`,
  "names in a constant's template": (n) => "const a = 1; const b = `" + rep("${a}", n) + "`;\n",
  "commas": (n) => `const b = Object.freeze([${rep(",", n)}]);\n`,
  "declarations": (n) => count((i) => `const a${i.toString(36)}=1;`, n),
  "a chain of constants": (n) => `const a0=1;${count((i) => `const a${i + 1}=a${i};`, n - 10)}`,
  "declarators": (n) => `const z=1${count((i) => `,a${i.toString(36)}=z`, n)};`,
  "a pattern": (n) => `const {${count((i) => `a${i.toString(36)},`, n)}} = 1;`,
  "genes that reach many helpers": (n) =>
    `${count((i) => `function h${i}(){h${i + 1}()}`, n - 250 * 28)}\n${
      Array.from({ length: 250 }, (_, i) => `export function g${i}(){h0()}`).join("")
    }`,
  "genes in one statement": (n) =>
    `/**${" ".repeat(n - 250 * 10)}*/export const ${Array.from({ length: 250 }, (_, i) => `a${i}=()=>1`).join(",")};`,
  "uses": (n) => `export function f(a: number) { ${rep("a;", n)} }\n`,
  "writes": (n) => `export function f() { ${rep("a=1;", n)} }\n`,
  "free names": (n) => `export function f() { ${rep("q;", n)} }\n`,
  "numbers in a list": (n) => `export function f() { return [${rep("1,", n)}]; }\n`,
  "templates": (n) => `export function f(a: string) { return [${rep("`${a}`,", n)}]; }\n`,
  "private names": (n) => `class C { #a = 1; f() { ${rep("this.#a;", n)} } }\n`,
  "private members": (n) => `class C { ${count((i) => `#a${i.toString(36)};`, n)} }\n`,
  "types": (n) => `type A = ${rep("A|", n)}A;\n`,
  "members of a type": (n) => `interface A { ${count((i) => `a${i.toString(36)}:1;`, n)} }\n`,
  "parameters": (n) => `export function f(${count((i) => `a${i.toString(36)},`, n)}) {}\n`,
  "exported parameters": (n) => `export const parameters = {${count((i) => `a${i.toString(36)}:1,`, n)}};\n`,
  "keys of a record": (n) => `const a = {${count((i) => `a${i.toString(36)}:1,`, n)}};\n`,
  "imports": (n) => `import {${count((i) => `a${i.toString(36)},`, n)}} from "./b.ts";\n`,
  "import statements": (n) => count((i) => `import {a${i.toString(36)}} from "./b.ts";`, n),
  "a sum": (n) => `const a = ${rep("1+", n)}1;\n`,
  "a chain of members": (n) => `export function f(a: any) { return a${rep(".b", n)}; }\n`,
  "a chain of assignments": (n) => `export function f(a: any) { ${rep("a=", n)}1; }\n`,
  "casts": (n) => `export const a = 1${rep(" as A", n)};\n`,
  "labels": (n) => `export function f() { ${count((i) => `a${i}:`, n)}; }\n`,
  "labels beside": (n) => `export function f() { ${rep("a:;", n)}; }\n`,
  "cases": (n) => `export function f(a: any) { switch (a) { ${rep("case 1:", n)} } }\n`,
  "blocks": (n) => `export function f() { ${rep("{}", n)} }\n`,
  "arrows": (n) => `export function f() { return [${rep("a=>a,", n)}]; }\n`,
  "arrows in brackets": (n) => `export function f() { return [${rep("(a)=>a,", n)}]; }\n`,
  "typed arrows": (n) => `export function f() { return [${rep("(a:A):A=>a,", n)}]; }\n`,
  "generic arrows": (n) => `export function f() { return [${rep("<T>(a)=>a,", n)}]; }\n`,
  "comparisons": (n) => `export function f(a: any) { return [${rep("a<a,", n)}]; }\n`,
  "conditionals": (n) => `export function f(a: any) { return [${rep("a?(a):a,", n)}]; }\n`,
  "async calls": (n) => `export function f(a: any) { return [${rep("async(a),", n)}]; }\n`,
  "a text": (n) => `const a = "${"a".repeat(n)}";\n`,
  "escapes": (n) => `const a = "${rep("\\u{61}", n)}";\n`,
  "open escapes": (n) => `const a = "${rep("\\u{", n)}";\n`,
  "a number": (n) => `const a = ${"1".repeat(n)};\n`,
  "a number's fraction": (n) => `const a = 0.${"1".repeat(n)};\n`,
  "a name": (n) => `const ${"a".repeat(n)} = 1;\n`,
  "an expression": (n) => `const a = /${"a".repeat(n)}/;\n`,
  "an expression's groups": (n) => `const a = /${rep("(?<a>a)|", n)}/;\n`,
  "an expression's flags": (n) => `const a = /a/${"i".repeat(n)};\n`,
  "white space": (n) => `${" ".repeat(n)}const a = 1;\n`,
  "line breaks": (n) => `${"\n".repeat(n)}const a = 1;\n`,
  "line breaks after a word": (n) => `export function f() { ${rep("type\n", n)} }\n`,
  "blanks after a word": (n) => `type${" ".repeat(n)}a = 1;\n`,
  "semicolons": (n) => ";".repeat(n),
  "brackets": (n) => "(".repeat(n),
  "angle brackets": (n) => `const a = ${"<".repeat(n)}`,
  "open comments": (n) => "/*".repeat(n / 2),
  "open templates": (n) => "`${".repeat(n / 3),
  "decorators": (n) => rep("@a ", n) + "class C {}",
  "exports": (n) => count((i) => `export const a${i.toString(36)}=1;`, n),
  "classes": (n) => count((i) => `class a${i.toString(36)}{}`, n),
  "functions": (n) => count((i) => `function a${i.toString(36)}(){}`, n),
  "phases on what is no gene": (n) => rep("/** @phase a */\n;", n),
};

function rep(part: string, length: number): string {
  return part.repeat(Math.floor(length / part.length));
}

function count(part: (index: number) => string, length: number): string {
  const parts: string[] = [];
  for (let size = 0, i = 0; size < length; i++) {
    parts.push(part(i));
    size += parts.at(-1)!.length;
  }
  return parts.join("");
}
