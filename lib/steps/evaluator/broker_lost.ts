/**
 * That a broker is lost, whatever shows it.
 *
 * @module
 */

import { wordsOf } from "../../evaluators/words.ts";
import { StepFailed } from "../../util/issue.ts";

/** The broker is not there any more. */
export class BrokerLost extends Error {
  override readonly name = "BrokerLost";
}

/**
 * Does some work at the broker.
 *
 * @throws {BrokerLost} If it fails, whatever the library calls that.
 */
export async function atBroker<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StepFailed || error instanceof BrokerLost) throw error;
    throw new BrokerLost(wordsOf(error), { cause: error });
  }
}

/** Says something to a broker that need not hear it: that it is lost shows elsewhere. */
export function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // So be it.
  }
}
