/**
 * Parsing of one source file, under limits.
 *
 * @module
 */

import { parse } from "@babel/parser";
import { poolLimits } from "../runtime/names.ts";
import { bad, good, type Result } from "../util/issue.ts";
import { measure, type SyntaxComment, type SyntaxNode } from "./syntax.ts";

/** A source file with its syntax tree. */
export interface ParsedSource {
  /** Path within the template: `src/*.ts` or `world.ts`. */
  readonly path: string;
  readonly text: string;
  readonly program: SyntaxNode;
  readonly comments: readonly SyntaxComment[];
  /** Offsets of all tokens but comments. */
  readonly tokens: readonly { readonly start: number; readonly end: number }[];
  readonly lines: number;
}

/** Levels of the syntax tree below a module; what is deeper is refused, so that walks can be recursive. */
export const deepest = 250;

/** Characters that make a text look other than it is: controls, and those that change the direction of writing. */
// deno-lint-ignore no-control-regex -- these are what is looked for
const misleading = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/**
 * Parses a source file.
 *
 * @param path Path within the template, for messages.
 * @param text At most 256 KiB.
 * @returns The tree, or an issue `source.size`, `source.text`, `source.syntax` or `source.nested` with file and line. The
 * bounds are counted (characters, tokens, nodes, levels, readings), so they are the same on every machine.
 */
export function parseSource(path: string, text: string): Result<ParsedSource> {
  if (text.length > poolLimits.source) {
    return bad("source.size", `Cannot read ${path} as it must have at most ${poolLimits.source} characters.`, path);
  }
  const odd = misleading.exec(text);
  if (odd) {
    const line = text.slice(0, odd.index).split("\n").length;
    const code = odd[0].charCodeAt(0).toString(16).padStart(4, "0").toUpperCase();
    return bad(
      "source.text",
      `Cannot read ${path} as line ${line} holds the control character U+${code}.`,
      at(path, line),
    );
  }
  try {
    const metered = new Metered(text) as unknown as string;
    const file = parse(metered, { sourceType: "module", plugins: ["typescript"], tokens: true });
    const program = file.program as unknown as SyntaxNode;
    const tokens = (file.tokens ?? []) as unknown as (SyntaxNode & { type: unknown })[];
    if (tokens.length > poolLimits.tokens) {
      return many(path, "tokens", poolLimits.tokens, tokens.length, tokens[poolLimits.tokens]!.loc.start.line);
    }
    const { nodes, levels } = measure(program, deepest);
    if (levels > deepest) return nested(path);
    if (nodes > poolLimits.nodes) return many(path, "nodes", poolLimits.nodes, nodes, 1);
    const comments = (file.comments ?? []) as unknown as SyntaxComment[];
    return good({
      path,
      text,
      program,
      comments,
      tokens: tokens.filter((token) => typeof token.type !== "string" && token.end > token.start),
      lines: text.split("\n").length - (text.endsWith("\n") ? 1 : 0),
    });
  } catch (error) {
    if (error instanceof RangeError) return nested(path);
    if (error instanceof Tangled) return tangled(path);
    const line = (error as { loc?: { line: number } }).loc?.line ?? 1;
    const message = (error as Error).message.replace(/\s*\(\d+:\d+\)$/, "").replace(/\.+$/, "").slice(0, 300);
    return bad("source.syntax", `Cannot parse ${at(path, line)}: ${message}.`, at(path, line));
  }
}

/** A place in a file, as issues name it. */
export function at(path: string, line: number): string {
  return `${path}:${line}`;
}

/** A text that was read too often: the parser tries out what it may mean, and that within what it may mean. */
class Tangled extends Error {
  override name = "Tangled";
}

/**
 * A text that can be read a bounded number of times.
 *
 * Where arrow functions, conditionals and types look alike, the parser tries one reading after the other; nested, that
 * takes time that doubles with every level, and nothing could interrupt it. Ordinary code is read 1.2 to 1.4 times.
 */
class Metered extends String {
  readonly #text: string;
  #left = 64 * this.length + 1_000_000;
  /** Where the comment ends whose end was just looked for. */
  #comment = -1;

  constructor(text: string) {
    super(text);
    this.#text = text;
  }

  override charCodeAt(at: number): number {
    this.#comment = -1;
    this.#count(1);
    return this.#text.charCodeAt(at);
  }

  /** By this the parser finds the end of a comment. */
  override indexOf(text: string, from = 0): number {
    const found = this.#text.indexOf(text, from);
    this.#count((found < 0 ? this.length : found) - from);
    this.#comment = found;
    return found;
  }

  override slice(from: number, to: number): string {
    const part = this.#text.slice(from, to);
    this.#comment = -1;
    this.#count(part.length);
    return part;
  }

  /** What expressions are matched with: within a comment no further, or each would be read to the end of its line. */
  override toString(): string {
    return this.#comment < 0 ? this.#text : this.#text.slice(0, this.#comment);
  }

  #count(characters: number): void {
    this.#left -= characters;
    if (this.#left < 0) throw new Tangled();
  }
}

function many(path: string, what: "tokens" | "nodes", most: number, count: number, line: number): Result<never> {
  const place = at(path, line);
  const why = `${path} must have at most ${most} ${what}: it has ${count}; move some of it into another file`;
  return bad("source.size", `Cannot read ${place} as ${why}.`, place);
}

function tangled(path: string): Result<never> {
  const why = "its code must not be nested so that there are very many ways to read it; give its inner parts names";
  return bad("source.nested", `Cannot read ${path} as ${why}.`, path);
}

function nested(path: string): Result<never> {
  return bad("source.nested", `Cannot read ${path} as its code must be nested at most ${deepest} levels deep.`, path);
}
