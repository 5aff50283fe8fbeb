/**
 * What an agent's resident writes on stderr.
 *
 * @module
 */

import type { Listing } from "../../db/listing.ts";
import { shownText } from "../../util/text.ts";
import { placeOf } from "../../isolation/residents/place.ts";

/** How much is read at once at most, in bytes: the kernel lets no resident write more. */
const most = 131_072;

/** Reads the stderr of an agent's present resident, as far as it has been written. */
export class Stderr {
  readonly #listing: Listing;
  readonly #folder: string;
  readonly #agent: string;
  #nonce: string | undefined;
  #read = 0;

  /** @param folder The run's folder of residents. */
  constructor(listing: Listing, folder: string, agent: string) {
    this.#listing = listing;
    this.#folder = folder;
    this.#agent = agent;
  }

  /** Lines that have not been given yet, without what a terminal would obey. Needs read permission for the folder. */
  lines(): string[] {
    const query = "SELECT nonce FROM residents WHERE agent = ?";
    const nonce = this.#listing.get<{ nonce: string | null }>(query, this.#agent)?.nonce ?? undefined;
    if (nonce !== this.#nonce) [this.#nonce, this.#read] = [nonce, 0];
    if (nonce === undefined) return [];
    const bytes = readFrom(placeOf(this.#folder, nonce).err, this.#read);
    const end = bytes.lastIndexOf(10) + 1;
    this.#read += end;
    const lines = new TextDecoder().decode(bytes.subarray(0, end)).split("\n");
    return lines.map((line) => shownText(line, 1000)).filter((line) => line !== "");
  }
}

/** What a file holds from a place on; nothing where it is gone, or none. */
function readFrom(path: string, offset: number): Uint8Array {
  try {
    if (!Deno.lstatSync(path).isFile) return new Uint8Array();
    using file = Deno.openSync(path);
    file.seekSync(offset, Deno.SeekMode.Start);
    const bytes = new Uint8Array(most);
    let length = 0;
    for (let n; (n = file.readSync(bytes.subarray(length))) !== null && n > 0;) length += n;
    return bytes.subarray(0, length);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return new Uint8Array();
    throw error;
  }
}
