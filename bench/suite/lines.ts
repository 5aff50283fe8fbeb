/**
 * Lines of a stream.
 *
 * @module
 */

/** The lines of a stream of text, without their ends; what comes after the last end is none. */
export async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  let held = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (held + chunk).split("\n");
    held = lines.pop()!;
    yield* lines;
  }
}
