import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import vectors from '../../vectors/sm-vectors.json'
import { fromHex, toHex, utf8 } from '../bytes.ts'
import { softwareKey } from '../keys/software-key.ts'
import { generateSm2KeyPair } from '../sign/sm2.ts'
import { parseCheckpoint, signCheckpoint, verifyCheckpoint } from './checkpoint.ts'
import { proveConsistency, proveInclusion, readNodesOf, verifyConsistency, verifyInclusion } from './proof.ts'
import { appendLeaf, emptyFrontier, frontierRoot, type HashFunction, merkleLeafHash, merkleRoot } from './tree.ts'

const sha256: HashFunction = (...parts) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return Uint8Array.from(hash.digest())
}
const published = vectors.merkleSha256
const publishedLeaves = published.leaves.map((leaf) => merkleLeafHash(fromHex(leaf), sha256))
const leaves = Array.from({ length: 33 }, (_, i) => merkleLeafHash(utf8(`leaf ${i}`)))
const flipped = (bytes: Uint8Array): Uint8Array => bytes.map((byte, i) => (i === 5 ? byte ^ 1 : byte))

describe('published Certificate Transparency vectors', () => {
  test('roots of every size are reproduced', () => {
    const roots = published.roots.map((_, i) => toHex(merkleRoot(publishedLeaves.slice(0, i + 1), sha256)))
    expect(roots).toEqual(published.roots)
    expect(toHex(frontierRoot(emptyFrontier, sha256))).toBe(createHash('sha256').digest('hex'))
  })

  test.each(published.inclusion)(
    'the inclusion proof of leaf $index in $size is reproduced',
    async ({ index, size, path }) => {
      const proof = await proveInclusion(index, size, readNodesOf(publishedLeaves, sha256), sha256)
      expect(proof.map(toHex)).toEqual(path)
    },
  )

  test.each(published.consistency)('the consistency proof $oldSize → $newSize is reproduced', async (vector) => {
    const nodes = readNodesOf(publishedLeaves, sha256)
    const proof = await proveConsistency(vector.oldSize, vector.newSize, nodes, sha256)
    expect(proof.map(toHex)).toEqual(vector.proof)
  })
})

test('the nodes completed while appending are the nodes of the tree', async () => {
  const nodes = readNodesOf(leaves)
  let frontier = emptyFrontier
  for (const leaf of leaves) {
    const { completed, frontier: grown } = appendLeaf(frontier, leaf)
    for (const node of completed) expect(node.hash).toEqual(await nodes(node.level, node.index))
    frontier = grown
  }
  expect(frontierRoot(frontier)).toEqual(merkleRoot(leaves))
})

test('a frontier whose peaks do not fit its size is refused', () => {
  expect(() => appendLeaf({ size: 3, peaks: [] }, leaves[0] ?? sha256())).toThrow('merkle.bad-range')
})

test('every inclusion proof up to 33 leaves verifies, and fails for another leaf, index, size or a longer path', async () => {
  for (let size = 1; size <= leaves.length; size++) {
    const root = merkleRoot(leaves.slice(0, size))
    for (let index = 0; index < size; index++) {
      const path = await proveInclusion(index, size, readNodesOf(leaves))
      const claim = { index, size, leafHash: leaves[index] ?? root, root, path }
      expect(verifyInclusion(claim)).toBe(true)
      expect(verifyInclusion({ ...claim, leafHash: flipped(claim.leafHash) })).toBe(false)
      expect(verifyInclusion({ ...claim, path: [...path, root] })).toBe(false)
      expect(verifyInclusion({ ...claim, index: index + size })).toBe(false)
      if (path.length > 0) expect(verifyInclusion({ ...claim, path: path.slice(1) })).toBe(false)
    }
  }
})

test('every consistency proof up to 33 leaves verifies, and fails for a changed root or step', async () => {
  for (let newSize = 1; newSize <= leaves.length; newSize++) {
    for (let oldSize = 0; oldSize <= newSize; oldSize++) {
      const proof = await proveConsistency(oldSize, newSize, readNodesOf(leaves))
      const [oldRoot, newRoot] = [merkleRoot(leaves.slice(0, oldSize)), merkleRoot(leaves.slice(0, newSize))]
      const claim = { oldSize, newSize, oldRoot, newRoot, proof }
      expect(verifyConsistency(claim)).toBe(true)
      expect(verifyConsistency({ ...claim, oldRoot: flipped(oldRoot) })).toBe(false)
      expect(verifyConsistency({ ...claim, proof: [...proof, newRoot] })).toBe(false)
      const [first, ...rest] = proof
      if (first !== undefined) expect(verifyConsistency({ ...claim, proof: [flipped(first), ...rest] })).toBe(false)
    }
  }
})

describe('signed checkpoints', () => {
  const key = softwareKey(generateSm2KeyPair().privateKey)
  const head = { origin: 'xiewen.example/audit', size: 33, root: merkleRoot(leaves) }

  test('a checkpoint verifies under its key and name only', async () => {
    const text = await signCheckpoint(head, key)
    const checkpoint = parseCheckpoint(text)
    expect(checkpoint).toMatchObject(head)
    expect(verifyCheckpoint(checkpoint, key.publicKey)).toBe(true)
    expect(verifyCheckpoint(checkpoint, generateSm2KeyPair().publicKey)).toBe(false)
    expect(verifyCheckpoint(checkpoint, key.publicKey, 'someone else')).toBe(false)
  })

  test('a changed size does not verify', async () => {
    const text = (await signCheckpoint(head, key)).replace('\n33\n', '\n34\n')
    expect(verifyCheckpoint(parseCheckpoint(text), key.publicKey)).toBe(false)
  })

  test.each(['', 'a\n1\n', 'a\n01\nAA==\n\n— a AAAAAAA=\n', 'a\n1\n?\n\n— a AAAAAAA=\n', 'a\n1\nAA==\n\nx\n'])(
    'malformed text %j is refused',
    (text) => {
      expect(() => parseCheckpoint(text)).toThrow('checkpoint.malformed')
    },
  )
})
