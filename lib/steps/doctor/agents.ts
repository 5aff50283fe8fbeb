/**
 * Whether the folders of agents that are alive hold what the listing says.
 *
 * @module
 */

import { sha256 } from "../../util/hash.ts";
import { sha256Now } from "../../util/hash_now.ts";
import {
  belongs,
  genomeFile,
  inboxFile,
  isCode,
  isStray,
  logFiles,
  ownFiles,
  subfolders,
  unfinished,
  wiringFiles,
} from "../../run/layout.ts";
import { presentCycle } from "../../db/cycle.ts";
import { isFolderKey } from "../../db/agent_key.ts";
import { reactivate } from "../../db/transitions/status.ts";
import { walkAgent } from "../../agents/walk.ts";
import { unrecognisedCode } from "../../template/unrecognised_code.ts";
import { filesOf } from "../../agents/folder.ts";
import { FolderBuilder } from "../../agents/folder_builder.ts";
import { type ListedAgent, listedAgents } from "../../db/listed_agents.ts";
import { byteLimits } from "../../runtime/genome_bytes.ts";
import { bad, type Issue, StepFailed } from "../../util/issue.ts";
import { infoOf, readIfWhole, writeFileAtomicSync } from "../../util/files.ts";
import { errnoOf, isOfOnePath } from "../../util/system_error.ts";
import { type Finding, type Inspection, list } from "../../agents/inspection.ts";

/** Finds folders that are missing, and files in them that are not what they should be. */
export async function* checkAgents(inspection: Inspection): AsyncGenerator<Finding> {
  try {
    const builder = await FolderBuilder.open(inspection.paths, inspection.listing);
    for (const agent of listedAgents(inspection.listing)) {
      yield* checkAgent(new Examination(inspection, builder, agent));
    }
  } catch (error) {
    // Without all pools, which was reported already, nothing says what a folder should hold.
    if (!(error instanceof StepFailed && error.issue.code.startsWith("template."))) throw error;
  }
}

/** What can't be read of one agent is that agent's alone. */
async function* checkAgent(exam: Examination): AsyncGenerator<Finding> {
  try {
    yield* checkFolder(exam);
  } catch (error) {
    if (!isOfOnePath(error)) throw error;
    const message = `This agent's folder can't be read or repaired (${errnoOf(error)}: ${error.message}); ` +
      "make it readable and writable for you, and run this again.";
    yield { ...bad("agent.unreadable", message, exam.folder), id: exam.agent.id };
  }
}

