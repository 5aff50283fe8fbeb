/**
 * Evaluates GitHub's expressions, as far as the project's YAML uses them; what it does not know is an error.
 *
 * @module
 */

/** What an expression may come to. */
export type Value = string | number | boolean | null | { readonly [key: string]: Value };

/** What expressions may name: contexts such as `inputs`, and functions such as `always`. */
export interface Scope {
  readonly contexts: Readonly<Record<string, Value>>;
  readonly functions: Readonly<Record<string, (...args: Value[]) => Value>>;
}

const token = /\s*(?:(\d+)|'((?:[^']|'')*)'|([A-Za-z_][\w-]*)|(&&|\|\||==|!=|[!().,]))/y;

/** Contexts of which a name that is not there is a slip of the pen, never an empty text. */
const strict = new Set(["inputs", "steps", "github"]);

/** The value of an expression, without the marks around it. */
export function evaluate(text: string, scope: Scope): Value {
  const tokens = scan(text);
  let at = 0;
  const peek = () => tokens[at]?.text;
  const take = (wanted?: string) => {
    const found = tokens[at++];
    if (!found || (wanted !== undefined && found.text !== wanted)) throw new Error(`Unknown expression: ${text}`);
    return found;
  };

  function or(): Value {
    let left = and();
    while (peek() === "||") take(), left = pick(left, and(), !truthy(left));
    return left;
  }
  function and(): Value {
    let left = equality();
    while (peek() === "&&") take(), left = pick(left, equality(), truthy(left));
    return left;
  }
  function equality(): Value {
    const left = unary();
    if (peek() !== "==" && peek() !== "!=") return left;
    return (take().text === "==") === equal(left, unary());
  }
  function unary(): Value {
    return peek() === "!" ? (take(), !truthy(unary())) : primary();
  }
  function primary(): Value {
    const { kind, text: word } = take();
    if (kind === "number") return Number(word);
    if (kind === "string") return word;
    if (word === "(") {
      const inner = or();
      take(")");
      return inner;
    }
    if (kind !== "name") throw new Error(`Unknown expression: ${text}`);
    if (word === "true" || word === "false") return word === "true";
    return peek() === "(" ? call(word) : properties(word);
  }
  function call(name: string): Value {
    const args: Value[] = [];
    take("(");
    while (peek() !== ")") {
      args.push(or());
      if (peek() === ",") take();
    }
    take(")");
    if (!Object.hasOwn(scope.functions, name)) throw new Error(`Unknown function ${name} in: ${text}`);
    return scope.functions[name]!(...args);
  }
  function properties(name: string): Value {
    if (!Object.hasOwn(scope.contexts, name)) throw new Error(`Unknown context ${name} in: ${text}`);
    let value: Value = scope.contexts[name]!, above = name;
    while (peek() === ".") {
      take();
      const { text: key } = take();
      const there: boolean = typeof value === "object" && value !== null && Object.hasOwn(value, key);
      if (!there && (strict.has(above) || strict.has(name) && above === key)) {
        throw new Error(`Unknown name ${above}.${key} in: ${text}`);
      }
      value = there ? (value as Record<string, Value>)[key]! : null;
      above = key;
    }
    return value;
  }

  const value = or();
  if (at !== tokens.length) throw new Error(`Unknown expression: ${text}`);
  return value;
}

/** A text with its `${{ … }}` replaced; the value itself where it is nothing but one. */
export function fill(text: string, scope: Scope): Value {
  const whole = /^\$\{\{((?:(?!\}\}).)*)\}\}$/s.exec(text.trim());
  if (whole) return evaluate(whole[1]!, scope);
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, inner) => asText(evaluate(inner, scope)));
}

/** Whether a value counts as true. */
export function truthy(value: Value): boolean {
  return value !== false && value !== 0 && value !== "" && value !== null;
}

/** A value as it stands in a text. */
export function asText(value: Value): string {
  return value === null ? "" : String(value);
}

function pick(left: Value, right: Value, takesRight: boolean): Value {
  return takesRight ? right : left;
}

function equal(left: Value, right: Value): boolean {
  if (typeof left === "string" && typeof right === "string") return left.toLowerCase() === right.toLowerCase();
  return typeof left === typeof right ? left === right : Number(left) === Number(right);
}

function scan(text: string): { kind: "number" | "string" | "name" | "mark"; text: string }[] {
  const found = [];
  token.lastIndex = 0;
  for (let end = 0; text.slice(end).trim() !== "";) {
    const match = token.exec(text);
    if (!match) throw new Error(`Unknown expression: ${text}`);
    end = token.lastIndex;
    const [, number, string, name, mark] = match;
    if (number !== undefined) found.push({ kind: "number" as const, text: number });
    else if (string !== undefined) found.push({ kind: "string" as const, text: string.replaceAll("''", "'") });
    else if (name !== undefined) found.push({ kind: "name" as const, text: name });
    else found.push({ kind: "mark" as const, text: mark! });
  }
  return found;
}
