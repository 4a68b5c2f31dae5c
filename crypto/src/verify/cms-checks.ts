/** Checks of a signature without a seal: CMS and GB/T 35275. */
import { type AnyCertificate, certificatesOf, verifyAnySignedData } from '../cms/any-signed-data.ts'
import { parseSignedData, type SignedData, type SignedDataProblem } from '../cms/signed-data.ts'
import { CryptoError } from '../errors.ts'
import { type ReportedTime, reason, type VerifyCode, type VerifyReason } from './report.ts'
import { checkFuture, type SignatureFindings } from './seal-checks.ts'
import { judgeCertificate, judgeTime, provenBy, type VerifyTrust } from './trust.ts'

const codeOf: Readonly<Record<SignedDataProblem, VerifyCode>> = {
  'no-single-signer': 'cms-signer',
  'no-certificate': 'cms-certificate',
  algorithm: 'cms-algorithm',
  'no-content': 'digest-mismatch',
  'content-type': 'cms-attributes',
  'message-digest': 'digest-mismatch',
  'signing-certificate': 'cms-attributes',
  signature: 'signature-mismatch',
}

/** What a detached signature is over, and what its format asks for beyond RFC 5652. */
export interface CmsOrder {
  readonly detached: readonly Uint8Array[]
  readonly needsCertificateName: boolean
  /** Time the file claims outside the signature value (but under it), ms UTC. */
  readonly claimedAt: number | null
}

const nothing: SignatureFindings = {
  reasons: [],
  notes: [],
  seal: null,
  signer: null,
  signedAt: null,
  time: { at: null, source: 'none', authority: null },
  revocation: 'unknown',
}

/** Judges a ContentInfo with SignedData over the detached parts. */
export async function checkCms(der: Uint8Array, order: CmsOrder, trust: VerifyTrust): Promise<SignatureFindings> {
  const data = parse(der)
  if ('code' in data) return { ...nothing, reasons: [data] }
  try {
    return await checkSignedData(data, order, trust)
  } catch (cause) {
    if (cause instanceof CryptoError) return { ...nothing, reasons: [malformed(cause)] }
    throw cause
  }
}

const malformed = (cause: CryptoError): VerifyReason =>
  reason('cms-malformed', { code: cause.code, message: cause.message })

function parse(der: Uint8Array): SignedData | VerifyReason {
  try {
    return parseSignedData(der)
  } catch (cause) {
    if (cause instanceof CryptoError) return malformed(cause)
    throw cause
  }
}

async function checkSignedData(data: SignedData, order: CmsOrder, trust: VerifyTrust): Promise<SignatureFindings> {
  const { detached, needsCertificateName } = order
  const result = await verifyAnySignedData(data, { detached, needsCertificateName })
  const broken = result.ok ? [] : [reason(codeOf[result.problem], { problem: result.problem })]
  if (result.signer === null) return { ...nothing, reasons: broken }
  const signedAt = (result.ok ? result.signedAt : null) ?? order.claimedAt
  const [info] = data.signers
  const time = await judgeTime(info?.timeStamp ?? null, info?.signature ?? new Uint8Array(), signedAt, trust)
  const { signer, ...findings } = await judgeSigner(result.signer, data, time.time, trust)
  return {
    reasons: [...broken, ...findings.reasons, ...time.reasons, ...checkFuture(time.time.at, trust)],
    notes: [...findings.notes, ...time.notes],
    seal: null,
    signer,
    signedAt,
    time: time.time,
    revocation: findings.revocation,
  }
}

/** Without any time the present has to serve; without that the certificate's first day. */
function judgeSigner(certificate: AnyCertificate, data: SignedData, time: ReportedTime, trust: VerifyTrust) {
  const moment = time.at ?? trust.at ?? certificate.certificate.notBefore
  return judgeCertificate({ certificate, whose: 'signer', at: moment, existedAt: provenBy(time), links: certificatesOf(data) }, trust)
}
