/**
 * Tables as Parquet: a row group for each batch, pages compressed by Snappy.
 *
 * @module
 */

import {
  ByteWriter,
  type ColumnSource,
  ParquetWriter,
  type SchemaElement,
  schemaFromColumnData,
} from "hyparquet-writer";
import type { Cell, Column } from "./table.ts";
import type { OpenWriter, OutFile } from "./writer.ts";

/** Begins a table as Parquet. */
export const openParquet: OpenWriter = ({ columns }, file) => {
  const writer = new ParquetWriter({ writer: new FileWriter(file), schema: schemaOf(columns) });
  return {
    write: (rows) => {
      const columnData = columns.map((column, at) => ({
        name: column.name,
        data: rows.map((row) => valueOf(column, row[at]!)),
        // Where pages begin, of which nothing here reads single ones.
        offsetIndex: false,
      }));
      writer.write({ columnData, rowGroupSize: rows.length });
    },
    end: () => void writer.finish(),
  };
};

const types = {
  integer: "INT64",
  real: "DOUBLE",
  boolean: "BOOLEAN",
  text: "STRING",
  time: "TIMESTAMP",
  json: "STRING",
} as const satisfies Record<Column["type"], ColumnSource["type"]>;

function schemaOf(columns: readonly Column[]): SchemaElement[] {
  return schemaFromColumnData({
    columnData: columns.map(({ name, type, nullable = false }) => ({ name, type: types[type], nullable, data: [] })),
  });
}

function valueOf({ type }: Column, cell: Cell): Cell | bigint | Date {
  if (cell === null) return null;
  if (type === "integer") return BigInt(cell);
  return type === "time" ? new Date(cell as string) : cell;
}

/** Bytes that go into the file whenever a row group is complete. */
class FileWriter extends ByteWriter {
  readonly #file: OutFile;

  constructor(file: OutFile) {
    super();
    this.#file = file;
  }

  flush(): void {
    this.#file.write(this.getBytes());
    this.index = 0;
  }

  override finish(): void {
    this.flush();
  }
}
