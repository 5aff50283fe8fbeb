/**
 * The JSON Schema of records, from their declarations.
 *
 * `deno run -A tests/records/json_schema.ts` writes `docs/records.schema.json` anew.
 *
 * @module
 */

import { parseExpression } from "@babel/parser";
import { projectRoot } from "../../lib/run/paths.ts";
import { type Declaration, declarations, type Field } from "./declarations.ts";
import { recordsOf } from "./page.ts";

/** Where it is kept. */
export const schemaFile = "docs/records.schema.json";

/** A schema, or a part of one; an empty one takes anything. */
export type Schema = { readonly [keyword: string]: unknown };

// The parser's tree has no types here.
// deno-lint-ignore no-explicit-any
type Node = any;

/** The schema of one line that a step writes. */
export function recordsSchema(all: ReadonlyMap<string, Declaration>): Schema {
  const maker = new Maker(all);
  const records = [...recordsOf(all)].sort(([a], [b]) => a < b ? -1 : 1).map(([type, declaration]) => {
    const { name, meaning, fields } = declaration;
    const { properties, required } = maker.object(fields);
    const frame = {
      type: { const: type },
      step: { type: "string" },
      id: { type: ["string", "null"] },
      ok: { type: "boolean" },
      issue: maker.reference("Issue"),
    };
    return {
      description: meaning,
      type: "object",
      properties: { ...frame, ...properties as object },
      required: ["type", "step", "id", "ok", ...required as string[]],
      ...name === "Explained" && { anyOf: maker.facts() },
    };
  });
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "A record: a line of NDJSON that a step writes to stdout",
    description:
      "`step` is the step that wrote it, `id` the agent's or null, `ok` whether all is well with what it tells of.",
    anyOf: records,
    $defs: maker.definitions(),
  };
}

class Maker {
  readonly #all: ReadonlyMap<string, Declaration>;
  readonly #made = new Map<string, Schema>();

  constructor(all: ReadonlyMap<string, Declaration>) {
    this.#all = all;
  }

  object(fields: readonly Field[]): Schema {
    const properties = fields.map(({ name, type, meaning }) => [name, { ...this.#ofText(type), description: meaning }]);
    const required = fields.filter(({ isOptional }) => !isOptional).map(({ name }) => name);
    return { type: "object", properties: Object.fromEntries(properties), required };
  }

  /** What a story tells besides, by its event. */
  facts(): Schema[] {
    const facts = [...this.#all.values()].filter(({ name }) => name.endsWith("Fact") && name !== "Fact");
    return facts.map(({ meaning, fields, values }) => {
      const { properties, required } = this.object(fields);
      return {
        description: meaning,
        type: "object",
        properties: { event: { enum: values }, ...properties as object },
        required: ["event", ...required as string[]],
      };
    });
  }

  /** A type by its name; what is declared elsewhere, or is more than fields or values, takes anything. */
  reference(name: string): Schema {
    const declaration = this.#all.get(name);
    if (!declaration || declaration.fields.length + declaration.values.length === 0) return {};
    if (!this.#made.has(name)) {
      this.#made.set(name, {});
      const { meaning, fields, values } = declaration;
      this.#made.set(name, { description: meaning, ...fields.length > 0 ? this.object(fields) : { enum: values } });
    }
    return { $ref: `#/$defs/${name}` };
  }

  definitions(): Schema {
    return Object.fromEntries([...this.#made].sort(([a], [b]) => a < b ? -1 : 1));
  }

  #ofText(type: string): Schema {
    const cast = parseExpression(`value as (${type})`, { plugins: ["typescript"] }) as Node;
    return this.#of(cast.typeAnnotation);
  }

  #of(node: Node): Schema {
    const given: Node[] = (node.typeArguments ?? node.typeParameters)?.params ?? [];
    switch (node.type) {
      case "TSParenthesizedType":
        return this.#of(node.typeAnnotation);
      case "TSStringKeyword":
        return { type: "string" };
      case "TSNumberKeyword":
        return { type: "number" };
      case "TSBooleanKeyword":
        return { type: "boolean" };
      case "TSNullKeyword":
        return { type: "null" };
      case "TSLiteralType":
        return { const: node.literal.value };
      case "TSUnionType":
        return { anyOf: node.types.map((each: Node) => this.#of(each)) };
      case "TSIntersectionType":
        return { allOf: node.types.map((each: Node) => this.#of(each)) };
      case "TSArrayType":
        return { type: "array", items: this.#of(node.elementType) };
      case "TSTupleType":
        return this.#tuple(node.elementTypes);
      case "TSTypeReference":
        return this.#named(node.typeName.name, given);
      default:
        return {};
    }
  }

  #tuple(elements: readonly Node[]): Schema {
    const items = elements.map((element) => this.#of(element.elementType ?? element.typeAnnotation ?? element));
    return { type: "array", prefixItems: items, minItems: items.length, maxItems: items.length };
  }

  #named(name: string | undefined, given: readonly Node[]): Schema {
    if (name === "Readonly" && given[0]) return this.#of(given[0]);
    if (name === "Record" && given[1]) return { type: "object", additionalProperties: this.#of(given[1]) };
    if (name === "Partial" || name === "Pick" || name === "Omit") return { type: "object" };
    return name === undefined || given.length > 0 ? {} : this.reference(name);
  }
}

if (import.meta.main) {
  const text = JSON.stringify(recordsSchema(await declarations()), undefined, 2);
  await Deno.writeTextFile(`${projectRoot}/${schemaFile}`, `${text}\n`);
}
