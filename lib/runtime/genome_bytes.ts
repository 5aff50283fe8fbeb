/**
 * The bytes of a genome: MessagePack, reduced to what a genome is made of.
 *
 * Equal genomes are equal bytes: files are sorted by path and keys by code unit, and numbers are written
 * in their shortest form. It is written by hand, since every artifact carries it: it must run after the
 * primordials are frozen and in engines without `TextEncoder`, must not lengthen the start of each evaluation, and
 * must refuse what a general decoder lets pass: repeated keys, and lists that claim more room than they have bytes.
 *
 * @module
 */

import type { Genome } from "./genome_schema.ts";

/** What the bytes of a genome may come to. */
export const byteLimits = {
  /** Size of a genome in bytes. */
  size: 64 * 1024,
  /** Levels of lists and maps within each other; a genome has four. */
  depth: 6,
  /** Length of a text in bytes. */
  text: 256,
} as const;

/** Bytes that are no genome; `code` names the reason, such as `genome.truncated`. */
export class BytesError extends Error {
  override name = "BytesError";
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * The canonical bytes of a genome.
 *
 * @param genome Its order does not matter: files are sorted by path, names by code unit.
 * @throws {BytesError} If it holds something that no genome has, such as a number that is not finite, or is too large.
 */
export function toBytes(genome: Genome): Uint8Array<ArrayBuffer> {
  const files = genome.files.slice().sort((a, b) => a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
  const out = new Writer();
  out.value({ version: genome.version, files }, 0);
  return out.taken();
}

/**
 * The value that bytes stand for; whether it is a genome is not checked.
 *
 * @param bytes At most 64 KiB; texts are ASCII.
 * @returns Numbers, booleans, null, texts, lists and plain objects. No key is one that every object inherits.
 * @throws {BytesError} If the bytes are anything else.
 */
export function fromBytes(bytes: Uint8Array): unknown {
  if (bytes.length > byteLimits.size) {
    throw new BytesError("genome.size", `it must have at most ${byteLimits.size} bytes: it has ${bytes.length}`);
  }
  const reader = new Reader(bytes);
  const value = reader.value(0);
  reader.end();
  return value;
}

/** Made when this is loaded: in an agent's process there is no `DataView` any more later. */
const scratch = new DataView(new ArrayBuffer(8));
const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

class Writer {
  #bytes = new Uint8Array(1024);
  #at = 0;

  value(value: unknown, depth: number): void {
    if (typeof value === "number") this.#number(value);
    else if (typeof value === "string") this.#text(value);
    else if (typeof value === "boolean") this.#byte(value ? 0xc3 : 0xc2);
    else if (depth >= byteLimits.depth) throw new BytesError("genome.depth", "it is nested too deeply");
    else if (Array.isArray(value)) this.#list(value, depth);
    else if (typeof value === "object" && value !== null) this.#map(value as Record<string, unknown>, depth);
    else throw new BytesError("genome.format", `it can't hold a value of type ${typeof value}`);
  }

  taken(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#at);
  }

  #number(value: number): void {
    if (!Number.isFinite(value)) throw new BytesError("genome.number", `its numbers must be finite: one is ${value}`);
    if (!Number.isInteger(value) || value < -0x80000000 || value > 0xffffffff) {
      this.#byte(0xcb);
      scratch.setFloat64(0, value);
      for (let i = 0; i < 8; i++) this.#byte(scratch.getUint8(i));
    } else if (value >= 0) {
      if (value < 0x80) this.#byte(value);
      else this.#sized(value, 0xcc);
    } else if (value >= -0x20) this.#byte(value & 0xff);
    else if (value >= -0x80) this.#tail(0xd0, value & 0xff, 1);
    else if (value >= -0x8000) this.#tail(0xd1, value & 0xffff, 2);
    else this.#tail(0xd2, value >>> 0, 4);
  }

  #text(value: string): void {
    if (value.length > byteLimits.text) throw new BytesError("genome.text", "one of its texts is too long");
    if (value.length < 32) this.#byte(0xa0 | value.length);
    else this.#sized(value.length, 0xd9);
    for (let i = 0; i < value.length; i++) {
      const unit = value.charCodeAt(i);
      if (unit > 0x7f) throw new BytesError("genome.text", "its texts must be ASCII");
      this.#byte(unit);
    }
  }

