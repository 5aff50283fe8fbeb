/**
 * The allow-list of node types, with what else must hold for each.
 *
 * @module
 */

import { type Finding, finding } from "./finding.ts";
import { refusedProperties } from "./globals.ts";
import { bare, child, children, isFunction, keyOf, nameOf, type SyntaxNode } from "./syntax.ts";

/** Node types of values and statements that are allowed as they are. */
const plain = new Set([
  ...["Program", "Directive", "DirectiveLiteral", "Identifier", "NumericLiteral", "StringLiteral", "BooleanLiteral"],
  ...["NullLiteral", "TemplateLiteral", "TemplateElement", "ArrayExpression", "ObjectExpression", "SpreadElement"],
  ...["RestElement", "AssignmentPattern", "ArrayPattern", "ObjectPattern", "LogicalExpression", "UpdateExpression"],
  ...["ConditionalExpression", "CallExpression", "OptionalCallExpression", "NewExpression", "SequenceExpression"],
  ...["BlockStatement", "ExpressionStatement", "EmptyStatement", "IfStatement", "ForStatement", "ForInStatement"],
  ...["WhileStatement", "DoWhileStatement", "SwitchStatement", "SwitchCase", "BreakStatement", "ContinueStatement"],
  ...["LabeledStatement", "ReturnStatement", "ThrowStatement", "VariableDeclarator", "ClassBody", "PrivateName"],
  ...["ImportDeclaration", "ImportSpecifier", "ExportNamedDeclaration", "TSAsExpression", "TSSatisfiesExpression"],
  ...["TSNonNullExpression", "Super"],
]);

/** Node types of type syntax that are allowed. */
const types = new Set([
  ...["TSTypeAnnotation", "TSTypeParameterDeclaration", "TSTypeParameter", "TSTypeParameterInstantiation"],
  ...["TSTypeReference", "TSQualifiedName", "TSTypeQuery", "TSTypeLiteral", "TSPropertySignature", "TSMethodSignature"],
  ...["TSIndexSignature", "TSCallSignatureDeclaration", "TSConstructSignatureDeclaration", "TSFunctionType"],
  ...["TSArrayType", "TSTupleType", "TSNamedTupleMember", "TSOptionalType", "TSRestType", "TSUnionType"],
  ...["TSIntersectionType", "TSConditionalType", "TSInferType", "TSParenthesizedType", "TSTypeOperator"],
  ...["TSIndexedAccessType", "TSMappedType", "TSLiteralType", "TSTemplateLiteralType", "TSTypePredicate"],
  ...["TSThisType", "TSInterfaceDeclaration", "TSInterfaceBody", "TSInterfaceHeritage", "TSClassImplements"],
  ...["TSExpressionWithTypeArguments", "TSTypeAliasDeclaration", "TSAnyKeyword", "TSBooleanKeyword"],
  ...["TSNeverKeyword", "TSNullKeyword", "TSNumberKeyword", "TSObjectKeyword", "TSStringKeyword"],
  ...["TSUndefinedKeyword", "TSUnknownKeyword", "TSVoidKeyword"],
]);

/** Within types, further nodes that are part of them. */
const typeParts = new Set([
  ...["Identifier", "StringLiteral", "NumericLiteral", "BooleanLiteral", "UnaryExpression", "TemplateLiteral"],
  ...["TemplateElement", "RestElement", "ObjectPattern", "ArrayPattern", "ObjectProperty", "ThisExpression"],
]);

const unary = new Set(["-", "+", "!", "~", "typeof", "void", "delete"]);

const binary = new Set(
  "+ - * / % == != === !== < > <= >= & | ^ << >> >>> in instanceof".split(" "),
);