async function* checkFolder(exam: Examination): AsyncGenerator<Finding> {
  if (!infoOf(exam.folder)?.isDirectory) {
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
}

type Files = ReadonlyMap<string, Uint8Array>;

/** One agent, and what its folder should hold. */
class Examination {
  readonly folder: string;
  readonly agent: ListedAgent;
  readonly #inspection: Inspection;
  readonly #builder: FolderBuilder;

  constructor(inspection: Inspection, builder: FolderBuilder, agent: ListedAgent) {
    this.folder = `${inspection.paths.agents}/${agent.id}`;
    this.agent = agent;
    this.#inspection = inspection;
    this.#builder = builder;
  }

  expected(): Files | undefined {
    const contents = this.#builder.contents(this.agent);
    return contents && filesOf(contents);
  }

  /** A folder that is gone; without a genome there is nothing to make it from, and `scan` disables the agent. */
  missing(): Finding | undefined {
    const { id } = this.agent;
    if (!this.#builder.contents(this.agent)) return undefined;
    const repair = () => {
      this.#inspection.quarantine.take(this.folder, id);
      this.#builder.build(this.agent);
      this.#revive();
    };
    const { issue } = bad("agent.missing", "This agent's folder is missing.", this.folder);
    return { id, issue, repair, action: "it was made again from the listing and the template" };
  }

  /** What belongs to no agent, and links. */
  *foreign(): Generator<Finding> {
    for (const below of ["", ...subfolders.map((name) => `${name}/`)]) {
      if (!infoOf(`${this.folder}/${below}`.replace(/\/$/, ""))?.isDirectory) continue;
      for (const { name, isFile, isDirectory } of list(`${this.folder}/${below}`)) {
        const path = below + name;
        if (name.startsWith(unfinished) || isStray(path)) continue;
        if (isDirectory && below === "" && (subfolders as readonly string[]).includes(name)) continue;
        if (isFile && belongs(path) && infoOf(`${this.folder}/${path}`)!.nlink === 1) continue;
        yield this.#moved("agent.foreign", "This agent's folder holds what belongs to no agent.", path);
      }
    }
  }

  /** The genome; one that was made by hand is for `scan` to take up. */
  async *genome(expected: Files): AsyncGenerator<Finding> {
    const path = `${this.folder}/${genomeFile}`;
    const bytes = readIfWhole(path, byteLimits.size);
    if (bytes && await sha256(bytes) === this.agent.genomeHash) return;
    const known = bytes && this.#inspection.listing.blob(await sha256(bytes)) !== undefined;
    if (bytes && !known && this.#builder.fits(bytes)) return;
    const what = !bytes
      ? "is missing, or can't be read"
      : known
      ? "is an earlier one than the listing says"
      : "is damaged";
    yield this.#written("genome.differs", `This agent's genome ${what}.`, genomeFile, expected);
  }

  /** The code, unless only comments and white space differ. */
  async *code(expected: Files): AsyncGenerator<Finding> {
    const differing = [...expected.keys()].filter((path) => isCode(path) && !this.#holds(path, expected));
    const own = list(`${this.folder}/src`).map(({ name }) => `src/${name}`).filter(isCode);
    const added = own.filter((path) => !expected.has(path));
    if (differing.length + added.length === 0) return;
    const { listing } = this.#inspection;
    if (infoOf(`${this.folder}/src`)?.isDirectory) {
      const unrecognised = await unrecognisedCode(listing, this.folder, this.#builder.pools, this.#builder.known);
      if (!unrecognised.issue) return;
    }
    for (const path of differing) {
      yield this.#written("code.differs", "This agent's code is not that of the run's template.", path, expected);
    }
    for (const path of added) yield this.#moved("code.differs", "This agent has code that no template has.", path);
  }

  /** The wiring, inbox and memory: they are made from the listing. What has been read from an inbox stays in its file. */
  *rest(expected: Files): Generator<Finding> {
    const wired = this.#builder.isWired(this.agent) ? wiringFiles : [];
    for (const path of [...wired, ...ownFiles]) {
      if ((logFiles as readonly string[]).includes(path) || this.#holds(path, expected)) continue;
      const message = `This agent's ${path} is not what the listing says.`;
      if (expected.has(path)) yield this.#written("file.differs", message, path, expected);
      else if (path !== inboxFile && infoOf(`${this.folder}/${path}`)) yield this.#moved("file.differs", message, path);
    }
  }

  #holds(path: string, expected: Files): boolean {
    const bytes = readIfWhole(`${this.folder}/${path}`, 16_777_216);
    const wanted = expected.get(path);
    if (!bytes || !wanted || bytes.length !== wanted.length) return !bytes && !wanted;
    return bytes.every((byte, i) => byte === wanted[i]);
  }

  #written(code: string, message: string, path: string, expected: Files): Finding {
    return this.#finding(bad(code, message, path).issue, "it was written again", () => {
      this.#inspection.quarantine.take(`${this.folder}/${path}`, `${this.agent.id}/${path}`);
      Deno.mkdirSync(`${this.folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
      writeFileAtomicSync(`${this.folder}/${path}`, expected.get(path)!);
    });
  }

  #moved(code: string, message: string, path: string): Finding {
    const name = `${this.agent.id}/${path}`;
    return this.#finding(bad(code, message, path).issue, `it was moved to workspace/quarantine/${name}`, () => {
      this.#inspection.quarantine.take(`${this.folder}/${path}`, name);
    });
  }

  /** An agent that was disabled for its folder alone is active again with it: `select` must not find it disabled. */
  #revive(): void {
    const { id, status, disabledKey, genomeHash } = this.agent;
    if (status !== "disabled" || !isFolderKey(disabledKey) || walkAgent(this.folder).issue) return;
    const genome = readIfWhole(`${this.folder}/${genomeFile}`, byteLimits.size);
    if (!genome || sha256Now(genome) !== genomeHash || !this.#hasCode()) return;
    const { listing } = this.#inspection;
    listing.transaction(() => reactivate(listing, id, presentCycle(listing), "repaired"));
  }

  #hasCode(): boolean {
    const expected = this.expected();
    return expected !== undefined && [...expected.keys()].every((path) => !isCode(path) || this.#holds(path, expected));
  }

  #finding(issue: Issue, action: string, repair: () => void): Finding {
    const { id } = this.agent;
    const all = () => {
      repair();
      this.#builder.forget(id);
      this.#revive();
    };
    return { id, issue, repair: all, action };
  }
}
