/** Verifying the seal of an original (正本) as every other room does: with this installation's trust and its revocations. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PieceCheck } from '@xiewen/shared/archive'
import type { QueryContext } from '../platform/context.ts'
import { checkFile } from '../seals/index.ts'

/** Roots, seal makers and lists of revoked certificates the installation publishes (`<data>/trust/*.cer`, `*.crl`); none are there before the first seal is made. */
export async function readTrustFiles(ctx: Pick<QueryContext, 'services'>): Promise<readonly { readonly name: string; readonly bytes: Uint8Array }[]> {
  const folder = join(ctx.services.config.dataDir, 'trust')
  try {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.cer') || name.endsWith('.crl')).sort()
    return await Promise.all(names.map(async (name) => ({ name, bytes: await readFile(join(folder, name)) })))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/** The findings on a sealed PDF at this moment. */
export async function checkSeal(ctx: QueryContext, bytes: Uint8Array): Promise<NonNullable<PieceCheck['seal']>> {
  const report = await checkFile(ctx, bytes, ctx.now)
  return {
    verdict: report.verdict,
    reasons: report.reasons.map((reason) => reason.code),
    seals: report.signatures.map((signature) => ({
      name: signature.seal?.name ?? '',
      signerName: signature.signer?.commonName ?? '',
      signedAt: signature.signedAt,
      verdict: signature.verdict,
    })),
  }
}
