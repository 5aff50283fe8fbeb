/**
 * What the machine tells through the shell.
 *
 * @module
 */

import { sh } from "../../lib/util/shell.ts";

/** What a script writes, without white space around it; empty where it fails. Needs run permission for `/bin/sh`. */
export async function told(script: string): Promise<string> {
  return (await sh(script)).stdout.trim();
}
