/**
 * Trees of hashes: one signature over the root of many leaves, and a short proof of each leaf.
 *
 * As in RFC 9162, 2.1 (Certificate Transparency): leaves and nodes are hashed with different prefixes, so that none can be taken
 * for the other, and what has no neighbour goes up as it is. A proof stands for itself, so a leaf can be dropped or handed on
 * without the others.
 *
 * @module
 */

import { joined } from "../util/concat.ts";
import { hashLibrary } from "../util/hash_now.ts";

/** Bytes of a hash. */
const hashBytes = 32;

/** Longest way to a root: more leaves than there can be. */
const mostSteps = 32;

/** A way from a leaf to a root: side and hash of each neighbour, one after the other. */
const stepBytes = 1 + hashBytes;

const left = 0, right = 1;

/** A tree: its root, and the way to it from each leaf, in their order. */
export interface HashTree {
  readonly root: Uint8Array;
  readonly ways: readonly Uint8Array[];
}

/** The tree over some leaves, at least one. */
export function treeOf(leaves: readonly Uint8Array[]): HashTree {
  const ways: Uint8Array[][] = leaves.map(() => []);
  let nodes = leaves.map((leaf, i) => ({ hash: leafHash(leaf), from: i, to: i + 1 }));
  while (nodes.length > 1) {
    const above: typeof nodes = [];
    for (let i = 0; i < nodes.length; i += 2) {
      const one = nodes[i]!, other = nodes[i + 1];
      if (!other) {
        above.push(one);
        continue;
      }
      for (let leaf = one.from; leaf < one.to; leaf++) ways[leaf]!.push(Uint8Array.of(right), other.hash);
      for (let leaf = other.from; leaf < other.to; leaf++) ways[leaf]!.push(Uint8Array.of(left), one.hash);
      above.push({ hash: nodeHash(one.hash, other.hash), from: one.from, to: other.to });
    }
    nodes = above;
  }
  return { root: nodes[0]!.hash, ways: ways.map(joined) };
}

/** Whether bytes are a way. */
export function isWay(bytes: Uint8Array): boolean {
  if (bytes.length % stepBytes !== 0 || bytes.length > mostSteps * stepBytes) return false;
  for (let at = 0; at < bytes.length; at += stepBytes) if (bytes[at] !== left && bytes[at] !== right) return false;
  return true;
}

/** The nodes on a way, the leaf's own first and the root last, each with the rest of the way from there. */
export function* nodesOn(way: Uint8Array, leaf: Uint8Array): Generator<readonly [Uint8Array, Uint8Array], void, void> {
  let hash = leafHash(leaf);
  yield [hash, way];
  for (let at = 0; at < way.length; at += stepBytes) {
    const neighbour = way.subarray(at + 1, at + stepBytes);
    hash = way[at] === left ? nodeHash(neighbour, hash) : nodeHash(hash, neighbour);
    yield [hash, way.subarray(at + stepBytes)];
  }
}

function leafHash(leaf: Uint8Array): Uint8Array {
  return sha256Of(joined([Uint8Array.of(0), leaf]));
}

function nodeHash(one: Uint8Array, other: Uint8Array): Uint8Array {
  return sha256Of(joined([Uint8Array.of(1), one, other]));
}

function sha256Of(bytes: Uint8Array): Uint8Array {
  return hashLibrary().createHash("sha256").update(bytes).digest();
}
