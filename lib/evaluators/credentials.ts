/**
 * What a process shows a broker, and knows the broker by.
 *
 * @module
 */

import { readTextLimited } from "../util/files.ts";
import { StepFailed } from "../util/issue.ts";
import { wordsOf } from "./words.ts";

/** The files of the folder of a role, as `deno task keys` writes them. */
export const credentialFiles = {
  /** The certificate that all of brokers must be signed by. */
  authority: "ca.pem",
  /** The seed of the nkey, for its owner alone. */
  seed: "seed.nk",
  /** The public half of the key that programs are signed with; evaluators' alone. */
  signing: "signing.json",
} as const;

/** Larger files are none of these. */
const mostBytes = 16 * 1024;

/** What a role is proven with. */
export interface Credentials {
  /** The certificate that the broker's must be signed by, as PEM. */
  readonly authority: string;
  /** The seed of the nkey of the role. */
  readonly seed: Uint8Array;
}

/**
 * The credentials in a folder; undefined where there are none.
 *
 * Needs read permission for the folder.
 *
 * @throws {StepFailed} If a part of them is missing, or can't be read.
 */
export async function credentialsIn(folder: string): Promise<Credentials | undefined> {
  const { authority, seed } = credentialFiles;
  const [ca, nkey] = await Promise.all([authority, seed].map((name) => textOf(`${folder}/${name}`)));
  if (ca === undefined && nkey === undefined) return undefined;
  if (ca === undefined || nkey === undefined) {
    throw new StepFailed({
      code: "broker.keys",
      message: `Cannot prove to the broker what this is as there must be both ${authority} and ${seed}; ` +
        "copy the folder again, or run `deno task keys` where the runs are.",
      path: folder,
    });
  }
  return { authority: ca, seed: new TextEncoder().encode(nkey.trim()) };
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readTextLimited(path, mostBytes, { follow: true });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw new StepFailed({
      code: "broker.keys",
      message: `Cannot read a key of the broker as it must be a file that this user may read: ${wordsOf(error)}.`,
      path,
    });
  }
}
