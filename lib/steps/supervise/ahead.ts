/**
 * What is prepared some at a time, ahead of what takes it one by one.
 *
 * @module
 */

/** How many are prepared at a time: one transaction for all of them, which writes each page of the listing once. */
const batch = 256;

/**
 * Hands out what is prepared, in order; while some are handed out, the next ones are prepared.
 *
 * @param due In the order in which they are to be handed out.
 * @param first How many are prepared to begin with: these are not to wait for many others.
 * @param prepare Makes some of them ready, in their order.
 */
export async function* ahead<Due, Ready>(
  due: readonly Due[],
  first: number,
  prepare: (due: readonly Due[]) => Promise<readonly Ready[]>,
): AsyncGenerator<Ready, void, void> {
  let coming: Promise<readonly Ready[]> | undefined;
  try {
    for (let from = 0, to = first; from < due.length; [from, to] = [to, to + batch]) {
      const ready = await (coming ?? prepare(due.slice(from, to)));
      coming = to < due.length ? prepare(due.slice(to, to + batch)) : undefined;
      // It is awaited, and seen to fail, when it is needed.
      coming?.catch(() => {});
      yield* ready;
    }
  } finally {
    // What is being prepared is not left behind.
    await coming?.catch(() => {});
  }
}
