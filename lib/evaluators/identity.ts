/**
 * By what a supervisor tells one evaluator from another: each process of one draws a pair of keys at its start, says the public
 * one while it is there, and signs its replies with the other. So no other evaluator, and nobody else at the broker, can reply
 * as it: what it has proven is its own, and so is a lie.
 *
 * @module
 */

import { ifMessage, type Replied, repliesLines, repliesText, senderOf, signedPart } from "./protocol.ts";

const algorithm = "Ed25519";

const encoder = new TextEncoder();

/** Keys that are kept ready to verify with. */
const mostKeys = 1024;

/** A process of an evaluator. */
export class Identity {
  readonly name: string;
  /** Its public key in hexadecimal digits. */
  readonly instance: string;
  readonly #key: CryptoKey;

  private constructor(name: string, instance: string, key: CryptoKey) {
    this.name = name;
    this.instance = instance;
    this.#key = key;
  }

  /** A new one, whose private key is nowhere but in this process. */
  static async draw(name: string): Promise<Identity> {
    const pair = await crypto.subtle.generateKey(algorithm, false, ["sign", "verify"]) as CryptoKeyPair;
    const bytes = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
    return new Identity(name, bytes.toHex(), pair.privateKey);
  }

  /** Replies as text, signed. */
  async text(replies: readonly Replied[]): Promise<string> {
    const lines = repliesLines(replies);
    const bytes = encoder.encode(signedPart(this.name, lines));
    const signature = new Uint8Array(await crypto.subtle.sign(algorithm, this.#key, bytes)).toBase64();
    return repliesText({ evaluator: this.name, instance: this.instance, signature }, lines);
  }
}

/** Verifies signatures of replies. */
export class Signatures {
  readonly #keys = new Map<string, Promise<CryptoKey>>();

  /** Whether a text begins as replies do, and the rest of it is signed by whom it names. */
  async hold(text: string): Promise<boolean> {
    const sender = ifMessage(() => senderOf(text));
    if (!sender) return false;
    try {
      const part = signedPart(sender.evaluator, text.slice(text.indexOf("\n") + 1));
      const signature = Uint8Array.fromBase64(sender.signature);
      return await crypto.subtle.verify(algorithm, await this.#key(sender.instance), signature, encoder.encode(part));
    } catch {
      // It is no key, or no base64.
      return false;
    }
  }

  #key(instance: string): Promise<CryptoKey> {
    let key = this.#keys.get(instance);
    if (!key) {
      if (this.#keys.size >= mostKeys) this.#keys.clear();
      key = crypto.subtle.importKey("raw", Uint8Array.fromHex(instance), algorithm, false, ["verify"]);
      this.#keys.set(instance, key);
    }
    return key;
  }
}
