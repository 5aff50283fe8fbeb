/**
 * Looks for a project's keys in what leaves a job.
 *
 * @module
 */

import { filesBelow } from "./_hub.ts";

const encoder = new TextEncoder();

/** All forms in which the keys below a folder may be written: as text, as bytes, as hexadecimal. */
export function secretsOf(keys: string): Uint8Array[] {
  const parts = [...filesBelow(keys).values()].flatMap((bytes) => {
    const { d, x } = JSON.parse(new TextDecoder().decode(bytes)) as { d?: string; x: string };
    return [d, x].filter((part) => part !== undefined);
  });
  if (parts.length < 3) throw new Error(`There are no keys in ${keys}`);
  return [...new Set(parts)].flatMap((part) => {
    const bytes = Uint8Array.fromBase64(part, { alphabet: "base64url" });
    return [bytes, ...[part, bytes.toBase64().replaceAll("=", ""), bytes.toHex()].map((text) => encoder.encode(text))];
  });
}

/** Whether bytes, or what they are the compressed form of, hold one of the secrets. */
export async function holds(bytes: Uint8Array<ArrayBuffer>, secrets: readonly Uint8Array[]): Promise<boolean> {
  const forms = [bytes];
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    forms.push(new Uint8Array(await new Response(stream).arrayBuffer()));
  }
  const latin = (form: Uint8Array) => new TextDecoder("latin1").decode(form);
  return forms.some((form) => secrets.some((secret) => latin(form).includes(latin(secret))));
}
