/**
 * Which declaration each name in a module's code means.
 *
 * Types are passed over, as nothing of them is left at run time.
 *
 * @module
 */

import {
  bare,
  below,
  child,
  children,
  declarationOf,
  isFunction,
  isType,
  keyOf,
  nameOf,
  type SyntaxNode,
} from "./syntax.ts";

/** What a name stands for. */
export interface Binding {
  readonly name: string;
  readonly kind: "import" | "function" | "class" | "variable" | "parameter";
  /** The declaration. */
  readonly node: SyntaxNode;
  /** Whether it is declared at the top of the module. */
  readonly top: boolean;
}

/** A name in code that is used as a value. */
export interface Reference {
  readonly name: string;
  readonly node: SyntaxNode;
  /** Absent where the name is free: a global. */
  readonly binding: Binding | undefined;
  /** The declaration at the top of the module in which it stands, or `undefined` for none. */
  readonly owner: Binding | undefined;
  /** The node right around it. */
  readonly parent: SyntaxNode;
}

/** The names of a module. */
export interface ModuleScope {
  /** Declarations at the top, in source order. */
  readonly top: readonly Binding[];
  /** All declarations, those within functions included. */
  readonly bindings: readonly Binding[];
  readonly references: readonly Reference[];
  /** The references by their nodes. */
  readonly at: ReadonlyMap<SyntaxNode, Reference>;
  /** Names of those declarations at the top that code refers to. */
  readonly used: ReadonlySet<string>;
}

/** Resolves all names of a module. */
export function resolveNames(program: SyntaxNode): ModuleScope {
  return new Resolver().module(program);
}

/** The identifiers that a pattern declares. */
export function declaredBy(pattern: SyntaxNode): SyntaxNode[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern];
    case "AssignmentPattern":
      return declaredBy(child(pattern, "left")!);
    case "RestElement":
      return declaredBy(child(pattern, "argument")!);
    case "ArrayPattern":
      return children(pattern, "elements").flatMap(declaredBy);
    case "ObjectPattern":
      return children(pattern, "properties").flatMap((property) =>
        declaredBy(property.type === "RestElement" ? property : child(property, "value")!)
      );
    case "TSParameterProperty":
      return declaredBy(child(pattern, "parameter")!);
    default:
      return [];
  }
}

class Scope {
  readonly names = new Map<string, Binding>();
  readonly outer: Scope | undefined;
  constructor(outer?: Scope) {
    this.outer = outer;
  }
  find(name: string): Binding | undefined {
    return this.names.get(name) ?? this.outer?.find(name);
  }
}

class Resolver {
  readonly #bindings: Binding[] = [];
  readonly #references: Reference[] = [];
  #owner: Binding | undefined;

  module(program: SyntaxNode): ModuleScope {
    const scope = new Scope();
    const statements = children(program, "body");
    this.#hoist(statements, scope, true);
    for (const statement of statements) this.#top(statement, scope);
    const references = this.#references;
    return {
      top: [...scope.names.values()],
      bindings: this.#bindings,
      references,
      at: new Map(references.map((reference) => [reference.node, reference])),
      used: new Set(references.flatMap(({ binding }) => binding?.top ? [binding.name] : [])),
    };
  }

