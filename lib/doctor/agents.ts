/**
 * Whether the folders of living agents hold what the listing says.
 *
 * @module
 */

import { sha256 } from "../agents/hash.ts";
import {
  belongs,
  distFile,
  genomeFile,
  isCode,
  logFiles,
  ownFiles,
  subfolders,
  unfinished,
  wiringFiles,
} from "../agents/layout.ts";
import { oddCode } from "../agents/odd_code.ts";
import { filesOf } from "../agents/folder.ts";
import { type ListedAgent, listedAgents, Remaker } from "../agents/remake.ts";
import { byteLimits } from "../genome/bytes.ts";
import { decodeGenome } from "../genome/codec.ts";
import { artifactPath } from "../build/store.ts";
import { bad, type Issue, StepFailed } from "../issue.ts";
import { writeFileAtomicSync } from "../step/files.ts";
import { type Finding, list, look, type Patient } from "./finding.ts";

/** Finds folders that are missing, and files in them that are not what they should be. */
export async function* checkAgents(patient: Patient): AsyncGenerator<Finding> {
  try {
    const remaker = await Remaker.open(patient.paths, patient.listing);
    for (const agent of listedAgents(patient.listing)) yield* checkAgent(new Examination(patient, remaker, agent));
  } catch (error) {
    // Without the template's copy, which was told of already, nobody can say what a folder should hold.
    if (!(error instanceof StepFailed && error.issue.code === "template.missing")) throw error;
  }
}

async function* checkAgent(exam: Examination): AsyncGenerator<Finding> {
  if (!look(exam.folder)?.isDirectory) {
    const missing = exam.missing();
    if (missing) yield missing;
    return;
  }
  yield* exam.foreign();
  const expected = exam.expected();
  // What is due to be written by `supervise` is not damage.
  if (!expected || exam.agent.ahead === 1) return;
  yield* exam.genome(expected);
  yield* exam.code(expected);
  yield* exam.rest(expected);
  yield* exam.dist();
}

type Files = ReadonlyMap<string, Uint8Array>;

/** One agent, and what its folder should hold. */
class Examination {
  readonly folder: string;
  readonly agent: ListedAgent;
  readonly #patient: Patient;
  readonly #remaker: Remaker;

  constructor(patient: Patient, remaker: Remaker, agent: ListedAgent) {
    this.folder = `${patient.paths.agents}/${agent.id}`;
    this.agent = agent;
    this.#patient = patient;
    this.#remaker = remaker;
  }

  expected(): Files | undefined {
    const contents = this.#remaker.contents(this.agent);
    return contents && filesOf(contents);
  }

