/** Pages, PDF and plain text: the document as it will look. */
import { accept, refuse } from '@xiewen/shared/base'
import { documentsContract, textOf } from '@xiewen/shared/documents'
import { onDownload, onQuery } from '../../platform/slice.ts'
import { digestOf } from '../../platform/blobs/blobs.ts'
import { layOut, readPrintText } from '../print-text.ts'
import { renderPdf, renderSvg } from '../render/index.ts'
import { getIssuedPdf } from '../renditions.ts'
import { findScene } from '../scene.ts'
import type { DocumentRecord } from '../tables.ts'
import { contentOf, findVersion } from '../versions.ts'

const layout = onQuery(documentsContract.layout, async (ctx, input) => {
  const found = await findScene(ctx, input.documentId)
  if (!found.ok) return found
  const text = await readPrintText(ctx.db, found.value.row, ctx.now)
  const { fonts } = ctx.services
  const laid = layOut(text, fonts, input.showChanges)
  return accept({
    digest: digestOf(new TextEncoder().encode(`${text.key} ${input.showChanges} ${laid.fingerprint}`)),
    pages: laid.pages.map(({ widthMm, heightMm }) => ({ widthMm, heightMm })),
    findings: laid.findings.map((finding) => ({ ...finding, params: { ...finding.params } })),
    missing: [...laid.missing],
  })
})

const page = onDownload(documentsContract.page, async (ctx, input) => {
  const found = await findScene(ctx, input.documentId)
  if (!found.ok) return found
  const { fonts } = ctx.services
  const laid = layOut(await readPrintText(ctx.db, found.value.row, ctx.now), fonts, input.showChanges)
  if (input.page > laid.pages.length) return refuse('documents.no-such-page')
  const svg = renderSvg(laid, input.page - 1, fonts)
  return accept({ bytes: new TextEncoder().encode(svg), mediaType: 'image/svg+xml', fileName: `${input.page}.svg`, inline: true })
})

const pdf = onDownload(documentsContract.pdf, async (ctx, input) => {
  const found = await findScene(ctx, input.documentId)
  if (!found.ok) return found
  const { row } = found.value
  const issued = input.versionId === undefined && !input.showChanges ? await getIssuedPdf(ctx.db, row.id) : null
  const fileName = `${fileTitle(row)}.pdf`
  if (issued) return accept({ bytes: await ctx.services.blobs.get(issued.blob), mediaType: 'application/pdf', fileName, inline: true })
  const version = input.versionId === undefined ? null : await findVersion(ctx.db, row.id, input.versionId)
  if (input.versionId !== undefined && !version) return refuse('documents.unknown-version')
  const text = version ? { document: contentOf(version), key: version.id } : await readPrintText(ctx.db, row, ctx.now)
  const { fonts } = ctx.services
  const bytes = await renderPdf(layOut(text, fonts, input.showChanges), fonts, {
    title: row.title, author: row.organ_name, creationDate: Number(version?.at ?? row.changed_at),
  })
  return accept({ bytes, mediaType: 'application/pdf', fileName, inline: true })
})

const plainText = onDownload(documentsContract.plainText, async (ctx, input) => {
  const found = await findScene(ctx, input.documentId)
  if (!found.ok) return found
  const { document } = await readPrintText(ctx.db, found.value.row, ctx.now)
  return accept({ bytes: new TextEncoder().encode(`${textOf(document)}\n`), mediaType: 'text/plain; charset=utf-8', fileName: `${fileTitle(found.value.row)}.txt` })
})

/** A file name made of the title; signs that file systems refuse are left out. */
export function fileTitle(row: DocumentRecord): string {
  const title = row.title.replaceAll(/[\\/:*?"<>|\u0000-\u001f]/g, '').slice(0, 80)
  return title === '' ? row.kind : title
}

/** Operations that show pages. */
export const pageOperations = [layout, page, pdf, plainText]