/** What to write instead of syntax that is refused. */
const advice: Readonly<Record<string, string>> = {
  TryStatement: "try is not allowed; check before instead",
  AwaitExpression: "genes are synchronous; await is not allowed",
  YieldExpression: "generators are not allowed",
  TaggedTemplateExpression: "tagged templates are not allowed",
  MetaProperty: "import.meta and new.target are not allowed",
  ImportExpression: "dynamic import is not allowed",
  Import: "dynamic import is not allowed",
  BigIntLiteral: "bigints are not allowed",
  WithStatement: "with is not allowed",
  DebuggerStatement: "debugger is not allowed",
  StaticBlock: "static blocks are not allowed",
  Decorator: "decorators are not allowed",
  TSEnumDeclaration: "enums are not allowed; use constants",
  TSModuleDeclaration: "namespaces and declare are not allowed",
  TSParameterProperty: "parameter properties are not allowed; declare the field",
  TSDeclareFunction: "overloads and declare are not allowed",
  TSTypeAssertion: "<T>x is not allowed; write x as T",
  TSImportType: "import types are not allowed; use import type",
  ExportDefaultDeclaration: "default exports are not allowed; a gene has a name",
  ExportAllDeclaration: "only declarations can be exported",
};

/** What a node stands in. */
export interface Around {
  /** In type syntax, of which nothing is left at run time. */
  readonly type: boolean;
  /** Where `this` is an instance of a class. */
  readonly self: boolean;
}

/** What must hold for a node of a type beyond being of that type; `undefined` where all is well. */
type Rule = (node: SyntaxNode, around: Around) => Finding | undefined;

const rules: Readonly<Record<string, Rule>> = {
  RegExpLiteral: (node) =>
    /^[imsu]*$/.test(node["flags"] as string)
      ? undefined
      : finding("regexp", "regular expressions may only have the flags i, m, s and u", node),
  UnaryExpression: (node) => operator(node, unary),
  BinaryExpression: (node) => operator(node, binary),
  AssignmentExpression: (node) =>
    node["operator"] === "**=" ? operator({ ...node, operator: "**" }, binary) : undefined,
  VariableDeclaration: (node) =>
    node["declare"] || (node["kind"] !== "const" && node["kind"] !== "let")
      ? finding("syntax", "only const and let declare variables", node)
      : undefined,
  ForOfStatement: (node) => node["await"] ? finding("syntax", "for await is not allowed", node) : undefined,
  ThisExpression: (node, around) => around.self ? undefined : finding("this", "this is allowed in classes alone", node),
  MemberExpression: member,
  OptionalMemberExpression: member,
  ObjectProperty: (node) => property(node),
  FunctionDeclaration: callable,
  FunctionExpression: callable,
  ArrowFunctionExpression: callable,
  ObjectMethod: callable,
  ClassMethod: callable,
  ClassPrivateMethod: callable,
  ClassDeclaration: classOf,
  ClassExpression: classOf,
  ClassProperty: field,
  ClassPrivateProperty: field,
};

/** Judges a node of values and statements. */
export function auditNode(node: SyntaxNode, around: Around): Finding | undefined {
  if (Object.hasOwn(rules, node.type)) return rules[node.type]!(node, around);
  if (plain.has(node.type)) return node.type === "CallExpression" ? radix(node) : undefined;
  return refuse(node);
}

/** Judges a node within type syntax. */
export function auditTypeOnly(node: SyntaxNode): Finding | undefined {
  if (node["declare"]) return finding("syntax", "declare is not allowed", node);
  if (types.has(node.type) || typeParts.has(node.type)) return undefined;
  return refuse(node);
}

function refuse(node: SyntaxNode): Finding {
  const what = Object.hasOwn(advice, node.type) ? advice[node.type]! : `${words(node.type)} is not allowed`;
  return finding("syntax", what, node);
}

function words(type: string): string {
  return type.replace(/^TS/, "").replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
}

function operator(node: SyntaxNode, allowed: ReadonlySet<string>): Finding | undefined {
  const sign = node["operator"] as string;
  if (allowed.has(sign)) return undefined;
  if (sign === "**") return finding("operator", "** differs between engines; use Math.pow", node);
  return finding("operator", `the operator ${sign} is not allowed`, node);
}

