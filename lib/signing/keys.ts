/**
 * The key pair that artifacts are signed with.
 *
 * @module
 */

import { sha256 } from "../util/hash.ts";
import { Misuse } from "../util/issue.ts";
import { readTextLimited } from "../util/files.ts";
import { mostKey, publicPart } from "./sign.ts";

/** Where the two halves lie, as in `RunPaths`. */
export interface KeyPaths {
  readonly privateKey: string;
  readonly publicKey: string;
}

/**
 * Makes the key pair where there is none; one that is there is never written over.
 *
 * The private key's file is for its owner alone (mode 0600). Both are on disk before this returns, so that a power
 * failure can't take away the key of artifacts that are already signed.
 *
 * Needs read and write permission for the folders of both keys.
 *
 * @returns Whether a new pair was made.
 * @throws {Misuse} If only the public key is there, as its private half is lost or was moved away, if it is that of another
 * private one, or if one of them is no key.
 */
export async function ensureKeys(paths: KeyPaths): Promise<boolean> {
  const known = await existingKey(paths.privateKey) ?? await madeMeanwhile(paths);
  const made = known === undefined && await place(paths.privateKey, await newKey(), { folder: 0o700, file: 0o600 });
  const jwk = known ?? await existingKey(paths.privateKey);
  const half = await existingKey(paths.publicKey);
  if (half === undefined) await place(paths.publicKey, publicPart(jwk!), { folder: 0o755, file: 0o644 });
  else if (half.x !== jwk!.x) throw otherHalf(paths.publicKey);
  return made;
}

/**
 * What a key pair is known by: SHA-256 of the 32 bytes of its public key.
 *
 * Needs read permission for the public key.
 *
 * @returns 64 hexadecimal digits.
 * @throws {Misuse} If it is no key.
 */
export async function fingerprintOf(publicKey: string): Promise<string> {
  const { x } = (await existingKey(publicKey))!;
  return await sha256(Uint8Array.fromBase64(x!, { alphabet: "base64url" }));
}

/**
 * The private key, where only the public one was seen: another run may just have made both, the private one first.
 */
async function madeMeanwhile({ privateKey, publicKey }: KeyPaths): Promise<JsonWebKey | undefined> {
  if (await existingKey(publicKey) === undefined) return undefined;
  const known = await existingKey(privateKey);
  if (known !== undefined) return known;
  throw new Misuse({
    code: "keys.private",
    message: "Cannot make a key pair as the public key is there already; put its private key back, " +
      "or delete the public one to have everything signed anew.",
    path: privateKey,
  });
}

async function newKey(): Promise<JsonWebKey> {
  const pair = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]) as CryptoKeyPair;
  return await crypto.subtle.exportKey("jwk", pair.privateKey);
}

async function existingKey(path: string): Promise<JsonWebKey | undefined> {
  let text: string;
  try {
    text = await readTextLimited(path, mostKey, { follow: true });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  const jwk = parsed(text);
  if (jwk === undefined) throw damagedKey(path);
  return jwk;
}

/** A key of the right kind; an error of the parser would show a piece of it. */
function parsed(text: string): JsonWebKey | undefined {
  try {
    const jwk = JSON.parse(text);
    const { kty, crv, x } = jwk;
    return kty === "OKP" && crv === "Ed25519" && /^[A-Za-z0-9_-]{43}$/.test(x) ? jwk : undefined;
  } catch {
    return undefined;
  }
}

function otherHalf(path: string): Misuse {
  return new Misuse({
    code: "keys.damaged",
    message: "Cannot use the public key as it must be that of the private one; delete it, and it is made again.",
    path,
  });
}

function damagedKey(path: string): Misuse {
  return new Misuse({
    code: "keys.damaged",
    message: "Cannot use the key as it must be an Ed25519 key in JWK form; restore it from a backup of yours, " +
      "or delete both halves to have everything signed anew.",
    path,
  });
}

/** Writes a key to a name that is free, all of it or nothing; tells whether it was free. */
async function place(path: string, jwk: JsonWebKey, modes: { folder: number; file: number }): Promise<boolean> {
  const folder = path.slice(0, path.lastIndexOf("/"));
  // What is above the folder of the private key may be the whole workspace, which is not its owner's alone.
  await Deno.mkdir(folder.slice(0, folder.lastIndexOf("/")), { recursive: true });
  await Deno.mkdir(folder, { recursive: true, mode: modes.folder });
  const beside = `${path}.tmp-${crypto.randomUUID()}`;
  try {
    {
      using file = await Deno.open(beside, { write: true, createNew: true, mode: modes.file });
      await writeAll(file, new TextEncoder().encode(`${JSON.stringify(jwk)}\n`));
      await file.sync();
    }
    // A link refuses a name that is taken, where a rename would replace the key that another run just made.
    await Deno.link(beside, path);
    using entry = await Deno.open(folder);
    await entry.sync();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return false;
    throw error;
  } finally {
    await Deno.remove(beside);
  }
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
}
