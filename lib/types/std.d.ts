/**
 * Types of the parts of Deno's standard library that are used here. The code comes from the npm package
 * `deno-std`, which carries none; see the import map in deno.json.
 */

declare module "@std/assert" {
  type Class<E> = abstract new (...args: never[]) => E;
  /** What all assertions throw. */
  export class AssertionError extends Error {}
  export function assert(expression: unknown, message?: string): asserts expression;
  export function assertFalse(expression: unknown, message?: string): void;
  export function assertEquals<T>(actual: T, expected: T, message?: string): void;
  export function assertNotEquals<T>(actual: T, expected: T, message?: string): void;
  export function assertStrictEquals<T>(actual: unknown, expected: T, message?: string): asserts actual is T;
  export function assertNotStrictEquals<T>(actual: T, expected: T, message?: string): void;
  export function assertAlmostEquals(actual: number, expected: number, tolerance?: number, message?: string): void;
  export function assertExists<T>(actual: T, message?: string): asserts actual is NonNullable<T>;
  export function assertInstanceOf<T>(actual: unknown, expected: Class<T>, message?: string): asserts actual is T;
  export function assertStringIncludes(actual: string, expected: string, message?: string): void;
  export function assertArrayIncludes<T>(actual: ArrayLike<T>, expected: ArrayLike<T>, message?: string): void;
  export function assertMatch(actual: string, expected: RegExp, message?: string): void;
  export function assertNotMatch(actual: string, expected: RegExp, message?: string): void;
  export function assertObjectMatch(
    actual: Record<PropertyKey, unknown>,
    expected: Record<PropertyKey, unknown>,
    message?: string,
  ): void;
  export function assertGreater<T>(actual: T, expected: T, message?: string): void;
  export function assertGreaterOrEqual<T>(actual: T, expected: T, message?: string): void;
  export function assertLess<T>(actual: T, expected: T, message?: string): void;
  export function assertLessOrEqual<T>(actual: T, expected: T, message?: string): void;
  export function assertThrows(run: () => unknown, message?: string): unknown;
  export function assertThrows<E extends Error>(
    run: () => unknown,
    type: Class<E>,
    includes?: string,
    message?: string,
  ): E;
  export function assertRejects(run: () => PromiseLike<unknown>, message?: string): Promise<unknown>;
  export function assertRejects<E extends Error>(
    run: () => PromiseLike<unknown>,
    type: Class<E>,
    includes?: string,
    message?: string,
  ): Promise<E>;
  export function fail(message?: string): never;
  export function unreachable(reason?: string): never;
}

declare module "@std/async/delay" {
  /** Resolves after `ms` milliseconds, rejects when the signal is aborted. */
  export function delay(ms: number, options?: { signal?: AbortSignal; persistent?: boolean }): Promise<void>;
}

declare module "@std/async/pool" {
  /** Results of `work` over the items in their order, at most `limit` at once. */
  export function pooledMap<T, R>(
    limit: number,
    items: Iterable<T> | AsyncIterable<T>,
    work: (item: T) => Promise<R>,
  ): AsyncIterableIterator<R>;
}

declare module "@std/fmt/bytes" {
  /** A number of bytes for people, such as `1.34 kB`. */
  export function format(bytes: number, options?: { binary?: boolean; minimumFractionDigits?: number }): string;
}

declare module "@std/fmt/colors" {
  export function setColorEnabled(value: boolean): void;
  export function getColorEnabled(): boolean;
  export function bold(text: string): string;
  export function dim(text: string): string;
  export function underline(text: string): string;
  export function red(text: string): string;
  export function green(text: string): string;
  export function yellow(text: string): string;
  export function blue(text: string): string;
  export function magenta(text: string): string;
  export function cyan(text: string): string;
  export function gray(text: string): string;
  export function stripAnsiCode(text: string): string;
}

declare module "@std/fmt/duration" {
  /** A duration for people, such as `1m 39s 674ms`. */
  export function format(ms: number, options?: { style?: "narrow" | "full" | "digital"; ignoreZero?: boolean }): string;
}

declare module "@std/path" {
  /** The parts of a path. */
  export interface ParsedPath {
    root: string;
    dir: string;
    base: string;
    ext: string;
    name: string;
  }
  export const SEPARATOR: "/" | "\\";
  export function basename(path: string | URL, suffix?: string): string;
  export function dirname(path: string | URL): string;
  export function extname(path: string | URL): string;
  export function fromFileUrl(url: string | URL): string;
  export function isAbsolute(path: string): boolean;
  export function join(path: string | URL, ...paths: string[]): string;
  export function normalize(path: string | URL): string;
  export function parse(path: string): ParsedPath;
  export function relative(from: string, to: string): string;
  export function resolve(...paths: string[]): string;
  export function toFileUrl(path: string): URL;
}

declare module "@std/streams/text-line-stream" {
  /** Cuts a stream of text into lines. */
  export class TextLineStream extends TransformStream<string, string> {
    constructor(options?: { allowCR?: boolean });
  }
}
