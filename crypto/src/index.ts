/** Door of the crypto library: bytes in, bytes or a verdict out. See README.md for examples, SECURITY.md for limits. */
export { concatBytes, equalBytes, fromBase64, fromHex, toBase64, toHex } from './bytes.ts'
export { CryptoError, type CryptoErrorCode } from './errors.ts'
export { hmacSm3, Sm3, sm3, sm3Kdf } from './hash/sm3.ts'
export { exportPkcs8, exportSpki, importPkcs8 } from './keys/pkcs8.ts'
export { softwareKey } from './keys/software-key.ts'
export {
  type Checkpoint,
  type CheckpointSignature,
  checkpointKeyId,
  parseCheckpoint,
  type SignedCheckpoint,
  signCheckpoint,
  verifyCheckpoint,
} from './merkle/checkpoint.ts'
export {
  type ConsistencyClaim,
  type InclusionClaim,
  proveConsistency,
  proveInclusion,
  type ReadMerkleNode,
  readNodesOf,
  verifyConsistency,
  verifyInclusion,
} from './merkle/proof.ts'
export {
  appendLeaf,
  emptyFrontier,
  frontierRoot,
  type HashFunction,
  type MerkleAppend,
  type MerkleFrontier,
  type MerkleNode,
  merkleLeafHash,
  merkleNodeHash,
  merkleRoot,
} from './merkle/tree.ts'
export { type KeyHandle, platformRandom, type RandomSource, type TrustedTime } from './ports.ts'
export {
  defaultSm2Id,
  deriveSm2PublicKey,
  generateSm2KeyPair,
  type Sm2KeyPair,
  type Sm2SignOptions,
  sm2Sign,
  sm2Verify,
} from './sign/sm2.ts'
export { sm2Decrypt, sm2Encrypt } from './sign/sm2-encryption.ts'
