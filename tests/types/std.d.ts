/**
 * Types of what tests use of Deno's standard library. The code comes from the npm package
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

declare module "@std/csv" {
  export function stringify(rows: readonly (readonly unknown[])[], options?: { readonly crlf?: boolean }): string;
  export function parse(text: string): string[][];
}

declare module "@std/msgpack" {
  export function encode(value: unknown): Uint8Array<ArrayBuffer>;
  export function decode(bytes: Uint8Array): unknown;
}

declare module "@std/yaml" {
  export function parse(text: string): unknown;
}
