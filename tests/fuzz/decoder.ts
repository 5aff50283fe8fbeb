/** What the property tests know of a decoder of untrusted bytes. */

import type fc from "fast-check";

/** A decoder, with inputs for it. */
export interface Decoder {
  /**
   * Decodes, and checks what comes out.
   *
   * @returns Whether the input was accepted; false where it was refused with the error that is documented.
   * @throws Whatever is not documented.
   */
  decode(bytes: Uint8Array): boolean | Promise<boolean>;
  /** Random ones, and valid ones that were changed. */
  readonly inputs: fc.Arbitrary<Uint8Array>;
  /** A valid input about as large as can be: no other one may take much longer. */
  readonly largest: Uint8Array;
}

/** Whether something throws nothing but what `isDocumented` knows. */
export function accepts(decode: () => void, isDocumented: (error: unknown) => boolean): boolean {
  try {
    decode();
    return true;
  } catch (error) {
    if (!isDocumented(error)) throw error;
    return false;
  }
}
