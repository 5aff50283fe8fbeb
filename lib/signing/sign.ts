/**
 * Signed statements: this genome may run as this artifact.
 *
 * @module
 */

import type { KeyObject } from "node:crypto";
import { hashLibrary } from "../util/hash_now.ts";
import { StepFailed } from "../util/issue.ts";
import { readTextLimited } from "../util/files.ts";

/** Longest file of a key in bytes. */
export const mostKey = 16_384;

/** What is signed. Every part is a hash or a name without line feeds. */
export interface Statement {
  /** SHA-256 of the artifact. */
  readonly artifact: string;
  /** SHA-256 of the genome, or `judge` for the judge program. */
  readonly genome: string;
  /** Hash of the runtime that the artifact holds. */
  readonly runtime: string;
  /** Hash of the world that the artifact holds. */
  readonly world: string;
  /** Under which rules it was built. */
  readonly policy: string;
}

/** Signs and verifies with the private key of the project. */
export interface Signer {
  /** The signature of a statement, in base64. */
  sign(statement: Statement): Promise<string>;
  /** Whether a signature is that of this key over exactly this statement. */
  verify(statement: Statement, signature: string): Promise<boolean>;
}

/** Verifies with the public key of the project. */
export type Verifier = Pick<Signer, "verify">;

/**
 * Loads the private key.
 *
 * Needs read permission for the key.
 *
 * @param path A JWK file that {@linkcode ensureKeys} wrote.
 * @throws {StepFailed} If there is none, or it is no Ed25519 key.
 */
export async function loadSigner(path: string): Promise<Signer> {
  const jwk = await readKey(path, "private");
  const [key, verifier] = await Promise.all([
    importKey({ ...jwk, key_ops: ["sign"] }, path, "sign"),
    importKey(publicPart(jwk), path, "verify"),
  ]);
  const quick = quickly(() => hashLibrary().createPrivateKey({ key: { ...jwk }, format: "jwk" }));
  return {
    async sign(statement) {
      const bytes = bytesOf(statement), quickKey = quick();
      const signature = quickKey
        ? hashLibrary().sign(null, bytes, quickKey)
        : await crypto.subtle.sign("Ed25519", key, bytes);
      return new Uint8Array(signature).toBase64();
    },
    verify: verifierOf(publicPart(jwk), verifier).verify,
  };
}

/**
 * Loads the public key.
 *
 * Needs read permission for the key.
 *
 * @param path A JWK file that {@linkcode ensureKeys} wrote.
 * @throws {StepFailed} If there is none, or it is no Ed25519 key.
 */
export async function loadVerifier(path: string): Promise<Verifier> {
  const jwk = publicPart(await readKey(path, "public"));
  return verifierOf(jwk, await importKey(jwk, path, "verify"));
}

/** The public half of a key pair. */
export function publicPart(jwk: JsonWebKey): JsonWebKey {
  return { kty: "OKP", crv: "Ed25519", x: jwk.x, key_ops: ["verify"], ext: true };
}

function verifierOf(jwk: JsonWebKey, key: CryptoKey): Verifier {
  const quick = quickly(() => hashLibrary().createPublicKey({ key: { ...jwk }, format: "jwk" }));
  return {
    async verify(statement, signature) {
      const bytes = fromBase64(signature);
      if (bytes === undefined || !canBeSigned(statement)) return false;
      const quickKey = quick();
      return quickKey
        ? hashLibrary().verify(null, bytesOf(statement), quickKey, bytes)
        : await crypto.subtle.verify("Ed25519", key, bytes, bytesOf(statement));
    },
  };
}

/** From how many signatures on it pays to load what takes half of the time for each, but 30 ms to load. */
const many = 512;

/** The key of the quicker library, from the call on that is one of many. */
function quickly(load: () => KeyObject): () => KeyObject | undefined {
  let calls = 0;
  let key: KeyObject | undefined;
  return () => ++calls < many ? undefined : key ??= load();
}

function bytesOf(statement: Statement): Uint8Array<ArrayBuffer> {
  if (!canBeSigned(statement)) throw new TypeError("Cannot sign a statement as its parts must be texts of one line");
  return new TextEncoder().encode(partsOf(statement).join("\n"));
}

/** A part with a line feed could stand for two others. */
function canBeSigned(statement: Statement): boolean {
  return partsOf(statement).every((part) => part !== "" && !part.includes("\n"));
}

function partsOf({ artifact, genome, runtime, world, policy }: Statement): string[] {
  return [artifact, genome, runtime, world, policy];
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.fromBase64(text);
  } catch {
    return undefined;
  }
}

async function readKey(path: string, kind: "private" | "public"): Promise<JsonWebKey> {
  let text: string;
  try {
    text = await readTextLimited(path, mostKey, { follow: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new StepFailed({
      code: "keys.missing",
      message: `There is no ${kind} key to sign with; run \`deno task key\` first.`,
      path,
    }, { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own error would show a piece of it.
    throw damaged(path);
  }
}

async function importKey(jwk: JsonWebKey, path: string, usage: "sign" | "verify"): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey("jwk", jwk, "Ed25519", false, [usage]);
  } catch (error) {
    throw damaged(path, error);
  }
}

function damaged(path: string, cause?: unknown): StepFailed {
  return new StepFailed({
    code: "keys.damaged",
    message: "Cannot use the key as it must be an Ed25519 key in JWK form; restore it from a backup.",
    path,
  }, { cause });
}
