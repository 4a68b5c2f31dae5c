/** Printed copies with a verifying code, and what anyone who holds one is told. */
import { accept, type BlobDigest, type Result, refuse } from '@xiewen/shared/base'
import { formatDocumentNumber } from '@xiewen/shared/documents'
import { type CopyView, sealsContract as contract, whatCopyTells } from '@xiewen/shared/seals'
import { findDocument, getDocumentFor, getFrozen, getIssuedOfd, getIssuedPdf, presentDocument } from '../../documents/index.ts'
import type { QueryContext } from '../../platform/context.ts'
import { type ReadDb, tables } from '../../platform/database/index.ts'
import { onCommand, onDownload, onQuery } from '../../platform/slice.ts'
import { findCodeOf, findCopied, getOrMakeCode } from '../copies/copy-table.ts'
import { drawCopy } from '../copies/draw-copy.ts'
import { listSeals } from '../repository.ts'
import type { ImpressionRecord, SealsTables } from '../tables.ts'

interface Copied {
  readonly title: string
  readonly blob: BlobDigest
}

async function listImpressionsOf(db: ReadDb, documentId: string): Promise<readonly ImpressionRecord[]> {
  return tables<SealsTables>(db).selectFrom('seal_impression').selectAll().where('document_id', '=', documentId).orderBy('at').orderBy('id').execute()
}

/** The sealed file of a document the caller may see, when a copy may be made of it. */
async function findCopyable(ctx: QueryContext, documentId: string): Promise<Result<Copied>> {
  const document = await getDocumentFor(ctx.db, ctx.actor, documentId)
  if (!document) return refuse('base.not-found')
  const issued = await getIssuedPdf(ctx.db, documentId)
  const frozen = await getFrozen(ctx.db, documentId)
  const isSealed = (document.state === 'sealed' || document.state === 'issued') && issued?.stage === 'sealed'
  if (!isSealed || !frozen || (await listImpressionsOf(ctx.db, documentId)).length === 0) return refuse('seals.not-sealed')
  if (frozen.document.elements.secrecy !== '') return refuse('seals.copy-secret')
  return accept({ title: document.title, blob: issued.blob })
}

/** Where the code leads, or null while nobody has said under which address the office is reached. */
function addressOf(ctx: QueryContext, code: string): string | null {
  const { publicUrl } = ctx.services.config
  return publicUrl === null ? null : `${new URL(publicUrl).origin}/v/${code}`
}

const makeCopy = onCommand(contract.makeCopy, async (ctx, { documentId }) => {
  const found = await findCopyable(ctx, documentId)
  if (!found.ok) return found
  const code = await getOrMakeCode(ctx.db, documentId, ctx.now)
  const address = addressOf(ctx, code)
  if (address === null) return refuse('seals.no-public-url')
  await ctx.record({ kind: 'seals.copy-made', subject: { kind: 'document', id: documentId }, data: { documentId, code, digest: found.value.blob } })
  return accept({ code, address })
})

const copyFile = onDownload(contract.copyFile, async (ctx, { documentId }) => {
  const found = await findCopyable(ctx, documentId)
  if (!found.ok) return found
  const code = await findCodeOf(ctx.db, documentId)
  // Every copy is recorded first: see `makeCopy`.
  if (code === null) return refuse('seals.unknown-copy')
  const address = addressOf(ctx, code)
  if (address === null) return refuse('seals.no-public-url')
  const { title, blob } = found.value
  const lines = ['扫码核验 打印件', code.replaceAll(/(.{4})(?=.)/g, '$1-')]
  const bytes = await drawCopy(await ctx.services.blobs.get(blob), { address, lines }, ctx.services.fonts, ctx.now)
  return accept({ bytes, mediaType: 'application/pdf', fileName: `${title.replaceAll(/[\\/:*?"<>|\u0000-\u001f]/g, '').slice(0, 60)}（打印件）.pdf`, inline: true })
})

const copy = onQuery(contract.copy, async (ctx, { code, digest }) => {
  const documentId = await findCopied(ctx.db, code)
  const row = documentId === null ? null : await findDocument(ctx.db, documentId)
  const frozen = row && (await getFrozen(ctx.db, row.id))
  if (!row || !frozen) return refuse('seals.unknown-copy')
  const impressions = await listImpressionsOf(ctx.db, row.id)
  const match = digest === undefined ? null : await matchOf(ctx.db, row.id, impressions, digest)
  const tells = whatCopyTells(frozen.document.elements.disclosure)
  if (tells === 'existence') return accept({ tells, title: null, number: null, organName: null, sealedAt: null, seals: null, match })
  const document = presentDocument(row)
  return accept({
    tells,
    title: tells === 'all' ? document.title : null,
    number: document.number ? formatDocumentNumber(document.number) : '',
    organName: document.organName,
    sealedAt: Number(impressions.at(-1)?.at ?? 0),
    seals: await presentSeals(ctx.db, impressions),
    match,
  })
})

async function presentSeals(db: ReadDb, impressions: readonly ImpressionRecord[]): Promise<NonNullable<CopyView['seals']>> {
  const states = new Map((await listSeals(db)).map((seal) => [seal.id, seal.state]))
  return impressions.flatMap((row) => {
    const state = states.get(row.seal_id)
    return state === undefined ? [] : [{ name: row.seal_name, at: Number(row.at), state }]
  })
}

async function matchOf(db: ReadDb, documentId: string, impressions: readonly ImpressionRecord[], digest: string): Promise<NonNullable<CopyView['match']>> {
  const [pdf, ofd] = [await getIssuedPdf(db, documentId), await getIssuedOfd(db, documentId)]
  if ((pdf?.stage === 'sealed' && pdf.blob === digest) || (ofd?.isSealed === true && ofd.blob === digest)) return 'same'
  return impressions.some((row) => row.sealed_digest === digest || row.ofd_digest === digest) ? 'earlier' : 'none'
}

/** Operations on copies. */
export const copyOperations = [makeCopy, copyFile, copy]
