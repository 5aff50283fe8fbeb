/**
 * The folder in which a run is put together before it takes its place.
 *
 * @module
 */

import { infoOf, removeFolder } from "../../util/files.ts";
import { unfinished } from "../../run/layout.ts";
import type { RunPaths } from "../../run/paths.ts";
import { programPath } from "../../signing/store.ts";
import { list, type Quarantine } from "../../agents/inspection.ts";
import { configPath, type FileEntry, listingPath, type Manifest, pluginPrefix } from "./format.ts";
import type { ArchiveSink, FileSink } from "./read_archive.ts";

/** What takes its place, in this order: without a listing nothing takes the rest for a run. */
const parts = ["plugins", "template", "store", "agents", "config.json", "listing.db"] as const;

/** Files of the former listing. */
const listingFiles = ["listing.db", "listing.db-wal", "listing.db-shm"] as const;

/** The folder `workspace/.tmp-restore`: a run without its place. */
export class Staging implements ArchiveSink {
  /** Paths of the run as it is put together. */
  readonly paths: RunPaths;
  /** Genomes that were edited, by the agent's id. */
  readonly genomes: string;
  readonly #folder: string;
  readonly #places: Readonly<Record<(typeof parts)[number], string>>;
  readonly #check: (manifest: Manifest) => void | Promise<void>;

  /** @param check Is shown the manifest before anything is written. */
  constructor(place: RunPaths, check: (manifest: Manifest) => void | Promise<void> = () => {}) {
    const folder = `${place.workspace}/${unfinished}restore`;
    this.#folder = folder;
    this.#check = check;
    this.genomes = `${folder}/genomes`;
    this.paths = {
      ...place,
      agents: `${folder}/agents`,
      config: `${folder}/config.json`,
      listing: `${folder}/listing.db`,
      store: `${folder}/store`,
      template: `${folder}/template`,
    };
    this.#places = {
      agents: place.agents,
      "config.json": place.config,
      "listing.db": place.listing,
      plugins: `${place.workspace}/plugins-from-backup`,
      store: place.store,
      template: place.template,
    };
  }

  /** The backup whose run was complete and was about to take its place when a former `restore` was cut short. */
  get ready(): string | undefined {
    return infoOf(`${this.#folder}/ready`)?.isFile ? Deno.readTextFileSync(`${this.#folder}/ready`) : undefined;
  }

  /** Where those of the backup's modules come that the project does not have. */
  get plugins(): string {
    return this.#places.plugins;
  }

  /** Leaves these of the backup's modules, and no others. */
  keepPlugins(kept: readonly FileEntry[], all: readonly FileEntry[]): void {
    const paths = new Set(kept.map(({ path }) => path));
    if (kept.length === 0) return removeFolder(`${this.#folder}/plugins`);
    for (const { path } of all) {
      if (path.startsWith(pluginPrefix) && !paths.has(path)) Deno.removeSync(`${this.#folder}/${path}`);
    }
  }

  /** What of a run is there already. */
  present(): string[] {
    const { agents, ...rest } = this.#places;
    const own = ["listing.db", "config.json"] as const;
    const found: string[] = own.map((name) => rest[name]).filter((path) => infoOf(path) !== undefined);
    return list(agents).some(({ isDirectory }) => isDirectory) ? [...found, agents] : found;
  }

  async begin(manifest: Manifest): Promise<void> {
    await this.#check(manifest);
    removeFolder(this.#folder);
    for (const folder of [this.paths.agents, this.paths.store, this.paths.template, this.genomes]) {
      Deno.mkdirSync(folder, { recursive: true });
    }
  }

  file({ path }: FileEntry): FileSink {
    const place = this.#placeOf(path);
    Deno.mkdirSync(place.slice(0, place.lastIndexOf("/")), { recursive: true });
    const file = Deno.openSync(place, { write: true, createNew: true });
    return {
      write(bytes) {
        for (let done = 0; done < bytes.length;) done += file.writeSync(bytes.subarray(done));
      },
      end() {
        // What can't be made again from the rest is on the disk before it takes its place.
        if (path === listingPath || path === configPath) file.syncSync();
        file.close();
      },
      abandon: () => file.close(),
    };
  }

  /** Notes that the run is complete. @param backup What the backup is known by. */
  complete(backup: string): void {
    using listing = Deno.openSync(this.paths.listing);
    listing.syncSync();
    using file = Deno.openSync(`${this.#folder}/ready`, { write: true, createNew: true });
    file.writeSync(new TextEncoder().encode(backup));
    file.syncSync();
  }

  /**
   * Lets the run take its place; what is there is moved away, its listing first. Killed in between, the next call goes
   * on.
   *
   * @param name The name under which what is there is kept.
   */
  takePlace(quarantine: Quarantine, name: string): void {
    const staged = (part: string) => infoOf(`${this.#folder}/${part}`) !== undefined;
    if (staged("listing.db")) {
      const folder = this.#places["listing.db"].replace(/[^/]*$/, "");
      for (const file of listingFiles) quarantine.take(`${folder}${file}`, `${name}/${file}`);
    }
    for (const part of parts) {
      if (!staged(part)) continue;
      makeWay(this.#places[part], quarantine, `${name}/${part}`);
      Deno.renameSync(`${this.#folder}/${part}`, this.#places[part]);
    }
    removeFolder(this.#folder);
  }

  /** Removes what was put together. */
  discard(): void {
    removeFolder(this.#folder);
  }

  /** All paths are of a closed list of forms, which the reader has checked. */
  #placeOf(path: string): string {
    const [kind, name = ""] = path.split("/");
    if (kind === "programs") return programPath(this.paths.store, name.slice(0, -".js".length));
    // Programs of former versions find no place: they are built anew.
    return `${this.#folder}/${path}`;
  }
}

function makeWay(path: string, quarantine: Quarantine, name: string): void {
  if (infoOf(path)?.isDirectory && list(path).length === 0) Deno.removeSync(path);
  else quarantine.take(path, name);
}