  #top(statement: SyntaxNode, scope: Scope): void {
    const declaration = declarationOf(statement);
    if (declaration.type !== "VariableDeclaration") {
      this.#owner = scope.names.get(nameOf(child(declaration, "id")) ?? "");
      this.#visit(declaration, statement, scope);
    } else {
      for (const declarator of children(declaration, "declarations")) {
        this.#owner = scope.names.get(declaredBy(child(declarator, "id")!)[0]?.["name"] as string);
        this.#visit(declarator, declaration, scope);
      }
    }
    this.#owner = undefined;
  }

  #declare(identifier: SyntaxNode, kind: Binding["kind"], node: SyntaxNode, scope: Scope, top = false): void {
    const binding = { name: identifier["name"] as string, kind, node, top };
    scope.names.set(binding.name, binding);
    this.#bindings.push(binding);
  }

  /** Declarations count in their whole block, before they are reached. */
  #hoist(statements: readonly SyntaxNode[], scope: Scope, top: boolean): void {
    for (const statement of statements) {
      const node = declarationOf(statement);
      if (node.type === "VariableDeclaration") this.#variables(node, scope, top);
      else if (node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") {
        const id = child(node, "id");
        if (id) this.#declare(id, node.type === "FunctionDeclaration" ? "function" : "class", node, scope, top);
      } else if (node.type === "ImportDeclaration" && node["importKind"] !== "type") {
        for (const specifier of children(node, "specifiers")) {
          if (specifier["importKind"] !== "type") {
            this.#declare(child(specifier, "local")!, "import", specifier, scope, top);
          }
        }
      }
    }
  }

  #variables(declaration: SyntaxNode, scope: Scope, top = false): void {
    for (const declarator of children(declaration, "declarations")) {
      for (const id of declaredBy(child(declarator, "id")!)) this.#declare(id, "variable", declarator, scope, top);
    }
  }

  #visit(node: SyntaxNode, parent: SyntaxNode, scope: Scope): void {
    if (isType(node)) return;
    if (isFunction(node)) return this.#function(node, scope);
    switch (node.type) {
      case "Identifier":
        this.#references.push({
          name: node["name"] as string,
          node,
          binding: scope.find(node["name"] as string),
          owner: this.#owner,
          parent,
        });
        return;
      case "BlockStatement":
      case "StaticBlock":
        return this.#block(node, children(node, "body"), scope);
      case "SwitchStatement":
        this.#visit(child(node, "discriminant")!, node, scope);
        return this.#switch(node, scope);
      case "ForStatement":
      case "ForInStatement":
      case "ForOfStatement":
        return this.#for(node, scope);
      case "CatchClause":
        return this.#catch(node, scope);
      case "ClassDeclaration":
      case "ClassExpression":
        return this.#class(node, scope);
      case "VariableDeclarator":
        this.#pattern(child(node, "id")!, scope);
        if (child(node, "init")) this.#visit(child(node, "init")!, node, scope);
        return;
      case "MemberExpression":
      case "OptionalMemberExpression":
        this.#visit(child(node, "object")!, node, scope);
        if (node["computed"]) this.#visit(child(node, "property")!, node, scope);
        return;
      case "ObjectProperty":
      case "ClassProperty":
      case "ClassPrivateProperty":
      case "ClassAccessorProperty":
        if (node["computed"]) this.#visit(child(node, "key")!, node, scope);
        if (child(node, "value")) this.#visit(child(node, "value")!, node, scope);
        return;
      case "LabeledStatement":
        return this.#visit(child(node, "body")!, node, scope);
      case "BreakStatement":
      case "ContinueStatement":
      case "ImportDeclaration":
      case "ExportNamedDeclaration":
      case "ExportAllDeclaration":
      case "PrivateName":
      case "MetaProperty":
        return;
    }
    for (const inner of below(node)) this.#visit(inner, node, scope);
  }

  #block(node: SyntaxNode, statements: readonly SyntaxNode[], outer: Scope): void {
    const scope = new Scope(outer);
    this.#hoist(statements, scope, false);
    for (const statement of statements) this.#visit(statement, node, scope);
  }

  #switch(node: SyntaxNode, outer: Scope): void {
    const scope = new Scope(outer);
    const cases = children(node, "cases");
    this.#hoist(cases.flatMap((one) => children(one, "consequent")), scope, false);
    for (const one of cases) this.#visit(one, node, scope);
  }

  #for(node: SyntaxNode, outer: Scope): void {
    const scope = new Scope(outer);
    const head = child(node, "init") ?? child(node, "left");
    if (head?.type === "VariableDeclaration") this.#variables(head, scope);
    for (const inner of below(node)) this.#visit(inner, node, scope);
  }

  #catch(node: SyntaxNode, outer: Scope): void {
    const scope = new Scope(outer);
    const parameter = child(node, "param");
    if (parameter) { for (const id of declaredBy(parameter)) this.#declare(id, "parameter", node, scope); }
    this.#visit(child(node, "body")!, node, scope);
  }

  #class(node: SyntaxNode, outer: Scope): void {
    const scope = new Scope(outer);
    const id = child(node, "id");
    if (id && node.type === "ClassExpression") this.#declare(id, "class", node, scope);
    for (const field of ["superClass", "body"]) {
      const inner = child(node, field);
      if (inner) this.#visit(inner, node, scope);
    }
    for (const decorator of children(node, "decorators")) this.#visit(decorator, node, scope);
  }

  #function(node: SyntaxNode, outer: Scope): void {
    if (child(node, "key") && node["computed"]) this.#visit(child(node, "key")!, node, outer);
    const scope = new Scope(outer);
    const id = child(node, "id");
    if (id && node.type === "FunctionExpression") this.#declare(id, "function", node, scope);
    const parameters = children(node, "params").filter((parameter) => keyOf(parameter) !== "this");
    for (const parameter of parameters) {
      for (const identifier of declaredBy(parameter)) this.#declare(identifier, "parameter", node, scope);
    }
    for (const parameter of parameters) this.#pattern(parameter, scope);
    const body = child(node, "body");
    if (body) this.#visit(body, node, scope);
  }

  /** Of a pattern that declares names, only defaults and computed keys are code. */
  #pattern(pattern: SyntaxNode, scope: Scope): void {
    if (pattern.type === "AssignmentPattern") {
      this.#pattern(child(pattern, "left")!, scope);
      this.#visit(child(pattern, "right")!, pattern, scope);
    } else if (pattern.type === "RestElement") this.#pattern(child(pattern, "argument")!, scope);
    else if (pattern.type === "ArrayPattern") {
      for (const element of children(pattern, "elements")) this.#pattern(element, scope);
    } else if (pattern.type === "ObjectPattern") {
      for (const property of children(pattern, "properties")) {
        if (property["computed"]) this.#visit(child(property, "key")!, property, scope);
        this.#pattern(property.type === "RestElement" ? property : child(property, "value")!, scope);
      }
    }
  }
}

/** The identifier at the root of a chain of members, or `undefined`. */
export function rootOf(node: SyntaxNode): SyntaxNode | undefined {
  let inner = bare(node);
  while (/^(Optional)?MemberExpression$/.test(inner.type)) inner = bare(child(inner, "object")!);
  return inner.type === "Identifier" ? inner : undefined;
}
