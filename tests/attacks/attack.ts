/**
 * What an attack is: its goal, the layers that are there to stop it, and what each of them does when it stands alone.
 *
 * @module
 */

/** The layers of isolation, in the order in which an attack meets them. */
export const layers = [
  "audit",
  "bundle",
  "tools",
  "signature",
  "runtime",
  "permissions",
  "limits",
  "bubblewrap",
  "decoding",
  "kernel",
  "judge",
] as const;

/** A layer of isolation. */
export type Layer = (typeof layers)[number];

/** What a layer switches on, and what is switched off while it is tried alone; stands in `docs/attacks.md`. */
export const layerTexts: Readonly<Record<Layer, string>> = {
  audit: "Gene TypeScript, the allow-list on the syntax tree, and the look at an agent's folder. Nothing is run.",
  bundle:
    "The bundler, its list of inputs and the proof that the bundle loads nothing, on code that was never audited.",
  tools:
    "Type checker, bundler and trial of loading as `build` starts them: without comments, under limits, on code that was never audited.",
  signature: "The proof before each start, on an artifact that is there already.",
  runtime: "The hardened realm and V8's ban on code from strings, in a process with **all** permissions.",
  permissions:
    "The command line without permissions and with an unusable cache folder, on code that nothing has hardened.",
  limits: "The limits of kernel and supervisor, on a process with **all** permissions.",
  bubblewrap: "The namespaces of `--isolation bwrap`, around a process with **all** permissions.",
  decoding: "The reading of bytes that an agent or a stranger wrote: genomes, replies, names, folders, texts.",
  kernel: "The kernel's word on who holds a lock, a pipe or a process id, whatever files say.",
  judge: "The judge, given the evidence as it is.",
};

/** What came of an attempt. */
export interface Observed {
  /** Whether the attack reached its goal. */
  readonly succeeded: boolean;
  /** What stopped it, or how it got past, in words or codes. */
  readonly how: string;
}

/** An attempt, and what must come of it. */
export interface Trial {
  readonly verdict: "stops" | "passes";
  /** What must be found in {@linkcode Observed.how}, such as the code of an issue. */
  readonly by?: string;
  /** Whether this machine lacks what it takes. */
  readonly ignore?: boolean;
  readonly run: () => Promise<Observed>;
}

/** One attack. */
export interface Attack {
  /** What it is after, in one sentence. */
  readonly goal: string;
  /** How it is carried out, in one sentence. */
  readonly way: string;
  /** What each layer does alone; a layer that is left out is not there for this. */
  readonly alone: Readonly<Partial<Record<Layer, Trial>>>;
  /** The configuration as it is shipped, where it must be stopped. */
  readonly shipped: Trial;
}

/** What is expected of a trial. */
export type Expectation = Pick<Trial, "verdict" | "by">;

/** The layer gets in the way, by what is named. */
export function stops(by?: string): Expectation {
  return { verdict: "stops", by };
}

/** The layer alone lets it pass. */
export const passes: Expectation = { verdict: "passes" };

/** An attack with its name, which is that of its file. */
export interface NamedAttack extends Attack {
  readonly name: string;
}

/** All attacks, sorted by name. */
export async function allAttacks(): Promise<NamedAttack[]> {
  const folder = new URL("./cases/", import.meta.url);
  const files = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => name.endsWith(".ts")).sort();
  return await Promise.all(files.map(async (file) => {
    const module: { default: Attack } = await import(new URL(file, folder).href);
    return { name: file.slice(0, -".ts".length), ...module.default };
  }));
}
