import type { Issue } from "../../lib/util/issue.ts";
import { audit } from "../../lib/source/audit.ts";
import { readSource, type SourceFacts } from "../../lib/source/facts.ts";

/** Facts of a text that must be readable. */
export async function factsFrom(text: string, path = "src/a.ts"): Promise<SourceFacts> {
  const read = await readSource(path, text);
  if (!read.ok) throw new Error(read.issue.message);
  return read.value;
}

/** The issue of a text that must not be readable. */
export async function issueFrom(text: string, path = "src/a.ts"): Promise<Issue> {
  const read = await readSource(path, text);
  if (read.ok) throw new Error(`${JSON.stringify(text)} was accepted`);
  return read.issue;
}

/** Codes of what the audit finds, without repetition. */
export function codesOf(text: string, path = "src/a.ts"): string[] {
  return [...new Set(audit(path, text).map((issue) => issue.code))];
}

/** A world that can be used, its settings replaced in part. */
export function worldText(settings: Record<string, string> = {}): string {
  const all: Record<string, string> = {
    actions: '["stay", "go"]',
    phases: '["sense", "think", "act"]',
    steps: "100",
    episodes: "3",
    noisy: "true",
    memory: '"episode"',
    environments: "{ plain: { food: 3 } }",
    ...settings,
  };
  const fields = Object.entries(all).filter(([, value]) => value !== "").map(([key, value]) => `${key}: ${value}`);
  return `import type { Judgement, Setup, WorldSettings } from "evolve/contract";
interface State { at: number }
export const world = { ${fields.join(", ")} } as const satisfies WorldSettings;
export function begin(setup: Setup): State { return { at: setup.random() }; }
export function perceive(state: State): Record<string, number> { return { at: state.at }; }
export function act(state: State, action: number): number { state.at += action; return 0; }
export function finished(_state: State): boolean { return false; }
export function judge(state: State): Judgement { return { score: state.at, measures: {} }; }
`;
}
