/**
 * Writes what a run has recorded as tables, for programs that people analyse data with.
 *
 * @module
 */

import { Listing } from "../../db/listing.ts";
import { presentCycle } from "../../db/cycle.ts";
import { Expression } from "../../genome/expression.ts";
import type { Counts, StepContext } from "../../step/context.ts";
import { loadPool } from "../../template/pool_store.ts";
import { presentPool } from "../../template/template.ts";
import { fileName, type Manifest, manifestName, replaceFolder } from "./destination.ts";
import type { ExportFormat } from "./format.ts";
import { type S3Place, shownPlace } from "./s3_place.ts";
import type { Cell, Pass, Row, Source, Table } from "./table.ts";
import { passesOf, tablesOf } from "./tables.ts";
import { type OpenWriter, OutFile, type TableWriter } from "./writer.ts";

/** What is exported, and where to. */
export interface ExportOptions {
  readonly format: ExportFormat;
  /** Absolute path of the folder, or a place in an object store. */
  readonly to: string | S3Place;
}

/** A file of an export. */
interface ExportedFile {
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
}

/**
 * Writes the tables of a run into a folder or uploads them, and emits an `export.file` for each.
 *
 * Takes no lock: all is read within one snapshot of the listing, row by row. Needs read permission for the listing, its
 * write-ahead log and the template, and what `replaceFolder()` or `uploadFolder()` needs.
 *
 * @throws {Misuse} If there is something at the place of the export that it must not replace.
 */
export async function exportRun(step: StepContext, { format, to }: ExportOptions): Promise<Counts> {
  using listing = Listing.open(step.paths.listing, { readOnly: true });
  listing.db.exec("BEGIN");
  const manifest: Manifest = {
    kind: "evolve-export",
    version: 1,
    format,
    run: step.paths.name ?? null,
    seed: listing.meta("seed") ?? null,
  };
  const fill = async (folder: string) => {
    const pool = loadPool(step.paths, presentPool(listing));
    const source = { listing, expression: new Expression(pool) };
    const files = await writeTables(step, source, format, folder);
    const described = describe(format, files);
    const [objective] = pool.world.objectives ?? [];
    const text = { ...manifest, cycle: presentCycle(listing), ...(objective && { objective }), files: described };
    Deno.writeTextFileSync(`${folder}/${manifestName}`, `${JSON.stringify(text, null, 2)}\n`);
    return files;
  };
  const files = typeof to === "string"
    ? await replaceFolder(to, manifest, fill)
    : await (await import("./upload.ts")).uploadFolder(to, manifest, step.signal, fill);
  const shown = (file: string) => typeof to === "string" ? `${to}/${file}` : shownPlace(to, file);
  for (const { file, rows, bytes } of files) {
    step.emit({ type: "export.file", id: null, ok: true, file: shown(file), rows, bytes });
  }
  return {
    updates: 1,
    files: files.length,
    rows: files.reduce((sum, { rows }) => sum + rows, 0),
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

function describe(format: ExportFormat, files: readonly ExportedFile[]) {
  return tablesOf(format).map(({ row, columns }, at) => ({ ...files[at]!, row, columns }));
}

/** Loaded by the one format that needs it. */
async function writerOf(format: ExportFormat): Promise<OpenWriter> {
  if (format === "parquet") return (await import("./parquet_writer.ts")).openParquet;
  if (format === "ndjson") return (await import("./ndjson_writer.ts")).openNdjson;
  return (await import("./csv_writer.ts")).openCsv;
}

async function writeTables(
  step: StepContext,
  source: Source,
  format: ExportFormat,
  folder: string,
): Promise<ExportedFile[]> {
  const open = await writerOf(format), files: ExportedFile[] = [];
  const passes = passesOf(format);
  for (const [at, pass] of passes.entries()) {
    step.progress(at, passes.length);
    files.push(...await writePass(step, pass, source, (table) => new Sink(table, format, folder, open)));
  }
  return files;
}

async function writePass(
  { signal }: StepContext,
  pass: Pass,
  source: Source,
  open: (table: Table) => Sink,
): Promise<ExportedFile[]> {
  using sinks = new DisposableStack();
  const sinkOf = new Map(pass.tables.map((table) => [table, sinks.use(open(table))]));
  for (const [table, row] of pass.rows(source)) {
    if (!sinkOf.get(table)!.add(row)) continue;
    // Signals are heard while nothing is done.
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
  }
  return [...sinkOf.values()].map((sink) => sink.end());
}

/** What is collected before it is written: rows, and characters of their texts. */
const most = { rows: 10_000, characters: 4_000_000 };

/** The file of one table, written batch by batch. */
class Sink implements Disposable {
  readonly #name: string;
  readonly #file: OutFile;
  readonly #writer: TableWriter;
  #rows: Row[] = [];
  #characters = 0;
  #count = 0;

  constructor(table: Table, format: ExportFormat, folder: string, open: OpenWriter) {
    this.#name = fileName(table.name, format);
    this.#file = new OutFile(`${folder}/${this.#name}`);
    this.#writer = open(table, this.#file);
  }

  /** @returns Whether a batch was written. */
  add(row: Row): boolean {
    const wellFormed = row.map(wellFormedCell);
    this.#rows.push(wellFormed);
    for (const cell of wellFormed) if (typeof cell === "string") this.#characters += cell.length;
    const isFull = this.#rows.length >= most.rows || this.#characters >= most.characters;
    if (isFull) this.#flush();
    return isFull;
  }

  /** Writes what is left; what is returned is on the disk. */
  end(): ExportedFile {
    if (this.#rows.length > 0) this.#flush();
    this.#writer.end();
    this.#file.sync();
    return { file: this.#name, rows: this.#count, bytes: this.#file.bytes };
  }

  [Symbol.dispose](): void {
    this.#file[Symbol.dispose]();
  }

  #flush(): void {
    this.#writer.write(this.#rows);
    this.#count += this.#rows.length;
    this.#rows = [];
    this.#characters = 0;
  }
}

/** Half of a character is none in UTF-8. */
function wellFormedCell(cell: Cell): Cell {
  return typeof cell === "string" ? cell.toWellFormed() : cell;
}
