/**
 * Attacks by code: a gene that does what no gene may.
 *
 * @module
 */

import { classify } from "../../lib/isolation/classify.ts";
import { lastErrorLine } from "../../lib/util/text.ts";
import { Misuse, StepFailed } from "../../lib/util/issue.ts";
import { audit } from "../../lib/source/audit.ts";
import type { Attack, Expectation, Observed, Trial } from "./attack.ts";
import { bundled } from "./bundling.ts";
import { initiated } from "./initiation.ts";
import { inPopulation } from "./population.ts";
import {
  aimed,
  handMade,
  hardenedOnly,
  limits,
  limitsOnly,
  permissionsOnly,
  placed,
  requestLine,
  run,
  secret,
  walledOnly,
} from "./sandbox.ts";

/** An attack by code. */
export interface CodeAttack {
  readonly goal: string;
  readonly way: string;
  /** What stands at the top of the module. */
  readonly head?: string;
  /**
   * The body of a function with the parameters `context` and `secret`; it returns true, or calls `succeed`, where the
   * attack reached its goal. `SECRET_TEXT`, `SECRET_JSON`, `SECRET_CODE` and `TO_WRITE` stand for paths.
   */
  readonly body: string;
  /** Whether the body awaits something. */
  readonly waits?: boolean;
  readonly audit?: Expectation;
  readonly bundle?: Expectation;
  readonly runtime?: Expectation;
  readonly permissions?: Expectation;
  readonly limits?: Expectation;
  readonly bubblewrap?: Expectation;
  /** Milliseconds that the limited process may take. */
  readonly wallMs?: number;
  /** What ends its evaluation in the shipped configuration, where the audit lets it pass. */
  readonly evaluations?: Expectation;
}

/** An attack by code, tried on the layers for which something is expected. */
export function codeAttack(attack: CodeAttack): Attack {
  const { goal, way } = attack;
  const alone: Attack["alone"] = {
    ...(attack.audit && { audit: { ...attack.audit, run: () => Promise.resolve(audited(attack)) } }),
    ...(attack.bundle && { bundle: { ...attack.bundle, run: () => bundled(geneOf(attack)) } }),
    ...(attack.runtime && { runtime: { ...attack.runtime, run: () => hardened(attack) } }),
    ...(attack.permissions && { permissions: { ...attack.permissions, run: () => withoutPermission(attack) } }),
    ...(attack.limits && { limits: { ...attack.limits, run: () => limited(attack) } }),
    ...(attack.bubblewrap && { bubblewrap: { ...attack.bubblewrap, run: () => walled(attack) } }),
  };
  const shipped: Trial = attack.evaluations
    ? { ...attack.evaluations, run: inPopulation(attack.body, attack.head) }
    : { verdict: "stops", by: "audit.", run: () => initiated(geneOf(attack)) };
  return { goal, way, alone, shipped };
}

/** The attack as a gene file. */
export function geneOf({ head = "", body, waits }: CodeAttack): string {
  return aimed(`${head}
export ${waits ? "async " : ""}function attack(context: any): number {
  ${waits ? "" : `const got = attempt(context, ""); return got === true ? 1 : got;`}
}
function succeed(): void {}
${waits ? "async " : ""}function attempt(context: any, secret: string): any {
  ${body}
}
`);
}

function audited(attack: CodeAttack): Observed {
  const issues = audit("src/attack.ts", geneOf(attack));
  return {
    succeeded: issues.length === 0,
    how: issues.map(({ code, message }) => `${code}: ${message}`).join("\n") || "nothing found",
  };
}

const tell = `const tell = ((stdout, word) => () => void stdout.writeSync(word))(Deno.stdout,
  new TextEncoder().encode("succeeded\\n"));
const secret = ${JSON.stringify(secret)};`;

/** The body as a function that tells of its success; what it throws is its failure. */
function attemptOf({ body, waits }: CodeAttack): string {
  return aimed(`(context) => {
  const succeed = tell;
  const attempt = ${waits ? "async " : ""}() => {
    ${body.replaceAll(": any", "")}
  };
  ${waits ? "attempt();" : "try { const got = attempt(); if (got === true) tell(); return got; } catch {}"}
}`);
}

const settings = `{ actions: ["stay", "go"], phases: ["act"], steps: 5, episodes: 1, noisy: false, memory: "episode",
  environments: { plain: {} } }`;

async function hardened(attack: CodeAttack): Promise<Observed> {
  const head = aimed(attack.head ?? "");
  // An import can stand at the top only; all else belongs to the genes, which are loaded when the realm is hardened.
  const imports = head.startsWith("import");
  const genes = `${imports ? "" : head}
const gene = { name: "src/a.ts#go", run: ${attemptOf(attack)}, parameters: {} };
__evolve({
  wiring: { phases: { act: [gene] }, active: [gene.name] },
  world: { world: ${settings}, begin: () => ({ steps: 0 }), perceive: () => ({}), act: () => 0, finished: () => false,
    judge: () => ({ score: 0, measures: {} }) },
});
`;
  const program = `${imports ? head : ""}\n${tell}\n${await handMade(genes)}`;
  return await tried(hardenedOnly(placed(program)));
}

async function withoutPermission(attack: CodeAttack): Promise<Observed> {
  return await tried(permissionsOnly(placed(bare(attack))));
}

async function walled(attack: CodeAttack): Promise<Observed> {
  return await tried(walledOnly(placed(bare(attack))));
}

/** How the process ended: as one that wrote no reply, or for a limit. */
async function limited(attack: CodeAttack): Promise<Observed> {
  const end = await run(limitsOnly(placed(bare(attack))), requestLine, attack.wallMs);
  const told = classify(end, { token: "", episodes: 0, addresses: 0, genomeBytes: 0 }, limits);
  const { outcome, message } = told.ok ? { outcome: "finished", message: "" } : told.failure;
  return { succeeded: new TextDecoder().decode(end.stdout).includes("succeeded"), how: `${outcome}: ${message}` };
}

/** A program that nothing has hardened. */
function bare(attack: CodeAttack): string {
  return `${aimed(attack.head ?? "")}\n${tell}\nconst context = { random: () => 0.5 };\n(${
    attemptOf(attack)
  })(context);\n`;
}

async function tried(command: ReturnType<typeof hardenedOnly>): Promise<Observed> {
  const { code, stdout, stderr } = await run(command);
  const words = lastErrorLine(stderr);
  const succeeded = new TextDecoder().decode(stdout).split("\n").includes("succeeded") || words.endsWith('"succeeded"');
  return { succeeded, how: `exit code ${code}; ${words}` };
}

/** What was thrown, as an observation; what is no issue of the project is thrown on. */
export function refusal(error: unknown): Observed {
  if (!(error instanceof Misuse || error instanceof StepFailed)) throw error;
  return { succeeded: false, how: `${error.issue.code}: ${error.issue.message}` };
}
