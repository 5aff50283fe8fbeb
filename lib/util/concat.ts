/**
 * Pieces of bytes, put together.
 *
 * @module
 */

/** The bytes of all pieces in their order; a single piece is given back as it is. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const filled = pieces.filter((piece) => piece.length > 0);
  if (filled.length === 1) return filled[0]!;
  const all = new Uint8Array(filled.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of filled) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** The last bytes of a stream, read to its end. */
export async function tailOf(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array> {
  let tail: Uint8Array = new Uint8Array();
  for await (const chunk of stream) tail = joined([tail, chunk]).slice(-most);
  return tail;
}
