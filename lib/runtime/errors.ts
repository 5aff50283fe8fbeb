/**
 * The constructors of errors that code can name, so that what it makes can be told from what the engine throws.
 *
 * @module
 */

type Factory = ErrorConstructor | TypeErrorConstructor | RangeErrorConstructor;

const made = new WeakSet<object>();
const { add, has } = made;
const { call } = Function.prototype;
const isMember = call.bind(has) as (set: WeakSet<object>, thing: object) => boolean;
const enter = call.bind(add) as (set: WeakSet<object>, thing: object) => unknown;

/** Whether code made an error, and not the engine. */
export function isMade(error: Error): boolean {
  return isMember(made, error);
}

/** The engine's own constructors by name: they go on to decide what an error holds, such as its stack. */
export const engineErrors: Readonly<Record<string, Factory>> = { Error, RangeError, TypeError };

/** Constructors by name that note what they make; prototypes, and so `instanceof`, are those of the engine's. */
export const errors: Readonly<Record<string, Factory>> = {
  Error: noting(Error),
  RangeError: noting(RangeError),
  TypeError: noting(TypeError),
};

function noting(Original: Factory): Factory {
  const make = function (message?: string): Error {
    const error = message === undefined ? new Original() : new Original(message);
    enter(made, error);
    return error;
  };
  Object.defineProperty(make, "name", { value: Original.name });
  Object.defineProperty(make, "prototype", { value: Original.prototype, writable: false });
  return make as unknown as Factory;
}
