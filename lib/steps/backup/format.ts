/**
 * The form of a backup: a tar archive compressed by gzip, whose first entry is a manifest of all others with their sizes
 * and hashes, in their order.
 *
 * @module
 */

import { isAgentId } from "../../run/id.ts";
import { viewFile, worldFile } from "../../run/layout.ts";
import { byteLimits } from "../../runtime/genome_bytes.ts";
import { filePath, generatedFiles, poolLimits } from "../../runtime/names.ts";
import { dataLimits, isDataPath } from "../../template/data_files.ts";
import { StepFailed } from "../../util/issue.ts";

/** The name of the first entry. */
export const manifestPath = "manifest.json";

/** The name of the listing's entry. */
export const listingPath = "listing.db";

/** The name of the configuration's entry. */
export const configPath = "config.json";

/** What the paths of the user's own modules begin with. */
export const pluginPrefix = "plugins/";

/** What a manifest begins with. */
export const format = "evolve-backup";

/** The version of this form. */
export const formatVersion = 1;

/** One file of a backup. */
export interface FileEntry {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** SHA-256 of its bytes, as 64 hexadecimal digits. */
  readonly sha256: string;
}

/** What a backup says of itself. */
export interface Manifest {
  readonly format: typeof format;
  readonly version: typeof formatVersion;
  /** Time of day at which it was made, in ISO 8601. */
  readonly at: string;
  /** The run's name, or null for the one at the top of the project. */
  readonly run: string | null;
  /** The number of the last cycle that had begun. */
  readonly cycle: number;
  /** How many agents the listing has, alive and dead. */
  readonly agents: number;
  readonly files: readonly FileEntry[];
}

/** How large things may be, in bytes, and how many. */
export const archiveLimits = {
  manifest: 64 * 1024 * 1024,
  files: 300_000,
  listing: 64 * 1024 ** 3,
  config: 1024 * 1024,
  program: 16 * 1024 * 1024,
  plugin: 4 * 1024 * 1024,
  /** Files in `plugins/`. */
  plugins: 1000,
  /** All of them together. */
  pluginBytes: 64 * 1024 * 1024,
} as const;

const hash = /^[0-9a-f]{64}$/;

/**
 * The largest size that a file of a backup may have; undefined for a path that no backup has.
 *
 * This is the whole list of what a backup may bring: no key and no path with `..` is on it, and what it has of `plugins/` is
 * put where nothing runs it.
 */
export function sizeLimit(path: string): number | undefined {
  if (path === listingPath) return archiveLimits.listing;
  if (path === configPath) return archiveLimits.config;
  const [kind, name = "", ...rest] = path.split("/");
  const below = rest.join("/");
  if (kind === "template" && hash.test(name) && isSource(below)) return poolLimits.source;
  if (kind === "template" && hash.test(name) && isDataPath(below)) return dataLimits.bytes;
  if (isPluginPath(path)) return archiveLimits.plugin;
  if (rest.length > 0) return undefined;
  if (kind === "programs" && /^[0-9a-f]{64}\.js$/.test(name)) return archiveLimits.program;
  // What backups of listings up to version 4 hold.
  if (kind === "artifacts" && /^[0-9a-f]{64}\.js$/.test(name)) return archiveLimits.program;
  if (kind === "judges" && /^[0-9a-f]{64}-[0-9a-f]{64}\.js$/.test(name)) return archiveLimits.program;
  if (kind === "genomes" && name.endsWith(".bin") && isAgentId(name.slice(0, -4))) return byteLimits.size;
  return undefined;
}

/** Whether a path may be that of a file in a backup's `plugins/`. */
export function isPluginPath(path: string): boolean {
  const [first, ...below] = path.split("/");
  return first === "plugins" && below.length >= 1 && below.length <= 9 &&
    below.every((name) => /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$/.test(name));
}

function isSource(path: string): boolean {
  return path === worldFile || path === viewFile ||
    (filePath.test(path) && !(generatedFiles as readonly string[]).includes(path));
}

/**
 * Reads a manifest.
 *
 * @throws {StepFailed} If it is none, or names what no backup may hold.
 */
export function parseManifest(bytes: Uint8Array): Manifest {
  const value = parseJson(bytes);
  if (!isRecord(value) || value.format !== format) throw refuse("archive.manifest", "it must be a backup of a run");
  if (value.version !== formatVersion) {
    throw refuse("archive.version", `its version must be ${formatVersion}: it is ${shown(value.version)}`);
  }
  const { at, run, cycle, agents, files } = value;
  const whole = typeof at === "string" && (run === null || typeof run === "string") && isCount(cycle) &&
    isCount(agents) && Array.isArray(files);
  if (!whole) throw refuse("archive.manifest", "its manifest must be complete");
  if (files.length > archiveLimits.files) {
    throw refuse("archive.size", `it must have at most ${archiveLimits.files} files`);
  }
  return { format, version: formatVersion, at, run, cycle, agents, files: checkFiles(files) };
}

function checkFiles(files: readonly unknown[]): FileEntry[] {
  const seen = new Set<string>();
  const checked = files.map((file) => {
    if (!isRecord(file)) throw refuse("archive.manifest", "its manifest must list files");
    const { path, size, sha256 } = file;
    if (typeof path !== "string" || !isCount(size) || typeof sha256 !== "string" || !hash.test(sha256)) {
      throw refuse("archive.manifest", "its manifest must give path, size and hash of each file");
    }
    const most = sizeLimit(path);
    if (most === undefined) throw refuse("archive.path", `it must not hold ${shown(path)}`);
    if (size > most) throw refuse("archive.size", `${path} must have at most ${most} bytes: it has ${size}`);
    if (seen.has(path)) throw refuse("archive.twice", `${path} must be in it once`);
    seen.add(path);
    return { path, size, sha256 };
  });
  checkPlugins(checked);
  return checked;
}

function checkPlugins(files: readonly FileEntry[]): void {
  const plugins = files.filter(({ path }) => path.startsWith(pluginPrefix));
  const bytes = plugins.reduce((sum, { size }) => sum + size, 0);
  if (plugins.length > archiveLimits.plugins || bytes > archiveLimits.pluginBytes) {
    const { plugins: most, pluginBytes } = archiveLimits;
    throw refuse("archive.size", `its plugins/ must have at most ${most} files of ${pluginBytes} bytes in all`);
  }
  const names = new Set(plugins.map(({ path }) => path));
  for (const { path } of plugins) {
    for (let at = path.indexOf("/", pluginPrefix.length); at >= 0; at = path.indexOf("/", at + 1)) {
      if (names.has(path.slice(0, at))) {
        throw refuse("archive.path", `${shown(path.slice(0, at))} must be a file or a folder, not both`);
      }
    }
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw refuse("archive.manifest", "its manifest must be JSON", error);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/** A text from elsewhere, made harmless for a message. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

/** Why a backup can't be used. */
export function refuse(code: `archive.${string}`, why: string, cause?: unknown): StepFailed {
  return new StepFailed({ code, message: `Cannot use the backup as ${why}.` }, { cause });
}
