/**
 * Base64 in plain JavaScript: the same in every engine, and there after the globals are gone.
 *
 * @module
 */

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/**
 * Encodes bytes with padding (RFC 4648, section 4).
 *
 * @param bytes What to encode.
 * @returns The text.
 */
export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += digits[group >> 18]! + digits[(group >> 12) & 63]!;
    text += left > 1 ? digits[(group >> 6) & 63]! : "=";
    text += left > 2 ? digits[group & 63]! : "=";
  }
  return text;
}

/**
 * Decodes base64.
 *
 * @param text Base64 with padding.
 * @returns The bytes.
 * @throws {RangeError} If the text is not base64.
 */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 4 !== 0) throw new RangeError("Cannot decode base64 as its length must be a multiple of 4");
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array(text.length / 4 * 3 - padding);
  const end = text.length - padding;
  let held = 0, bits = 0, at = 0;
  for (let i = 0; i < end; i++) {
    held = ((held << 6) | valueOf(text.charCodeAt(i))) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (held >> bits) & 255;
  }
  return bytes;
}

function valueOf(unit: number): number {
  if (unit >= 65 && unit <= 90) return unit - 65;
  if (unit >= 97 && unit <= 122) return unit - 71;
  if (unit >= 48 && unit <= 57) return unit + 4;
  if (unit === 43) return 62;
  if (unit === 47) return 63;
  throw new RangeError("Cannot decode base64 as it has a character that is no digit of it");
}
