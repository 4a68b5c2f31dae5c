/** Door of the crypto library: bytes in, bytes or a verdict out. See README.md for examples, SECURITY.md for limits. */
export { concatBytes, equalBytes, fromBase64, fromHex, toBase64, toHex } from './bytes.ts'
export { sm4CcmDecrypt, sm4CcmEncrypt } from './cipher/sm4-ccm.ts'
export { sm4GcmDecrypt, sm4GcmEncrypt } from './cipher/sm4-gcm.ts'
export { sm4CbcDecrypt, sm4CbcEncrypt, sm4Ctr } from './cipher/sm4.ts'
export { type AnyCertificate, readAnyCertificate } from './cms/any-signed-data.ts'
export {
  buildEnvelopedData,
  type EnvelopedData,
  type EnvelopeOpener,
  envelopeOpener,
  type EnvelopeRecipient,
  openEnvelopedData,
  parseEnvelopedData,
} from './cms/enveloped-data.ts'
export { type EnvelopeAddress, judgeRecipient, type RecipientFindings, type RecipientProblem } from './cms/recipient.ts'
export { type PemBlock, readDerOrPem, readPem } from './keys/pem.ts'
export {
  buildSignedData,
  type DataSigner,
  parseSignedData,
  type SignedData,
  type SignedDataOrder,
  type SignedDataProblem,
  type SignedDataResult,
  type SignerInfo,
  signingCertificateAttribute,
  verifySignedData,
} from './cms/signed-data.ts'
export { prepareSmCore, selectSmCore } from './core/core.ts'
export { CryptoError, type CryptoErrorCode } from './errors.ts'
export { hmacSm3, pbkdf2Sm3, Sm3, sm3, sm3Kdf } from './hash/sm3.ts'
export {
  deviceKey,
  isDeviceRefusal,
  type KeyDevice,
  type KeyDeviceRefusal,
  type KeyDeviceSession,
  type SimulatedKeyDevice,
  simulatedKeyDevice,
} from './keys/device.ts'
export { exportEncryptedPkcs8, openEncryptedPkcs8 } from './keys/encrypted-pkcs8.ts'
export { openSecret, passphraseIterations, passphraseKey, sealSecret } from './keys/envelope.ts'
export { exportPkcs8, exportSpki, importPkcs8, readSec1 } from './keys/pkcs8.ts'
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
export { type ImpressOfdOrder, impressOfd, type OfdImpression } from './ofd/impress.ts'
export type { ReadLimits } from './pdf/budget.ts'
export { type AppearanceOrder, type ImpressOrder, type Impression, impressPdf, signPdf, type SignPdfOrder } from './pdf/impress.ts'
export type { MarkOrder } from './pdf/marks.ts'
export type { SealingRefusal } from './pdf/preflight.ts'
export type { CertifyLevel } from './pdf/sign-revision.ts'
export { type CoveredBytes, type PdfSignatureKind, type PdfSignatureMethod, sealMethod, sm2CmsMethod } from './pdf/signature-method.ts'
export { planStraddle, type SealStrip, type SheetKind } from './pdf/straddle.ts'
export { type Affine, type PathCommand, parsePath, transformPath } from './picture/path.ts'
export { type Pixels, readPng } from './picture/read-png.ts'
export { presentSealPng, presentSealSvg } from './picture/render.ts'
export { measureSealPicture, traceSealPicture } from './picture/trace.ts'
export {
  drawRoundSeal,
  type GlyphOutline,
  type GlyphSource,
  type RoundSealOrder,
  type SealDrawing,
} from './picture/seal-drawing.ts'
export { type KeyHandle, platformRandom, type RandomSource, type TrustedTime } from './ports.ts'
export {
  buildSealSignature,
  parseSealSignature,
  type SealSignature,
  type SealSignatureContents,
  type SealSigner,
  type StampSource,
} from './sealdata/seal-signature.ts'
export {
  buildSeal,
  isSealGenuine,
  isSealHolder,
  parseSeal,
  type Seal,
  type SealCertificateList,
  type SealContents,
  type SealMaker,
  type SealPicture,
  type SealVersion,
} from './sealdata/seal.ts'
export { type SelfTestCheck, type SelfTestReport, selfTest } from './self-test.ts'
export {
  agreeSm2Key,
  isExchangeConfirmed,
  type KeyExchangeOrder,
  type KeyExchangeResult,
} from './sign/key-exchange.ts'
export type { NonceKind } from './sign/nonce.ts'
export { type Sm2CiphertextForm, sm2Decrypt, sm2Encrypt } from './sign/sm2-encryption.ts'
export {
  defaultSm2Id,
  deriveSm2PublicKey,
  generateSm2KeyPair,
  type Sm2KeyPair,
  type Sm2Signer,
  type Sm2SignOptions,
  sm2Sign,
  sm2Signer,
  startSm2Message,
} from './sign/sm2.ts'
export { prepareSm2PublicKey, type Sm2Verifier, sm2Verify, sm2VerifyDigest } from './sign/verify.ts'
export {
  type ByteSource,
  sm2SignStream,
  sm2VerifyStream,
  sm3Stream,
  sm4GcmDecryptStream,
  sm4GcmEncryptStream,
} from './streams/streams.ts'
export {
  createSmPool,
  doSmWork,
  serveSmWork,
  type SmPool,
  type SmWork,
  type SmWorkAnswer,
  type SmWorker,
} from './streams/worker-pool.ts'
export {
  buildTimestampRefusal,
  buildTimestampRequest,
  buildTimestampResponse,
  buildTimestampToken,
  parseTimestampRequest,
  parseTimestampResponse,
  type Timestamp,
  type TimestampOrder,
  type TimestampRequest,
  verifyTimestamp,
} from './timestamp/timestamp.ts'
export { type JsonReport, type JsonSeal, type JsonSignature, type ReportSummary, type SignatureSummary, summarizeReport, toJsonReport } from './verify/json.ts'
export { presentNote, presentReason, presentVerdict, type VerifyLanguage } from './verify/present.ts'
export {
  type Verdict,
  type VerifyCode,
  type VerifyNote,
  type VerifyReason,
  type VerifyReport,
  type SignatureReport,
  type ReportedPlace,
  type ReportedSeal,
  type ReportedSigner,
  type ReportedTime,
  type RevocationState,
  verdictOfReason,
} from './verify/report.ts'
export { judgeTime, type TimeFindings, type VerifyTrust } from './verify/trust.ts'
export { type VerifyOptions, verifyFile } from './verify/verify-file.ts'
export { type Certificate, isSignedBy, type KeyUsage, parseCertificate } from './x509/certificate.ts'
export {
  type ChainProblem,
  type ChainPurpose,
  type ChainRequest,
  type ChainResult,
  verifyChain,
} from './x509/chain.ts'
export { type CertificateOrder, type CertificateProfile, type Issuer, issueCertificate } from './x509/issue.ts'
export type { DistinguishedName, NameParts } from './x509/name.ts'
export {
  buildStatusError,
  buildStatusRequest,
  buildStatusResponse,
  type CertificateId,
  certificateIdOf,
  type CertificateStatus,
  parseStatusRequest,
  readStatusResponse,
  type SingleStatus,
  type StatusExpectation,
  type StatusRequest,
} from './x509/ocsp.ts'
export { buildCertificateRequest, type CertificateRequest, parseCertificateRequest } from './x509/request.ts'
export { allReasons, isScopeWithin, type ListScope, type ListScopeOrder, presentListScope, reasonsCovered } from './x509/list-scope.ts'
export type { Revocation, RevocationReason } from './x509/revocation.ts'
export {
  isListSignedBy,
  isListSignedByAny,
  issueRevocationList,
  kindOfList,
  parseRevocationList,
  type RevocationList,
  type RevocationListOrder,
  type RevokedEntry,
  revocationsOf,
} from './x509/revocation-list.ts'
