/**
 * The declarations of records and events, as their source says them.
 *
 * @module
 */

import { parse } from "@babel/parser";
import { read } from "../docs_pages.ts";

/** One field. */
export interface Field {
  readonly name: string;
  readonly isOptional: boolean;
  readonly type: string;
  /** What its comment says. */
  readonly meaning: string;
}

/** An interface, or a type that is put together of interfaces or of literals. */
export interface Declaration {
  readonly name: string;
  readonly meaning: string;
  /** Its own fields and those of what it extends. */
  readonly fields: readonly Field[];
  /** All values, where it is one of several. */
  readonly values: readonly string[];
  /** The type of the record, where it is one. */
  readonly recordType?: string;
}

// The parser's tree has no types here.
// deno-lint-ignore no-explicit-any
type Node = any;

const outside = ["lib/genome/metrics.ts", "lib/runtime/contract.ts", "lib/util/issue.ts"];

/** All declarations of `lib/records/` and of the few files that it takes types from, by name. */
export async function declarations(): Promise<ReadonlyMap<string, Declaration>> {
  const files = [...Deno.readDirSync(new URL("../../lib/records", import.meta.url))].map(({ name }) => name).sort();
  const sources = await Promise.all([...outside, ...files.map((name) => `lib/records/${name}`)].map(read));
  const nodes = new Map<string, { readonly node: Node; readonly text: string }>();
  for (const text of sources) for (const node of statements(text)) nodes.set(node.id.name, { node, text });
  const found = new Map<string, Declaration>();
  for (const name of nodes.keys()) found.set(name, new Reader(nodes).declaration(name));
  return found;
}

function* statements(text: string): Generator<Node> {
  for (const statement of parse(text, { sourceType: "module", plugins: ["typescript"] }).program.body as Node[]) {
    const node = statement.declaration ?? statement;
    const comment = statement.leadingComments?.at(-1)?.value ?? "";
    if (node.type === "VariableDeclaration") yield { ...node.declarations[0], comment };
    if (/^TS(?:Interface|TypeAlias)Declaration$/.test(node.type)) yield { ...node, comment };
  }
}

/** Declarations by name, each with the text of its file. */
type Nodes = ReadonlyMap<string, { readonly node: Node; readonly text: string }>;

class Reader {
  readonly #nodes: Nodes;

  constructor(nodes: Nodes) {
    this.#nodes = nodes;
  }

  declaration(name: string): Declaration {
    const { node, text } = this.#nodes.get(name)!;
    const parts = node.type === "TSInterfaceDeclaration" ? node.extends ?? [] : this.#parts(node.typeAnnotation);
    const fields = new Map<string, Field>();
    for (const field of parts.flatMap((part: Node) => this.#fieldsOf(part, text))) fields.set(field.name, field);
    for (const field of this.#members(node.body?.body ?? [], text)) fields.set(field.name, field);
    return {
      name,
      meaning: words(node.comment),
      fields: [...fields.values()],
      values: [...this.#values(node.typeAnnotation), ...parts.flatMap(factsOf)],
      recordType: parts.map((part: Node) => this.#recordType(part)).find(Boolean),
    };
  }

  /** What an alias is put together of. */
  #parts(type: Node): Node[] {
    if (type?.type === "TSIntersectionType" || type?.type === "TSUnionType") {
      return type.types.flatMap((each: Node) => this.#parts(each));
    }
    return type?.type === "TSTypeReference" || type?.type === "TSTypeLiteral" ? [type] : [];
  }

  #fieldsOf(part: Node, text: string): Field[] {
    if (part.type === "TSTypeLiteral") return this.#members(part.members, text);
    const name = nameOf(part), given = argumentsOf(part);
    // Common to all of them, and said once.
    if (name === "RecordOf" || name === "Fact") return [];
    if (name === "Omit") {
      const left = new Set(literals(given[1]));
      return this.#fieldsOf(given[0], text).filter((field) => !left.has(field.name));
    }
    if (name === "Readonly") return this.#fieldsOf(given[0], text);
    return this.#nodes.has(name) ? [...this.declaration(name).fields] : [];
  }

  #members(members: readonly Node[], text: string): Field[] {
    return members.filter(({ type }) => type === "TSPropertySignature").map((member) => ({
      name: member.key.name ?? member.key.value,
      isOptional: Boolean(member.optional),
      type: typeText(text.slice(member.typeAnnotation.typeAnnotation.start, member.typeAnnotation.typeAnnotation.end)),
      meaning: words(member.leadingComments?.at(-1)?.value ?? ""),
    }));
  }

  #values(type: Node): string[] {
    if (type?.type === "TSUnionType" || type?.type === "TSLiteralType") return literals(type);
    if (type?.operator === "keyof") return this.declaration(nameOf(type.typeAnnotation)).fields.map(({ name }) => name);
    const list = type?.type === "TSIndexedAccessType" && this.#nodes.get(type.objectType.exprName?.name)?.node;
    return list ? list.init.expression.elements.map((element: Node) => element.value) : [];
  }

  #recordType(part: Node): string | undefined {
    const name = nameOf(part), [first] = argumentsOf(part);
    const literal = first?.type === "TSLiteralType" && first.literal.value;
    if (name !== "RecordOf" && !this.#isRecord(name)) return undefined;
    return typeof literal === "string" ? literal : undefined;
  }

  #isRecord(name: string): boolean {
    return (this.#nodes.get(name)?.node.extends ?? []).some((part: Node) => nameOf(part) === "RecordOf");
  }
}

function nameOf(part: Node): string {
  return part.expression?.name ?? part.typeName?.name ?? "";
}

function argumentsOf(part: Node): Node[] {
  return (part.typeArguments ?? part.typeParameters)?.params ?? [];
}

/** The events of which this is what they tell. */
function factsOf(part: Node): string[] {
  return nameOf(part) === "Fact" ? literals(argumentsOf(part)[0]) : [];
}

function literals(type: Node): string[] {
  const types: Node[] = type?.type === "TSUnionType" ? type.types : [type];
  return types.filter((each) => each?.type === "TSLiteralType").map((each) => String(each.literal.value));
}

/** A comment as one paragraph. */
function words(comment: string): string {
  return comment.replace(/^\*/, "").replaceAll(/\n\s*\*/g, "\n").replaceAll(/\s+/g, " ").trim();
}

function typeText(source: string): string {
  return source.replaceAll(/\breadonly /g, "").replaceAll(/\bReadonly<((?:[^<>]|<(?:[^<>]|<[^<>]*>)*>)*)>/g, "$1")
    .replaceAll(/\s+/g, " ");
}
