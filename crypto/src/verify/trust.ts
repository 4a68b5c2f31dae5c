/** What the verifier may rely on, and what follows for one certificate and one moment. */
import { equalBytes } from '../bytes.ts'
import { type ClassicCertificate, verifyClassicChain } from '../classic/certificate.ts'
import type { AnyCertificate } from '../cms/any-signed-data.ts'
import { CryptoError } from '../errors.ts'
import { type AnyTimestamp, verifyAnyTimestamp } from '../timestamp/any-timestamp.ts'
import type { Certificate } from '../x509/certificate.ts'
import { type ChainProblem, type ChainPurpose, verifyChain } from '../x509/chain.ts'
import { allReasons, coverageOf, reasonsCovered } from '../x509/list-scope.ts'
import { findRevocation, type Revocation } from '../x509/revocation.ts'
import { isListSignedByAny, kindOfList, type RevocationList, revocationsOf } from '../x509/revocation-list.ts'
import type { ReportedSigner, ReportedTime, RevocationGap, RevocationState, VerifyNote, VerifyReason } from './report.ts'
import { reason } from './report.ts'

/**
 * What the verifier may rely on. `trust` holds self-signed anchors, the authorities below them, and the certificates of
 * the accepted seal makers (a seal made by anyone else is UNTRUSTED even under a trusted anchor); `classicTrust` the anchors of RSA and
 * ECDSA signatures. `at` (ms UTC) is the present as the caller knows it; without it nothing is said about the time since signing.
 * `revoked` is a complete register of revocations, `revocationLists` are lists (CRL) that count while their issuer is in `trust` or `classicTrust` and they
 * are fresh, or were issued after a trusted time stamp over what is judged. `needs` turns a missing time stamp or unknown revocation from a remark into INDETERMINATE.
 */
export interface VerifyTrust {
  readonly trust: readonly Certificate[]
  readonly classicTrust?: readonly ClassicCertificate[]
  readonly at?: number
  readonly revoked?: readonly Revocation[]
  readonly revocationLists?: readonly RevocationList[]
  /** Issuers (exact names, DER) for whom `revoked` is complete; for every issuer when absent. */
  readonly registerOf?: readonly Uint8Array[]
  readonly needs?: { readonly timeStamp?: boolean; readonly revocation?: boolean }
}

/** Whose certificate is judged. */
export type Whose = 'signer' | 'maker' | 'stamp'

/** What is known of one certificate: why it is not accepted, remarks, its path and the state of its revocation. */
export interface CertificateFindings {
  readonly reasons: readonly VerifyReason[]
  readonly notes: readonly VerifyNote[]
  readonly signer: ReportedSigner
  readonly revocation: RevocationState
}

/** Which certificate to judge: at which moment (ms UTC), for what, and what else came along in the file. */
export interface CertificateQuestion {
  readonly certificate: AnyCertificate
  readonly whose: Whose
  readonly at: number
  readonly links?: readonly AnyCertificate[]
  readonly purpose?: ChainPurpose
  /** By when what it signed existed for certain (a time stamp says so), ms UTC: a list issued since then speaks for that moment for ever, and a later
   * revocation changes nothing. Without it `at` is only the signer's word. */
  readonly existedAt?: number | undefined
}

/** Judges one certificate: path to an anchor, times, usages, revocation. */
export async function judgeCertificate(asked: CertificateQuestion, trust: VerifyTrust): Promise<CertificateFindings> {
  const { certificate: any, whose } = asked
  const lists = await genuineLists(any.kind, trust)
  const revoked = [...(trust.revoked ?? []), ...lists.flatMap(revocationsOf)]
  const { path, problems } = await findPath(asked, trust, revoked)
  const { certificate } = any
  const { revocation, gap } = stateOf(certificate, asked, { trust, lists, revoked })
  const stale = revocation === 'stale' ? [reason('revocation-stale', { whose })] : []
  const outside = gap === undefined ? [] : [reason(gap, { whose, serial: certificate.serial })]
  const isOpen = problems.some(({ code, serial }) => code === 'revoked-time-unproven' && serial === certificate.serial)
  const unknown =
    revocation === 'unknown' && gap === undefined && trust.needs?.revocation === true ? [reason('revocation-unknown', { whose })] : []
  return {
    reasons: [...problems.map((problem) => chainReason(problem, whose)), ...stale, ...outside, ...unknown],
    notes: [
      ...(trust.at !== undefined && trust.at > certificate.notAfter ? (['certificate-expired-since'] as const) : []),
      ...(revocation === 'revoked-since' && !isOpen ? (['certificate-revoked-since'] as const) : []),
      ...(revocation === 'unknown' && gap === undefined ? (['revocation-not-checked'] as const) : []),
    ],
    signer: {
      commonName: certificate.subject.commonName,
      subject: certificate.subject.text,
      serial: certificate.serial,
      notBefore: certificate.notBefore,
      notAfter: certificate.notAfter,
      path,
    },
    revocation,
  }
}

