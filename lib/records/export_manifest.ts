/**
 * What an export says of itself, in the file `export.json` beside its tables.
 *
 * @module
 */

/** The file that says what an export is. */
export const manifestName = "export.json";

/** What is said of an export in its {@linkcode manifestName}, besides its files. */
export interface Manifest<Format extends string = string> {
  readonly kind: "evolve-export";
  readonly version: 1;
  readonly format: Format;
  /** Name of the run, null for the one at the top of the project. */
  readonly run: string | null;
  readonly seed: string | null;
}

/** A table of an export. */
export interface ManifestFile {
  readonly file: string;
  readonly bytes: number;
}

/** By which two exports are one that was made again. */
const identity = ["run", "seed", "format"] as const;

/** Names of tables' files: none of them leads to another folder. */
const fileNames = /^[a-z][a-z_]*\.[a-z]+$/;

/** What a {@linkcode manifestName} says; `undefined` where it is none. */
export function readManifest(text: string): Partial<Manifest> | undefined {
  try {
    const manifest = JSON.parse(text);
    return manifest?.kind === "evolve-export" ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/** The tables that a {@linkcode manifestName} tells of; `undefined` where it is none. */
export function readManifestFiles(text: string): readonly ManifestFile[] | undefined {
  const { files } = (readManifest(text) ?? {}) as { readonly files?: unknown };
  return Array.isArray(files) && files.length > 0 && files.every(isFile) ? files : undefined;
}

function isFile(one: Partial<ManifestFile> | null): one is ManifestFile {
  return typeof one?.file === "string" && fileNames.test(one.file) && Number.isSafeInteger(one.bytes);
}

/** By what a former export is another one than this; `undefined` where this may take its place. */
export function difference(former: Partial<Manifest>, manifest: Partial<Manifest>): keyof Manifest | undefined {
  return identity.find((name) => former[name] !== manifest[name]);
}