function member(node: SyntaxNode): Finding | undefined {
  const key = child(node, "property")!;
  return node["computed"] ? computed(key) : named(nameOf(key), key);
}

/** The key of a record's or a class's part. */
function property(node: SyntaxNode): Finding | undefined {
  const key = child(node, "key")!;
  return node["computed"] ? computed(key) : named(keyOf(key), key);
}

function named(name: string | undefined, node: SyntaxNode): Finding | undefined {
  if (name === undefined || !refusedProperties.has(name)) return undefined;
  return finding("property", `the property ${name} is not allowed; use another name`, node);
}

function computed(key: SyntaxNode): Finding | undefined {
  const text = spelled(key);
  return text === undefined ? undefined : named(text, key);
}

/** The text of a key that is written out, if in pieces, or `undefined`. */
function spelled(node: SyntaxNode): string | undefined {
  const inner = bare(node);
  if (inner.type === "StringLiteral") return inner["value"] as string;
  if (inner.type === "ArrayExpression" && children(inner, "elements").length === 1) {
    return spelled(children(inner, "elements")[0]!);
  }
  if (inner.type === "SequenceExpression") return spelled(children(inner, "expressions").at(-1)!);
  if (inner.type === "BinaryExpression" && inner["operator"] === "+") {
    return joined([spelled(child(inner, "left")!), spelled(child(inner, "right")!)]);
  }
  if (inner.type !== "TemplateLiteral") return undefined;
  const parts = children(inner, "quasis").map((quasi) => (quasi["value"] as { cooked?: string }).cooked);
  const values = children(inner, "expressions").map(spelled);
  return joined(parts.flatMap((part, index) => index === 0 ? [part] : [values[index - 1], part]));
}

function joined(parts: readonly (string | undefined)[]): string | undefined {
  return parts.includes(undefined) ? undefined : parts.join("");
}

function callable(node: SyntaxNode): Finding | undefined {
  if (node["async"]) return finding("syntax", "genes are synchronous; async is not allowed", node);
  if (node["generator"]) return finding("syntax", "generators are not allowed", node);
  if (node["declare"] || !child(node, "body")) return finding("syntax", "a function must have a body", node);
  if (decorated(node)) return finding("syntax", "decorators are not allowed", node);
  if (node["kind"] === "get" || node["kind"] === "set") {
    return finding("syntax", "getters and setters are not allowed", node);
  }
  if (children(node, "params").some((parameter) => nameOf(parameter) === "this")) {
    return finding("this", "this is allowed in classes alone", node);
  }
  const makes = node.type === "ClassMethod" && node["kind"] === "constructor";
  return child(node, "key") && node.type !== "ClassPrivateMethod" && !makes ? property(node) : undefined;
}

function classOf(node: SyntaxNode): Finding | undefined {
  if (node["declare"] || decorated(node)) return finding("syntax", "declare and decorators are not allowed", node);
  const parent = child(node, "superClass");
  return parent && parent.type !== "Identifier"
    ? finding("syntax", "a class can extend nothing but a class of its file", parent)
    : undefined;
}

function field(node: SyntaxNode): Finding | undefined {
  if (node["declare"] || decorated(node)) return finding("syntax", "declare and decorators are not allowed", node);
  if (node["static"]) return finding("state", "static fields would outlive an episode; they are not allowed", node);
  return node.type === "ClassProperty" ? property(node) : undefined;
}

function decorated(node: SyntaxNode): boolean {
  return children(node, "decorators").length > 0 ||
    (isFunction(node) && children(node, "params").some((parameter) => children(parameter, "decorators").length > 0));
}

/** Engines write fractions to other bases than ten differently. */
function radix(node: SyntaxNode): Finding | undefined {
  const callee = child(node, "callee");
  const name = callee && /Member/.test(callee.type) ? nameOf(child(callee, "property")) : undefined;
  return name === "toString" && children(node, "arguments").length > 0
    ? finding("property", "toString with a base differs between engines", node)
    : undefined;
}