async function findPath(
  { certificate: any, at, existedAt, links = [], purpose = 'document' }: CertificateQuestion,
  trust: VerifyTrust,
  revoked: readonly Revocation[],
): Promise<{ readonly path: readonly string[]; readonly problems: readonly ChainProblem[] }> {
  const names = (path: readonly (Certificate | ClassicCertificate)[]): readonly string[] =>
    path.map((step) => step.subject.commonName)
  const moment = { at, existedBy: existedAt ?? null, revoked, purpose }
  if (any.kind === 'sm2') {
    const own = links.flatMap((link) => (link.kind === 'sm2' ? [link.certificate] : []))
    const { path, problems } = verifyChain(any.certificate, { ...moment, trust: trust.trust, links: own })
    return { path: names(path), problems }
  }
  const own = links.flatMap((link) => (link.kind === 'classic' ? [link.certificate] : []))
  const anchors = trust.classicTrust ?? []
  const { path, problems } = await verifyClassicChain(any.certificate, { ...moment, trust: anchors, links: own })
  return { path: names(path), problems }
}

/** Lists for certificates of a kind that an issuer of that kind in the trust has signed. An authority may have an SM2 and an RSA side under one name, and the
 * list of one side says nothing about the other. */
async function genuineLists(kind: AnyCertificate['kind'], trust: VerifyTrust): Promise<readonly RevocationList[]> {
  const issuers = kind === 'sm2' ? trust.trust.map((certificate): AnyCertificate => ({ kind, certificate })) : (trust.classicTrust ?? []).map((certificate): AnyCertificate => ({ kind, certificate }))
  const lists = (trust.revocationLists ?? []).filter((list) => kindOfList(list) === kind)
  const genuine = await Promise.all(lists.map((list) => isGenuine(list, issuers)))
  return lists.filter((_, i) => genuine[i])
}

/** A list is the same for every certificate of a file: its signature is checked once per issuer. */
const checked = new WeakMap<RevocationList, WeakMap<AnyCertificate['certificate'], Promise<boolean>>>()

async function isGenuine(list: RevocationList, issuers: readonly AnyCertificate[]): Promise<boolean> {
  const known = checked.get(list) ?? new WeakMap<AnyCertificate['certificate'], Promise<boolean>>()
  checked.set(list, known)
  const answers = issuers.map((issuer) => {
    const answer = known.get(issuer.certificate) ?? isListSignedByAny(list, issuer)
    known.set(issuer.certificate, answer)
    return answer
  })
  return (await Promise.all(answers)).includes(true)
}

/** State of revocation; `gap` is why the issuer's lists at hand are not about the certificate, where none of them says anything of it. */
interface Standing {
  readonly revocation: RevocationState
  readonly gap?: RevocationGap
}

interface Known {
  readonly trust: VerifyTrust
  readonly lists: readonly RevocationList[]
  readonly revoked: readonly Revocation[]
}

