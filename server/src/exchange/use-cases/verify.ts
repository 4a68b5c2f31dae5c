/** 验章 of what was received, with the trust and the revocations of the seals room. */
import { type SignatureReport, toBase64, type VerifyReason } from '@xiewen/crypto'
import { accept } from '@xiewen/shared/base'
import { exchangeContract as contract, type Verification } from '@xiewen/shared/exchange'
import { digestOf } from '../../platform/blobs/blobs.ts'
import { type Operation, onQuery } from '../../platform/slice.ts'
import { checkFile } from '../../seals/index.ts'
import { verifyAcknowledgement, verifyEnvelope } from '../signatures.ts'
import { readSealed } from './queries.ts'

function codesOf(reasons: readonly VerifyReason[]): string[] {
  return reasons.map((reason) => reason.code)
}

function presentSeal(report: SignatureReport): Verification['seals'][number] {
  return {
    verdict: report.verdict,
    sealName: report.seal?.name ?? '',
    signerName: report.signer?.commonName ?? '',
    signedAt: report.signedAt,
    place: report.place,
    picture: report.seal && /^png$/i.test(report.seal.picture.type) ? toBase64(report.seal.picture.data) : '',
    reasons: codesOf(report.reasons),
  }
}

const verify = onQuery(contract.verify, async (ctx, input) => {
  const found = await readSealed(ctx, input.receiptId)
  if (!found.ok) return found
  const { bytes, dispatch, receipt } = found.value
  const report = await checkFile(ctx, bytes, ctx.now)
  return accept({
    digestMatches: digestOf(bytes) === dispatch.blob,
    verdict: report.verdict,
    reasons: codesOf(report.reasons),
    seals: report.signatures.map(presentSeal),
    ...(await verifyEnvelope(ctx, dispatch)),
    ...(await verifyAcknowledgement(ctx, receipt, dispatch.blob)),
  } satisfies Verification)
})

/** Operations of verification. */
export const verifyOperations: readonly Operation[] = [verify]
