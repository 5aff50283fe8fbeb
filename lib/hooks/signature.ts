/**
 * Signatures of webhooks, as Standard Webhooks has them.
 *
 * @module
 */

const prefix = "whsec_";

/** The key that a secret stands for: `whsec_` and 24 to 64 bytes in base64; `undefined` where it is none. */
export function keyOf(secret: string): Uint8Array<ArrayBuffer> | undefined {
  if (!secret.startsWith(prefix)) return undefined;
  try {
    const bytes = Uint8Array.from(atob(secret.slice(prefix.length)), (sign) => sign.charCodeAt(0));
    return bytes.length >= 24 && bytes.length <= 64 ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The headers by which a receiver can tell that a message is from here, is not altered, and is not an old one.
 *
 * @param id Of the message.
 * @param keys One signature is made with each, so that keys can be exchanged one after the other; empty: none is made.
 * @param now Seconds since 1970.
 */
export async function signedHeaders(
  id: string,
  body: string,
  keys: readonly Uint8Array<ArrayBuffer>[],
  now: number,
): Promise<Record<string, string>> {
  const signatures = await Promise.all(keys.map((key) => sign(key, `${id}.${now}.${body}`)));
  return {
    "webhook-id": id,
    "webhook-timestamp": String(now),
    ...(keys.length > 0 && { "webhook-signature": signatures.join(" ") }),
  };
}

async function sign(secret: Uint8Array<ArrayBuffer>, text: string): Promise<string> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", secret, algorithm, false, ["sign"]);
  const bytes = new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text)));
  return `v1,${btoa(String.fromCharCode(...bytes))}`;
}