function stateOf(
  certificate: Certificate | ClassicCertificate,
  { at, existedAt }: Pick<CertificateQuestion, 'at' | 'existedAt'>,
  { trust, lists: genuine, revoked }: Known,
): Standing {
  // A serial number is unique among an issuer's certificates: whichever of its lists names it, and whatever part that list is about, it is revoked.
  const found = findRevocation(certificate, revoked)
  if (found !== null) return { revocation: found.revokedAt <= at ? 'revoked' : 'revoked-since' }
  const isRegistered = trust.registerOf === undefined || trust.registerOf.some((name) => equalBytes(name, certificate.issuer.raw))
  if (trust.revoked !== undefined && isRegistered) return { revocation: 'good' }
  const lists = genuine.filter((list) => equalBytes(list.issuer.raw, certificate.issuer.raw))
  if (lists.length === 0) return { revocation: 'unknown' }
  const now = trust.at ?? at
  const isFresh = (list: RevocationList): boolean => list.nextUpdate >= now && list.thisUpdate <= now
  const cameAfter = (list: RevocationList): boolean => existedAt !== undefined && list.thisUpdate >= existedAt
  if (reasonsCovered(lists.filter((list) => isFresh(list) || cameAfter(list)), certificate) === allReasons) return { revocation: 'good' }
  return reasonsCovered(lists, certificate) === allReasons ? { revocation: 'stale' } : { revocation: 'unknown', gap: gapOf(lists, certificate) }
}

function gapOf(lists: readonly RevocationList[], certificate: Certificate | ClassicCertificate): RevocationGap {
  const covered = lists.map(({ scope }) => coverageOf(scope, certificate))
  if (covered.some((each) => typeof each === 'number')) return 'revocation-list-some-reasons'
  return covered.includes('elsewhere') ? 'revocation-list-elsewhere' : 'revocation-list-other-kind'
}

function chainReason(problem: ChainProblem, whose: Whose): VerifyReason {
  // A stamp that nobody vouches for proves no time; it does not make the seal itself untrusted.
  if (whose === 'stamp') return reason('stamp-untrusted', { problem: problem.code, serial: problem.serial })
  const at = problem.at === undefined ? {} : { at: problem.at }
  return reason(problem.code, { whose, serial: problem.serial, ...at })
}

/** The moment that counts: that of a right and trusted stamp, otherwise the one the signer claims. */
export interface TimeFindings {
  readonly time: ReportedTime
  readonly reasons: readonly VerifyReason[]
  readonly notes: readonly VerifyNote[]
}

/** By when what was stamped existed for certain; undefined when only the signer says so. */
export const provenBy = ({ source, at }: ReportedTime): number | undefined => (source === 'time-stamp' ? (at ?? undefined) : undefined)

/** Judges the time stamp over a signature value. `claimedAt` is the signer's word, `null` when there is none. */
export async function judgeTime(
  token: Uint8Array | null,
  signature: Uint8Array,
  claimedAt: number | null,
  trust: VerifyTrust,
): Promise<TimeFindings> {
  const claimed = { at: claimedAt, source: claimedAt === null ? 'none' : 'signer', authority: null } as const
  const missing = trust.needs?.timeStamp === true ? [reason('stamp-missing')] : []
  if (token === null) return { time: claimed, reasons: missing, notes: ['time-not-stamped'] }
  const stamp = await readStamp(token, signature)
  if ('code' in stamp) return { time: claimed, reasons: [stamp], notes: [] }
  const { certificate } = stamp.service
  const found = await judgeCertificate(
    { certificate: stamp.service, whose: 'stamp', at: stamp.at, existedAt: stamp.at, links: stamp.certificates, purpose: 'timestamp' },
    { ...trust, needs: {} },
  )
  if (found.reasons.length > 0) return { time: claimed, reasons: found.reasons.slice(0, 1), notes: [] }
  const time = { at: stamp.at, source: 'time-stamp', authority: certificate.subject.commonName } as const
  const isEarlier = claimedAt !== null && claimedAt > stamp.at + 60_000
  return { time, reasons: isEarlier ? [reason('stamp-before-signing', { signedAt: claimedAt, at: stamp.at })] : [], notes: [] }
}

async function readStamp(token: Uint8Array, signature: Uint8Array): Promise<AnyTimestamp | VerifyReason> {
  try {
    return await verifyAnyTimestamp(token, signature)
  } catch (cause) {
    if (cause instanceof CryptoError) return reason('stamp-malformed', { message: cause.message })
    throw cause
  }
}
