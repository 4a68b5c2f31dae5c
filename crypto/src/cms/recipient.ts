/** Whether a certificate is one to envelope for (数字信封的接收人): an SM2 key for enciphering, in time, not revoked; and whether anybody we trust vouches for it. */
import { sm3 } from '../hash/sm3.ts'
import { toHex } from '../bytes.ts'
import { readDerOrPem } from '../keys/pem.ts'
import { judgeCertificate, type VerifyTrust } from '../verify/trust.ts'
import type { Certificate } from '../x509/certificate.ts'
import { readAnyCertificate } from './any-signed-data.ts'
import { mayEncipher } from './enveloped-data.ts'

/** Why nothing is enveloped for a certificate: it cannot be read, its key is none of SM2, it is for signing only (用户通常有签名、加密两张证书), its time, or its authority took it back. */
export type RecipientProblem = 'unreadable' | 'not-sm2' | 'usage' | 'expired' | 'not-yet-valid' | 'revoked'

/** A recipient. `fingerprint` is the SM3 of the certificate, hex; `path` the names up to a trusted root, `null` when none vouches for it;
 * `revocation` what is known of that. */
export interface EnvelopeAddress {
  readonly certificate: Certificate
  readonly fingerprint: string
  readonly path: readonly string[] | null
  readonly revocation: 'good' | 'unknown' | 'stale'
}

/** The recipient, or what is wrong with the certificate (`certificate` where it could be read). */
export type RecipientFindings =
  | { readonly ok: true; readonly address: EnvelopeAddress }
  | { readonly ok: false; readonly problem: RecipientProblem; readonly certificate: Certificate | null }

const refused = (problem: RecipientProblem, certificate: Certificate | null = null): RecipientFindings => ({ ok: false, problem, certificate })

/** Judges a certificate file (DER or PEM) at a moment (ms UTC). */
export async function judgeRecipient(bytes: Uint8Array, trust: VerifyTrust, at: number): Promise<RecipientFindings> {
  const der = readDerOrPem(bytes, 'CERTIFICATE')
  if (der === null) return refused('unreadable')
  const read = readAnyCertificate(der)
  if (read?.kind !== 'sm2') return refused(read === null ? 'unreadable' : 'not-sm2')
  const { certificate } = read
  if (!mayEncipher(certificate) || certificate.isAuthority) return refused('usage', certificate)
  if (at > certificate.notAfter) return refused('expired', certificate)
  if (at < certificate.notBefore) return refused('not-yet-valid', certificate)
  const found = await judgeCertificate({ certificate: { kind: 'sm2', certificate }, whose: 'signer', at, existedAt: at, purpose: 'encryption' }, trust)
  if (found.revocation === 'revoked' || found.reasons.some(({ code }) => code === 'certificate-revoked')) return refused('revoked', certificate)
  // What is missing is word of its revocation, not of who it is.
  const isKnown = found.reasons.every(({ code }) => code === 'revocation-stale' || code.startsWith('revocation-list-'))
  const revocation = found.revocation === 'stale' ? 'stale' : found.revocation === 'unknown' || !isKnown ? 'unknown' : 'good'
  return { ok: true, address: { certificate, fingerprint: toHex(sm3(certificate.raw)), path: isKnown ? found.signer.path : null, revocation } }
}
