import type { Finding } from "./finding.ts";
import type { ParsedSource } from "./parse.ts";

/** Comments that a compiler or a bundler obeys, with what they are called. */
const obeyed: readonly (readonly [RegExp, string])[] = [
  [/^\/\s*<\s*(reference|amd-)/, "triple-slash directives"],
  [/@ts-[a-z]/, "@ts- directives"],
  [/@deno-types|@jsx|@jsxImportSource|@jsxRuntime/, "directives for the compiler"],
  [/[#@]__[A-Z_]+__/, "annotations for a bundler"],
  [/[#@]\s*source(Mapping)?URL\s*=/, "source maps"],
];

/** Refuses comments that change how a file is compiled: comments must mean nothing, since they are not hashed. */
export function auditComments(source: ParsedSource): Finding[] {
  return source.comments.flatMap((comment) =>
    obeyed.filter(([form]) => form.test(comment.value)).map(([, what]) => ({
      code: "audit.comment",
      message: `${what} are not allowed`,
      line: comment.loc.start.line,
    }))
  );
}
