/** The listing in a backup: a database of a stranger's. */

import { StepFailed } from "../../../lib/util/issue.ts";
import { demandSafe } from "../../../lib/steps/backup/check_listing.ts";
import { Listing } from "../../../lib/db/listing.ts";
import fc from "fast-check";
import { anyBytes, withBytesChanged } from "../changes.ts";
import type { Decoder } from "../decoder.ts";

const hash = "ab".repeat(32);

function made(folder: string, events: number): Uint8Array {
  const path = `${folder}/made.db`;
  const listing = Listing.open(path, { create: true });
  listing.setMeta("seed", "7");
  listing.setMeta("size", "2");
  listing.setMeta("pool", hash);
  listing.run(
    `INSERT INTO agents (id, status, kind, stage, generation, born, genome_hash, code_hash, energy)
      VALUES ('00000000-0000-8000-8000-000000000000', 'active', 'init', 'adult', 0, 0, ?1, ?1, 100)`,
    hash,
  );
  listing.run("INSERT INTO cycles (cycle, state) VALUES (1, 'open')");
  listing.transaction(() => {
    for (let i = 0; i < events; i++) {
      listing.run("INSERT INTO events (cycle, type, data, at) VALUES (1, 'cycle.finished', ?, '')", `{"number":${i}}`);
    }
  });
  listing.db.exec("PRAGMA journal_mode = DELETE");
  listing.close();
  const bytes = Deno.readFileSync(path);
  Deno.removeSync(path);
  return bytes;
}

const folder = Deno.makeTempDirSync();
const [small, large] = [made(folder, 3), made(folder, 20_000)];
addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

export const listing: Decoder = {
  async decode(bytes) {
    const path = `${folder}/listing.db`;
    for (const end of ["-wal", "-shm", "-journal"]) {
      try {
        Deno.removeSync(path + end);
      } catch (error) {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      }
    }
    Deno.writeFileSync(path, bytes);
    try {
      await demandSafe(path);
      return true;
    } catch (error) {
      const known = error instanceof StepFailed && /^(archive|listing|disk)\./.test(error.issue.code);
      if (!known) throw error;
      return false;
    }
  },
  inputs: fc.oneof({ weight: 1, arbitrary: anyBytes }, {
    weight: 9,
    arbitrary: withBytesChanged(fc.constant(small)),
  }),
  largest: large,
};
