/**
 * Reads records among whatever else stands in a stream.
 *
 * @module
 */

const longestLine = 8_388_608;

/** Each line that is JSON, one of an array with its comma as well; all other lines, and endless ones, are passed over. */
export async function* readRecords(stream: ReadableStream<Uint8Array>): AsyncGenerator<unknown> {
  let pending = "", isTooLong = false;
  for await (const chunk of stream.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)) {
    const lines = chunk.split("\n");
    for (const [i, text] of lines.entries()) {
      isTooLong ||= pending.length + text.length > longestLine;
      pending = isTooLong ? "" : pending + text;
      if (i === lines.length - 1) break;
      if (!isTooLong) yield* parsed(pending);
      pending = "";
      isTooLong = false;
    }
  }
  yield* parsed(pending);
}

function* parsed(line: string): Generator<unknown> {
  try {
    yield JSON.parse(line.trim().replace(/,$/, ""));
  } catch {
    // Such as what a step says to people, where both go into one file.
  }
}