  #list(list: readonly unknown[], depth: number): void {
    if (list.length < 16) this.#byte(0x90 | list.length);
    else this.#long(list.length, 0xdc);
    for (let i = 0; i < list.length; i++) this.value(list[i], depth + 1);
  }

  #map(map: Record<string, unknown>, depth: number): void {
    const keys = Object.keys(map).sort();
    if (keys.length < 16) this.#byte(0x80 | keys.length);
    else this.#long(keys.length, 0xde);
    for (const key of keys) {
      this.#text(key);
      this.value(map[key], depth + 1);
    }
  }

  /** A number after the first of three codes for one, two and four bytes. */
  #sized(value: number, code: number): void {
    if (value < 0x100) this.#tail(code, value, 1);
    else if (value < 0x10000) this.#tail(code + 1, value, 2);
    else this.#tail(code + 2, value, 4);
  }

  /** A length after the first of two codes for two and four bytes. */
  #long(length: number, code: number): void {
    if (length < 0x10000) this.#tail(code, length, 2);
    else this.#tail(code + 1, length, 4);
  }

  #tail(code: number, value: number, width: number): void {
    this.#byte(code);
    for (let shift = (width - 1) * 8; shift >= 0; shift -= 8) this.#byte((value >>> shift) & 0xff);
  }

  #byte(value: number): void {
    this.#room(1);
    this.#bytes[this.#at++] = value;
  }

  #room(width: number): void {
    if (this.#at + width <= this.#bytes.length) return;
    if (this.#at + width > byteLimits.size) {
      throw new BytesError("genome.size", `it must have at most ${byteLimits.size} bytes`);
    }
    const larger = new Uint8Array(Math.min(this.#bytes.length * 2, byteLimits.size));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  value(depth: number): unknown {
    const code = this.#uint(1);
    if (code < 0x80) return code;
    if (code < 0x90) return this.#map(code & 0x0f, depth);
    if (code < 0xa0) return this.#list(code & 0x0f, depth);
    if (code < 0xc0) return this.#text(code & 0x1f);
    if (code >= 0xe0) return code - 0x100;
    switch (code) {
      case 0xc0:
        return null;
      case 0xc2:
        return false;
      case 0xc3:
        return true;
      case 0xca:
        return this.#load(4).getFloat32(0);
      case 0xcb:
        return this.#load(8).getFloat64(0);
      case 0xcc:
      case 0xcd:
      case 0xce:
        return this.#uint(1 << (code - 0xcc));
      case 0xcf:
        return this.#uint(4) * 0x100000000 + this.#uint(4);
      case 0xd0:
        return this.#load(1).getInt8(0);
      case 0xd1:
        return this.#load(2).getInt16(0);
      case 0xd2:
        return this.#load(4).getInt32(0);
      case 0xd3:
        return this.#load(4).getInt32(0) * 0x100000000 + this.#uint(4);
      case 0xd9:
      case 0xda:
      case 0xdb:
        return this.#text(this.#uint(1 << (code - 0xd9)));
      case 0xdc:
      case 0xdd:
        return this.#list(this.#uint(2 << (code - 0xdc)), depth);
      case 0xde:
      case 0xdf:
        return this.#map(this.#uint(2 << (code - 0xde)), depth);
    }
    throw new BytesError("genome.format", `byte ${this.#at - 1} begins nothing that a genome has`);
  }

  end(): void {
    if (this.#at < this.#bytes.length) {
      throw new BytesError("genome.trailing", `it must end after byte ${this.#at}: it has ${this.#bytes.length} bytes`);
    }
  }

  #list(length: number, depth: number): unknown[] {
    this.#enter(length, depth);
    const list: unknown[] = [];
    for (let i = 0; i < length; i++) list.push(this.value(depth + 1));
    return list;
  }

  #map(length: number, depth: number): Record<string, unknown> {
    this.#enter(length * 2, depth);
    const map: Record<string, unknown> = {};
    for (let i = 0; i < length; i++) {
      const key = this.#key();
      if (Object.hasOwn(map, key)) throw new BytesError("genome.repeated", `it has the key ${shown(key)} twice`);
      if (inherited.has(key)) throw new BytesError("genome.key", `it must not have the key ${shown(key)}`);
      map[key] = this.value(depth + 1);
    }
    return map;
  }

  #key(): string {
    const at = this.#at;
    const key = this.value(byteLimits.depth);
    if (typeof key !== "string") throw new BytesError("genome.key", `the key at byte ${at} must be a text`);
    return key;
  }

  /** A list can't be longer than the bytes that are left, so a claimed length costs no memory. */
  #enter(values: number, depth: number): void {
    if (depth >= byteLimits.depth) {
      throw new BytesError("genome.depth", `it must be nested at most ${byteLimits.depth} deep`);
    }
    if (values > this.#bytes.length - this.#at) this.#truncated();
  }

  #text(length: number): string {
    if (length > byteLimits.text) throw new BytesError("genome.text", `one of its texts has ${length} bytes`);
    const from = this.#skip(length);
    let text = "";
    for (let i = from; i < this.#at; i++) {
      const unit = this.#bytes[i]!;
      if (unit > 0x7f) throw new BytesError("genome.text", "its texts must be ASCII");
      text += String.fromCharCode(unit);
    }
    return text;
  }

  #uint(width: number): number {
    const from = this.#skip(width);
    let value = 0;
    for (let i = from; i < this.#at; i++) value = value * 0x100 + this.#bytes[i]!;
    return value;
  }

  /** The next bytes, at the front of the scratch. */
  #load(width: number): DataView {
    const from = this.#skip(width);
    for (let i = 0; i < width; i++) scratch.setUint8(i, this.#bytes[from + i]!);
    return scratch;
  }

  #skip(width: number): number {
    if (width > this.#bytes.length - this.#at) this.#truncated();
    const from = this.#at;
    this.#at += width;
    return from;
  }

  #truncated(): never {
    throw new BytesError("genome.truncated", `it breaks off after ${this.#bytes.length} bytes`);
  }
}

function shown(key: string): string {
  return JSON.stringify(key.slice(0, 64));
}
