/** Verifying the seals of an OFD. Each must cover everything the package holds but the list of signatures and other seals. */
import { equalBytes } from '../bytes.ts'
import { CryptoError } from '../errors.ts'
import { sm3 } from '../hash/sm3.ts'
import { OfdPackage, type OfdSignature, resolvePath } from '../ofd/package.ts'
import type { Budget } from '../pdf/budget.ts'
import { parseSealSignature, type SealSignature } from '../sealdata/seal-signature.ts'
import { checkCms } from './cms-checks.ts'
import { nothingKnown, type ReportedPlace, reason, type SignatureReport, verdictOf, type VerifyReason } from './report.ts'
import { checkSealSignature, type SignatureFindings } from './seal-checks.ts'
import type { VerifyTrust } from './trust.ts'

/** Names of SM3 that real files write; the last is the identifier of HMAC-SM3, used for the plain digest by some. */
const checkMethods: readonly string[] = ['SM3', '1.2.156.10197.1.401', '1.2.156.10197.1.401.2']

/** What is found in an OFD. */
export interface OfdFindings {
  readonly reasons: readonly VerifyReason[]
  readonly signatures: readonly SignatureReport[]
}

/** Judges every seal. @throws CryptoError ofd.malformed, pdf.too-large */
export async function verifyOfd(bytes: Uint8Array, trust: VerifyTrust, budget: Budget): Promise<OfdFindings> {
  const ofd = new OfdPackage(bytes, budget)
  const found = ofd.listSignatures()
  const pages = ofd.listPages().map((page) => page.id)
  const signatures: SignatureReport[] = []
  for (const [i, signature] of found.entries()) {
    const report = await judge(ofd, signature, { trust, pages, all: found })
    signatures.push({ ...report, revision: i + 1, coveredBytes: bytes.length, fieldName: signature.id })
  }
  return { reasons: found.length === 0 ? [reason('no-signature')] : [], signatures }
}

interface Scene {
  readonly trust: VerifyTrust
  readonly pages: readonly string[]
  readonly all: readonly OfdSignature[]
}

async function judge(ofd: OfdPackage, signature: OfdSignature, scene: Scene): Promise<SignatureReport> {
  const description = ofd.find(signature.path) ?? new Uint8Array()
  const value = await judgeValue(ofd, signature, description, scene.trust)
  const uncovered = listUncovered(ofd, signature, scene.all)
  const places = placesOf(signature, scene.pages)
  const reasons = [
    ...checkReferences(ofd, signature),
    ...(places === null ? [reason('position-mismatch', { claimed: signature.path })] : []),
    ...value.reasons,
    ...(uncovered.length > 0 ? [reason('not-covered', { file: uncovered[0] ?? '', count: uncovered.length })] : []),
  ]
  return {
    ...nothingKnown,
    ...value,
    format: signature.kind === 'Seal' ? 'SES' : 'CMS',
    reasons,
    verdict: verdictOf(reasons),
    place: places?.[0] ?? null,
    places: places ?? [],
    uncovered,
  }
}

/** Every referenced file must be there with its digest, and something must be referenced. */
function checkReferences(ofd: OfdPackage, signature: OfdSignature): readonly VerifyReason[] {
  if (!checkMethods.includes(signature.checkMethod)) return [reason('reference-algorithm', { method: signature.checkMethod })]
  if (signature.references.length === 0) return [reason('reference-mismatch', { file: '' })]
  const names = signature.references.map((each) => each.path)
  const wrong = signature.references.find(({ path, check }, i) => {
    const bytes = ofd.find(path)
    return bytes === null || !equalBytes(sm3(bytes), check) || names.indexOf(path) !== i
  })
  return wrong === undefined ? [] : [reason('reference-mismatch', { file: wrong.path })]
}

/** Files that this seal does not cover and that are not of the list of signatures or of a seal in it. */
function listUncovered(ofd: OfdPackage, signature: OfdSignature, all: readonly OfdSignature[]): readonly string[] {
  const known = new Set(signature.references.map((each) => each.path))
  const { signatures: list } = ofd.getBody()
  if (list !== null) known.add(list)
  for (const each of all) {
    for (const path of [each.path, each.valuePath, each.sealPath]) if (path !== null) known.add(path)
  }
  return ofd.listFiles().filter((name) => !known.has(name))
}

/** Where the seal is shown, clipped strips as what is seen of them; `null` when a page is not there. */
function placesOf(signature: OfdSignature, pages: readonly string[]): readonly ReportedPlace[] | null {
  const places = signature.stamps.map(({ pageId, boundary, clip }) => ({
    page: pages.indexOf(pageId) + 1,
    leftMm: boundary.x + (clip?.x ?? 0),
    topMm: boundary.y + (clip?.y ?? 0),
    widthMm: clip?.width ?? boundary.width,
    heightMm: clip?.height ?? boundary.height,
  }))
  return places.some((place) => place.page === 0) ? null : places
}

type ValueFindings = Partial<SignatureFindings> & Pick<SignatureFindings, 'reasons'>

async function judgeValue(
  ofd: OfdPackage,
  signature: OfdSignature,
  description: Uint8Array,
  trust: VerifyTrust,
): Promise<ValueFindings> {
  const value = ofd.find(signature.valuePath)
  if (value === null) return { reasons: [reason('contents-malformed')] }
  if (signature.kind === 'Sign') {
    return checkCms(value, { detached: [description], needsCertificateName: false, claimedAt: null }, trust)
  }
  const parsed = parse(value)
  if (!('toSign' in parsed)) return { reasons: [parsed] }
  const findings = await checkSealSignature(parsed, sm3(description), trust)
  return { ...findings, reasons: [...checkSeal(ofd, signature, parsed), ...findings.reasons] }
}

function parse(value: Uint8Array): SealSignature | VerifyReason {
  try {
    return parseSealSignature(value)
  } catch (cause) {
    if (cause instanceof CryptoError) return reason('seal-malformed', { code: cause.code, message: cause.message })
    throw cause
  }
}

/** The seal beside the signature is the one inside it, and the signature was made for this very description. */
function checkSeal(ofd: OfdPackage, signature: OfdSignature, parsed: SealSignature): readonly VerifyReason[] {
  const beside = signature.sealPath === null ? null : ofd.find(signature.sealPath)
  const differs = signature.sealPath !== null && (beside === null || !equalBytes(beside, parsed.seal.raw))
  const claimed = parsed.propertyInfo.trim()
  const elsewhere = /\/Signature\.xml$/i.test(claimed) && !leadsTo(claimed, signature.path)
  return [
    ...(differs ? [reason('seal-file-differs')] : []),
    ...(elsewhere ? [reason('position-mismatch', { claimed })] : []),
  ]
}

function leadsTo(claimed: string, path: string): boolean {
  try {
    return resolvePath('', claimed) === path
  } catch (cause) {
    if (cause instanceof CryptoError) return false
    throw cause
  }
}
