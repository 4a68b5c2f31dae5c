/** Inclusion and consistency proofs. Source: RFC 9162 sections 2.1.3 and 2.1.4. */
import { equalBytes } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { sm3 } from '../hash/sm3.ts'
import { type HashFunction, merkleNodeHash } from './tree.ts'

/** Reads the stored hash of the complete subtree (level, index); level 0 holds the leaf hashes. */
export type ReadMerkleNode = (level: number, index: number) => Promise<Uint8Array>

/** A node reader over leaf hashes held in memory. */
export function readNodesOf(leafHashes: readonly Uint8Array[], hash: HashFunction = sm3): ReadMerkleNode {
  const read = (level: number, index: number): Uint8Array => {
    if (level > 0) return merkleNodeHash(read(level - 1, 2 * index), read(level - 1, 2 * index + 1), hash)
    const leaf = leafHashes[index]
    if (leaf === undefined) throw new CryptoError('merkle.bad-range', 'no such leaf', { index })
    return leaf
  }
  return (level, index) => Promise.resolve(read(level, index))
}

/** Largest power of two below `size` (size ≥ 2): the split of RFC 9162. */
function splitOf(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}

/** Root over leaves [start, start + size), where start is a multiple of the next power of two ≥ size. */
async function subtreeRoot(
  start: number,
  size: number,
  readNode: ReadMerkleNode,
  hash: HashFunction,
): Promise<Uint8Array> {
  const level = Math.round(Math.log2(size))
  if (2 ** level === size) return readNode(level, start / size)
  const split = splitOf(size)
  const left = await subtreeRoot(start, split, readNode, hash)
  return merkleNodeHash(left, await subtreeRoot(start + split, size - split, readNode, hash), hash)
}

function assertRange(low: number, high: number, name: string): void {
  if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || low < 0 || low > high) {
    throw new CryptoError('merkle.bad-range', `${name} is out of range`, { low, high })
  }
}

/**
 * Audit path of leaf `index` (from 0) in the tree of `size` leaves, nearest sibling first.
 * @throws CryptoError merkle.bad-range
 */
export async function proveInclusion(
  index: number,
  size: number,
  readNode: ReadMerkleNode,
  hash: HashFunction = sm3,
): Promise<readonly Uint8Array[]> {
  assertRange(index, size - 1, 'leaf index')
  const path: Uint8Array[] = []
  let [start, count] = [0, size]
  while (count > 1) {
    const split = splitOf(count)
    const inLeft = index - start < split
    path.unshift(
      await (inLeft
        ? subtreeRoot(start + split, count - split, readNode, hash)
        : subtreeRoot(start, split, readNode, hash)),
    )
    ;[start, count] = inLeft ? [start, split] : [start + split, count - split]
  }
  return path
}

/** A claim that a leaf is in a tree. Hashes as made by `merkleLeafHash` and `frontierRoot`. */
export interface InclusionClaim {
  readonly index: number
  readonly size: number
  readonly leafHash: Uint8Array
  readonly root: Uint8Array
  readonly path: readonly Uint8Array[]
}

/** Checks an audit path (RFC 9162 section 2.1.3.2). Anything malformed answers false. */
export function verifyInclusion(claim: InclusionClaim, hash: HashFunction = sm3): boolean {
  const { index, size, path } = claim
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false
  let [node, last, result] = [index, size - 1, claim.leafHash]
  for (const sibling of path) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      result = merkleNodeHash(sibling, result, hash)
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)]
    } else {
      result = merkleNodeHash(result, sibling, hash)
    }
    ;[node, last] = [Math.floor(node / 2), Math.floor(last / 2)]
  }
  return last === 0 && equalBytes(result, claim.root)
}

/**
 * Proof that the tree of `oldSize` leaves is a prefix of the tree of `newSize` leaves.
 * Empty when the sizes are equal or the old tree is empty.
 * @throws CryptoError merkle.bad-range
 */
export async function proveConsistency(
  oldSize: number,
  newSize: number,
  readNode: ReadMerkleNode,
  hash: HashFunction = sm3,
): Promise<readonly Uint8Array[]> {
  assertRange(oldSize, newSize, 'old size')
  if (oldSize === 0 || oldSize === newSize) return []
  const proof: Uint8Array[] = []
  let [start, count, old, whole] = [0, newSize, oldSize, true]
  while (old !== count) {
    const split = splitOf(count)
    if (old <= split) {
      proof.unshift(await subtreeRoot(start + split, count - split, readNode, hash))
      count = split
    } else {
      proof.unshift(await subtreeRoot(start, split, readNode, hash))
      ;[start, count, old, whole] = [start + split, count - split, old - split, false]
    }
  }
  return whole ? proof : [await subtreeRoot(start, count, readNode, hash), ...proof]
}

/** A claim that one tree is a prefix of another. */
export interface ConsistencyClaim {
  readonly oldSize: number
  readonly oldRoot: Uint8Array
  readonly newSize: number
  readonly newRoot: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/** Checks a consistency proof (RFC 9162 section 2.1.4.2). Anything malformed answers false. */
export function verifyConsistency(claim: ConsistencyClaim, hash: HashFunction = sm3): boolean {
  const { oldSize, newSize, oldRoot, newRoot } = claim
  if (!Number.isSafeInteger(oldSize) || !Number.isSafeInteger(newSize) || oldSize < 0 || oldSize > newSize) return false
  if (oldSize === newSize) return claim.proof.length === 0 && equalBytes(oldRoot, newRoot)
  if (oldSize === 0) return claim.proof.length === 0 && equalBytes(oldRoot, hash())
  const isPowerOfTwo = 2 ** Math.round(Math.log2(oldSize)) === oldSize
  const [first, ...rest] = isPowerOfTwo ? [oldRoot, ...claim.proof] : claim.proof
  if (first === undefined) return false
  return replayConsistency(claim, first, rest, hash)
}

function replayConsistency(
  claim: ConsistencyClaim,
  first: Uint8Array,
  rest: readonly Uint8Array[],
  hash: HashFunction,
): boolean {
  const half = (value: number): number => Math.floor(value / 2)
  let [node, last] = [claim.oldSize - 1, claim.newSize - 1]
  while (node % 2 === 1) [node, last] = [half(node), half(last)]
  let [oldRoot, newRoot] = [first, first]
  for (const sibling of rest) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      oldRoot = merkleNodeHash(sibling, oldRoot, hash)
      newRoot = merkleNodeHash(sibling, newRoot, hash)
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)]
    } else {
      newRoot = merkleNodeHash(newRoot, sibling, hash)
    }
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 && equalBytes(oldRoot, claim.oldRoot) && equalBytes(newRoot, claim.newRoot)
}
