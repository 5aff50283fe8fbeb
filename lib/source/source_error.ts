import type { SyntaxNode } from "./syntax.ts";

/** What is wrong at one place of a source file; it becomes an issue with file and line. */
export class SourceError extends Error {
  override name = "SourceError";
  readonly code: string;
  /** A node, or a comment. */
  readonly node: Pick<SyntaxNode, "loc">;
  constructor(code: string, message: string, node: Pick<SyntaxNode, "loc">) {
    super(message);
    this.code = code;
    this.node = node;
  }
}
