/** A gene file whose parameters are of random kinds: it reads them all, and changes them. */

/** Where it belongs. */
export const kindsPath = "src/kinds.ts";

type Random = () => number;

/** Its text: the same for the same numbers. */
export function kindsText(random: Random): string {
  const declared = Array.from(
    { length: 3 + below(random, 8) },
    (_, at) => ({ name: `p${at}`, ...declaration(random) }),
  );
  const lists = declared.filter(({ length }) => length !== undefined).map(({ name }) => JSON.stringify(name));
  return `import type { GeneContext } from "evolve/contract";

export const parameters = {
${declared.map(({ name, text }) => `  ${name}: { ${text} },`).join("\n")}
} as const;

const FILE = "${kindsPath}";
const LISTS: readonly string[] = Object.freeze([${lists}]);

/** @phase sense */
export function readKinds(context: GeneContext<typeof parameters>): void {
  let sum = 0;
  const values: readonly unknown[] = Object.values(context.parameters);
  for (const value of values) {
    for (const one of Array.isArray(value) ? value : [value]) sum = sum / 2 + worth(one);
  }
  context.remember("kinds", sum);
  context.vote(Math.floor(Math.abs(sum)) % context.actions, sum);
}

/** @phase birth */
export function bearKinds(context: GeneContext<typeof parameters>): void {
  vary(context);
}

/** @phase end */
export function endKinds(context: GeneContext<typeof parameters>): void {
  vary(context);
}

function worth(value: unknown): number {
  if (typeof value === "boolean") return value ? 1 : -1;
  return typeof value === "string" ? value.length + value.charCodeAt(0) / 100 : Number(value);
}

function vary(context: GeneContext<typeof parameters>): void {
  const { genome } = context;
  for (const { name, min, max, kind } of genome.parameters(FILE)) {
    const step = (kind === "real" ? max - min : 3) * (context.random() - 0.5);
    if (context.random() < 0.5) genome.setParameter(FILE, name, genome.parameter(FILE, name) + step);
  }
  for (const name of LISTS) genome.setList(FILE, name, genome.list(FILE, name).map((one) => one + context.random() - 0.4));
}
`;
}

/** One declaration, and the length of a list. */
function declaration(random: Random): { text: string; length?: number } {
  const length = random() < 0.5 ? undefined : 1 + below(random, 40);
  const { text, draw } = kindOf(random);
  const isOne = length === undefined || random() < 0.5;
  const start = isOne ? draw() : `[${Array.from({ length }, draw)}]`;
  if (length === undefined) return { text: `${text}, default: ${start}` };
  return { text: `${text}, default: ${start}, length: ${length}`, length };
}

/** What stands before a default, and defaults. */
function kindOf(random: Random): { text: string; draw(): string } {
  const isLog = random() < 0.5;
  const scale = isLog ? "log" : "linear";
  switch (below(random, 4)) {
    case 0:
      return { text: 'kind: "boolean"', draw: () => String(random() < 0.5) };
    case 1: {
      const options = Array.from({ length: 2 + below(random, 62) }, (_, at) => JSON.stringify(`${at}-opt`));
      return { text: `kind: "choice", options: [${options}]`, draw: () => options[below(random, options.length)]! };
    }
    case 2: {
      const min = isLog ? 1 + below(random, 9) : below(random, 2000) - 1000, span = 1 + below(random, 1e6);
      const text = `kind: "integer", min: ${min}, max: ${min + span}, scale: "${scale}"`;
      return { text, draw: () => String(min + below(random, span + 1)) };
    }
    default: {
      const min = isLog ? random() + 1e-3 : random() - 0.5, max = min + random() * 10 ** below(random, 6) + 1e-3;
      const text = `min: ${min}, max: ${max}, scale: "${scale}"`;
      return { text, draw: () => String(Math.min(max, min + random() * (max - min))) };
    }
  }
}

function below(random: Random, end: number): number {
  return Math.floor(random() * end);
}
