/**
 * The formats of an export.
 *
 * @module
 */

/** All formats: `alife` is the phylogeny alone, in the ALife data standard. */
export const exportFormats = ["parquet", "csv", "ndjson", "alife"] as const;

/** A format of an export. */
export type ExportFormat = typeof exportFormats[number];

/** How files of a format end. */
export const endings: Readonly<Record<ExportFormat, string>> = {
  parquet: "parquet",
  csv: "csv",
  ndjson: "ndjson",
  alife: "csv",
};
