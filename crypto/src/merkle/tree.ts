/**
 * Merkle tree in the shape of RFC 9162 section 2.1, with the hash function as a parameter.
 * A node (level, index) is the root of the complete subtree over leaves [index·2^level, (index+1)·2^level).
 */
import { CryptoError } from '../errors.ts'
import { sm3 } from '../hash/sm3.ts'

/** Hash of the joined parts. */
export type HashFunction = (...parts: readonly Uint8Array[]) => Uint8Array

const leafPrefix = Uint8Array.of(0)
const nodePrefix = Uint8Array.of(1)

/** Hash of one entry: H(00 ‖ data). */
export function merkleLeafHash(data: Uint8Array, hash: HashFunction = sm3): Uint8Array {
  return hash(leafPrefix, data)
}

/** Hash of two children: H(01 ‖ left ‖ right). */
export function merkleNodeHash(left: Uint8Array, right: Uint8Array, hash: HashFunction = sm3): Uint8Array {
  return hash(nodePrefix, left, right)
}

/** A complete subtree with its hash, as `appendLeaf` reports it for storing. */
export interface MerkleNode {
  readonly level: number
  readonly index: number
  readonly hash: Uint8Array
}

/** Everything needed to go on appending: tree size and the roots of its complete subtrees, largest first. */
export interface MerkleFrontier {
  readonly size: number
  readonly peaks: readonly Uint8Array[]
}

/** The tree without leaves. */
export const emptyFrontier: MerkleFrontier = { size: 0, peaks: [] }

/** A grown tree and the nodes its last leaf completed (the leaf itself first, level 0). */
export interface MerkleAppend {
  readonly frontier: MerkleFrontier
  readonly completed: readonly MerkleNode[]
}

/**
 * Appends one leaf hash. Store `completed` to be able to prove inclusion and consistency later.
 * @throws CryptoError merkle.bad-range when the frontier's peaks do not fit its size
 */
export function appendLeaf(frontier: MerkleFrontier, leafHash: Uint8Array, hash: HashFunction = sm3): MerkleAppend {
  assertFrontier(frontier)
  const peaks = [...frontier.peaks]
  const completed: MerkleNode[] = [{ level: 0, index: frontier.size, hash: leafHash }]
  let node = leafHash
  let level = 0
  for (let rest = frontier.size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
    node = merkleNodeHash(peaks.pop() ?? node, node, hash)
    level += 1
    completed.push({ level, index: Math.floor(frontier.size / 2 ** level), hash: node })
  }
  return { frontier: { size: frontier.size + 1, peaks: [...peaks, node] }, completed }
}

/** Root hash of the tree; the empty tree has H(). @throws CryptoError merkle.bad-range */
export function frontierRoot(frontier: MerkleFrontier, hash: HashFunction = sm3): Uint8Array {
  assertFrontier(frontier)
  const joined = frontier.peaks.reduceRight<Uint8Array | null>(
    (right, left) => (right === null ? left : merkleNodeHash(left, right, hash)),
    null,
  )
  return joined ?? hash()
}

function assertFrontier(frontier: MerkleFrontier): void {
  const { size, peaks } = frontier
  let ones = 0
  if (Number.isSafeInteger(size) && size >= 0)
    for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2
  else ones = -1
  if (peaks.length !== ones) throw new CryptoError('merkle.bad-range', 'peaks do not fit the size', { size })
}

/** Root hash over leaf hashes, computed at once. */
export function merkleRoot(leafHashes: readonly Uint8Array[], hash: HashFunction = sm3): Uint8Array {
  let frontier = emptyFrontier
  for (const leaf of leafHashes) frontier = appendLeaf(frontier, leaf, hash).frontier
  return frontierRoot(frontier, hash)
}
