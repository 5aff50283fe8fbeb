/**
 * Puts a backup in the place of a run.
 *
 * @module
 */

import { parseConfig } from "../../run/config_check.ts";
import type { Config } from "../../run/config_schema.ts";
import { renamed } from "../../run/former_names.ts";
import { sha256 } from "../../util/hash.ts";
import type { RunPaths } from "../../run/paths.ts";
import { Quarantine } from "../../agents/inspection.ts";
import { demandSpace, spaceOf } from "../../run/preflight.ts";
import { Misuse, StepFailed } from "../../util/issue.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { infoOf, writeFileAtomicSync } from "../../util/files.ts";
import { adopt, auditTemplates } from "./adopt.ts";
import { demandSafe } from "./check_listing.ts";
import { type Manifest, pluginPrefix, refuse } from "./format.ts";
import { foreignIssue, foreignPlugins } from "./plugins.ts";
import { nowhere, readArchive } from "./read_archive.ts";
import { Staging } from "./staging.ts";

/** What becomes of the hooks that a backup's configuration names: they are programs that run with the user's rights. */
export const hookChoices = ["keep", "drop"] as const;

/** Options of `restore`. */
export interface RestoreOptions {
  /** Whether to take the place of a run that is there; that one is moved to `workspace/quarantine`. */
  readonly force: boolean;
  /** Absent: a backup that names hooks is refused. */
  readonly hooks?: (typeof hookChoices)[number];
}

/**
 * Restores a run from a backup.
 *
 * The run is put together and checked beside its place, and takes it at the end, its listing last; killed at any instant,
 * the same command goes on. Needs read permission for the file, and read and write permission for the run.
 *
 * @throws {Misuse} If there is a run already and `force` is not given, or the folder of agents is a link.
 * @throws {StepFailed} If the backup can't be used: nothing has changed then.
 */
export async function restore(step: StepContext, file: string, options: RestoreOptions): Promise<Counts> {
  const { paths } = step;
  const quarantine = new Quarantine(paths);
  demandNoLink(paths);
  // A backup of a few bytes may unpack to more than any disk holds.
  const staging = new Staging(paths, async ({ files }) => {
    const space = spaceOf(files.map(({ size }) => size));
    await demandSpace(paths.workspace, space, (words) => refuse("archive.space", `there must be ${words}`));
  });
  const manifest = await readArchive(await open(file), nowhere);
  const known = await sha256(JSON.stringify(manifest));
  const begun = staging.ready === known;
  if (!begun) {
    if (!options.force) demandEmpty(staging);
    await assemble(step, file, staging, options);
    staging.keepPlugins(await foreignPlugins(manifest.files), manifest.files);
    staging.complete(known);
  }
  staging.takePlace(quarantine, `replaced-${known.slice(0, 12)}`);
  await tellPlugins(step, staging, manifest);
  tell(step, file, manifest);
  return { updates: 1, agents: manifest.agents, files: manifest.files.length };
}

async function assemble(step: StepContext, file: string, staging: Staging, options: RestoreOptions): Promise<void> {
  try {
    await readArchive(await open(file), staging);
    step.signal.throwIfAborted();
    settleConfig(staging.paths, options.hooks);
    await demandSafe(staging.paths.listing);
    await auditTemplates(staging);
    const { unsigned } = await adopt(staging, step.paths);
    if (unsigned) step.say("its programs were signed with another key: `deno task build` makes and signs them again.");
  } catch (error) {
    staging.discard();
    throw error;
  }
}

/** A configuration may name commands and addresses: those of others do not come in unasked. */
function settleConfig({ config }: RunPaths, choice: RestoreOptions["hooks"]): void {
  if (!infoOf(config)) return;
  const text = withPresentNames(config);
  const { hooks } = parsed(text);
  if (hooks.length === 0 || choice === "keep") return;
  if (choice === undefined) {
    const count = hooks.length === 1 ? "a hook" : `${hooks.length} hooks`;
    throw refuse(
      "archive.hooks",
      `its configuration brings ${count}, which would run with your rights; take --hooks keep or --hooks drop`,
    );
  }
  const { hooks: _, ...rest } = JSON.parse(text.replace(/^\uFEFF/, ""));
  writeFileAtomicSync(config, `${JSON.stringify(rest, undefined, 2)}\n`);
}

/** What an earlier release had other names for comes in with the present ones: nothing in an archive can be edited. */
function withPresentNames(config: string): string {
  const text = Deno.readTextFileSync(config);
  const corrected = renamed(jsonOf(text));
  if (!corrected) return text;
  writeFileAtomicSync(config, corrected.text);
  return corrected.text;
}

/** Undefined for what is no JSON, which is refused in its turn. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

function parsed(text: string): Config {
  try {
    return parseConfig(text, "config.json");
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    throw refuse("archive.config", `its configuration must be valid: ${error.issue.message}`, error);
  }
}

/** The folder that is put together takes the place of the link itself, and not of the folder on another disk. */
function demandNoLink({ agents }: RunPaths): void {
  if (!infoOf(agents)?.isSymlink) return;
  throw new Misuse({
    code: "restore.link",
    message: "Cannot restore as the folder of all agents must be no link; remove the link first, " +
      "or restore a run that is a link as a whole, in runs/NAME.",
    path: agents,
  });
}

function demandEmpty(staging: Staging): void {
  const [found] = staging.present();
  if (found === undefined) return;
  throw new Misuse({
    code: "restore.exists",
    message: "Cannot restore as there is a run already; use --run NAME for another place, or --force, " +
      "which moves what is there to workspace/quarantine.",
    path: found,
  });
}

async function open(file: string): Promise<ReadableStream<Uint8Array>> {
  try {
    // To open a pipe waits for what writes it, and hears no signal.
    if (!(await Deno.stat(file)).isFile) {
      throw new StepFailed({
        code: "archive.file",
        message: "Cannot use the backup as it must be a file.",
        path: file,
      });
    }
    return (await Deno.open(file)).readable;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new StepFailed({ code: "archive.missing", message: "There is no such backup.", path: file }, {
      cause: error,
    });
  }
}

/** Nothing that runs is put into `plugins/`, or written over there, by a backup, which may come from anywhere. */
async function tellPlugins(step: StepContext, { plugins }: Staging, { files }: Manifest): Promise<void> {
  for (const file of await foreignPlugins(files)) {
    const issue = foreignIssue(file, `${plugins}/${file.path.slice(pluginPrefix.length)}`);
    step.say(issue.message);
    step.emit({ type: "restore.plugin", id: null, ok: false, issue });
  }
}

function tell(step: StepContext, file: string, { at, cycle, agents, files }: Manifest): void {
  step.emit({ type: "run.restored", id: null, ok: true, file, at, cycle, agents, files: files.length });
}