  /** A folder that is gone; without a genome there is nothing to make it from, and `scan` disables the agent. */
  missing(): Finding | undefined {
    const { id } = this.agent;
    if (!this.#remaker.contents(this.agent)) return undefined;
    const mend = () => {
      this.#patient.lost.take(this.folder, id);
      this.#remaker.remake(this.agent);
    };
    const { issue } = bad("agent.missing", "This agent's folder is missing.", this.folder);
    return { id, issue, mend, done: "it was made again from the listing and the template" };
  }

  /** What belongs to no agent, and links. */
  *foreign(): Generator<Finding> {
    for (const below of ["", ...subfolders.map((name) => `${name}/`)]) {
      if (!look(`${this.folder}/${below}`.replace(/\/$/, ""))?.isDirectory) continue;
      for (const { name, isFile, isDirectory } of list(`${this.folder}/${below}`)) {
        const path = below + name;
        if (name.startsWith(unfinished)) continue;
        if (isDirectory && below === "" && (subfolders as readonly string[]).includes(name)) continue;
        if (isFile && belongs(path) && look(`${this.folder}/${path}`)!.nlink === 1) continue;
        yield this.#moved("agent.foreign", "This agent's folder holds what belongs to no agent.", path);
      }
    }
  }

  /** The genome; one that somebody made by hand is for `scan` to take up. */
  async *genome(expected: Files): AsyncGenerator<Finding> {
    const path = `${this.folder}/${genomeFile}`;
    const bytes = read(path, byteLimits.size);
    if (bytes && await sha256(bytes) === this.agent.genomeHash) return;
    const known = bytes && this.#patient.listing.blob(await sha256(bytes)) !== undefined;
    if (bytes && !known && decodeGenome(bytes).ok) return;
    const what = !bytes ? "is missing" : known ? "is an earlier one than the listing says" : "is damaged";
    yield this.#written("genome.differs", `This agent's genome ${what}.`, genomeFile, expected);
  }

  /** The code, unless only comments and white space differ. */
  async *code(expected: Files): AsyncGenerator<Finding> {
    const differing = [...expected.keys()].filter((path) => isCode(path) && !this.#holds(path, expected));
    const own = list(`${this.folder}/src`).map(({ name }) => `src/${name}`).filter(isCode);
    const added = own.filter((path) => !expected.has(path));
    if (differing.length + added.length === 0) return;
    const { listing } = this.#patient;
    if (look(`${this.folder}/src`)?.isDirectory) {
      const odd = await oddCode(listing, this.folder, this.#remaker.pools, this.#remaker.known);
      if (!odd.issue) return;
    }
    for (const path of differing) {
      yield this.#written("code.differs", "This agent's code is not that of the run's template.", path, expected);
    }
    for (const path of added) yield this.#moved("code.differs", "This agent has code that no template has.", path);
  }

  /** The wiring, inbox and memory: they are made from the listing. */
  *rest(expected: Files): Generator<Finding> {
    const wired = this.#remaker.isWired(this.agent) ? wiringFiles : [];
    for (const path of [...wired, ...ownFiles]) {
      if ((logFiles as readonly string[]).includes(path) || this.#holds(path, expected)) continue;
      const message = `This agent's ${path} is not what the listing says.`;
      if (expected.has(path)) yield this.#written("file.differs", message, path, expected);
      else if (look(`${this.folder}/${path}`)) yield this.#moved("file.differs", message, path);
    }
  }

  /** The copy of the artifact. */
  async *dist(): AsyncGenerator<Finding> {
    const { buildHash } = this.agent;
    const path = `${this.folder}/${distFile}`;
    if (!look(path)?.isFile || buildHash === null) return;
    if (await sha256(Deno.readFileSync(path)) === buildHash) return;
    const stored = artifactPath(this.#patient.paths.store, buildHash);
    const program = look(stored)?.isFile ? Deno.readFileSync(stored) : undefined;
    if (!program || await sha256(program) !== buildHash) return;
    yield this.#written(
      "file.differs",
      "This agent's copy of its artifact is not the artifact.",
      distFile,
      new Map([[distFile, program]]),
    );
  }

  #holds(path: string, expected: Files): boolean {
    const bytes = read(`${this.folder}/${path}`, 16_777_216);
    const wanted = expected.get(path);
    if (!bytes || !wanted || bytes.length !== wanted.length) return !bytes && !wanted;
    return bytes.every((byte, i) => byte === wanted[i]);
  }

  #written(code: string, message: string, path: string, expected: Files): Finding {
    return this.#finding(bad(code, message, path).issue, "it was written again", () => {
      this.#patient.lost.take(`${this.folder}/${path}`, `${this.agent.id}/${path}`);
      Deno.mkdirSync(`${this.folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
      writeFileAtomicSync(`${this.folder}/${path}`, expected.get(path)!);
    });
  }

  #moved(code: string, message: string, path: string): Finding {
    const name = `${this.agent.id}/${path}`;
    return this.#finding(bad(code, message, path).issue, `it was moved to workspace/lost/${name}`, () => {
      this.#patient.lost.take(`${this.folder}/${path}`, name);
    });
  }

  #finding(issue: Issue, done: string, mend: () => void): Finding {
    const { id } = this.agent;
    const all = () => {
      mend();
      this.#remaker.forget(id);
    };
    return { id, issue, mend: all, done };
  }
}

/** The bytes of a file, unless it is none, is missing, or is too long. */
function read(path: string, most: number): Uint8Array | undefined {
  const info = look(path);
  return info?.isFile && info.size <= most ? Deno.readFileSync(path) : undefined;
}
