/** Pages, PDF and plain text: the document as it will look. */
import { accept, refuse, type Result } from '@xiewen/shared/base'
import { documentsContract, textOf, type VersionId } from '@xiewen/shared/documents'
import type { QueryContext } from '../../platform/context.ts'
import { onDownload, onQuery } from '../../platform/slice.ts'
import { digestOf } from '../../platform/blobs/blobs.ts'
import { namedElements } from '../ofd-elements.ts'
import { readPictures } from '../pictures.ts'
import { layOut, type PrintText, readPrintText } from '../print-text.ts'
import { readRedlineText } from '../redline-text.ts'
import { renderOfd, renderPdf, renderSvg } from '../render/index.ts'
import { getIssuedOfd, getIssuedPdf } from '../renditions.ts'
import { fontsOf } from '../typeface-store.ts'
import { findScene } from '../scene.ts'
import { reportSigns, viewOfSigns } from '../signs-in-use.ts'
import type { DocumentRecord } from '../tables.ts'
import { contentOf, findVersion } from '../versions.ts'

const layout = onQuery(documentsContract.layout, async (ctx, input) => {
  const found = await findScene(ctx, input.documentId)
  if (!found.ok) return found
  const text = await readShown(ctx, found.value.row, input.showChanges)
  const fonts = await fontsOf(ctx.db, ctx.services.fonts, input.documentId)
  const laid = layOut(text, fonts, input.showChanges)
  const signs = reportSigns(laid, fonts)
  return accept({
    digest: digestOf(new TextEncoder().encode(`${text.key} ${input.showChanges} ${laid.fingerprint}`)),
    pages: laid.pages.map(({ widthMm, heightMm }) => ({ widthMm, heightMm })),
    findings: laid.findings.map((finding) => ({ ...finding, params: { ...finding.params } })),
    ...viewOfSigns(signs),
  })
})

const page = onDownload(documentsContract.page, async (ctx, input) => {
  const found = await findScene(ctx, input.documentId)
  if (!found.ok) return found
  const fonts = await fontsOf(ctx.db, ctx.services.fonts, input.documentId)
  const text = await readShown(ctx, found.value.row, input.showChanges)
  const laid = layOut(text, fonts, input.showChanges)
  if (input.page > laid.pages.length) return refuse('documents.no-such-page')
  const pictures = await readPictures(ctx.db, ctx.services.blobs, { documentId: input.documentId, document: text.document })
  const svg = renderSvg(laid, input.page - 1, fonts, pictures)
  return accept({ bytes: new TextEncoder().encode(svg), mediaType: 'image/svg+xml', fileName: `${input.page}.svg`, inline: true })
})

const pdf = onDownload(documentsContract.pdf, async (ctx, input) => {
  const found = await findScene(ctx, input.documentId)
  if (!found.ok) return found
  const { row } = found.value
  const issued = input.versionId === undefined && !input.showChanges ? await getIssuedPdf(ctx.db, row.id) : null
  const fileName = `${fileTitle(row)}.pdf`
  if (issued) return accept({ bytes: await ctx.services.blobs.get(issued.blob), mediaType: 'application/pdf', fileName, inline: true })
  const chosen = await chooseText(ctx, row, input)
  if (!chosen.ok) return chosen
  const { text, at } = chosen.value
  const { blobs } = ctx.services
  const fonts = await fontsOf(ctx.db, ctx.services.fonts, row.id)
  const pictures = await readPictures(ctx.db, blobs, { documentId: row.id, document: text.document })
  const bytes = renderPdf(layOut(text, fonts, input.showChanges), fonts, { title: row.title, author: row.organ_name, creationDate: at }, pictures)
  return accept({ bytes, mediaType: 'application/pdf', fileName, inline: true })
})

const ofd = onDownload(documentsContract.ofd, async (ctx, input) => {
  const found = await findScene(ctx, input.documentId)
  if (!found.ok) return found
  const { row } = found.value
  const issued = input.versionId === undefined && !input.showChanges ? await getIssuedOfd(ctx.db, row.id) : null
  if (issued?.isSealed) return accept({ bytes: await ctx.services.blobs.get(issued.blob), mediaType: 'application/ofd', fileName: `${fileTitle(row)}.ofd` })
  const chosen = await chooseText(ctx, row, input)
  if (!chosen.ok) return chosen
  const { text, at } = chosen.value
  const { blobs } = ctx.services
  const fonts = await fontsOf(ctx.db, ctx.services.fonts, row.id)
  const pictures = await readPictures(ctx.db, blobs, { documentId: row.id, document: text.document })
  const info = { title: row.title, author: row.organ_name, creationDate: at, elements: namedElements(text.document) }
  const bytes = renderOfd(layOut(text, fonts, input.showChanges), fonts, info, pictures)
  return accept({ bytes, mediaType: 'application/ofd', fileName: `${fileTitle(row)}.ofd` })
})

/** A kept version's text, or the one that would be printed now. */
async function chooseText(ctx: QueryContext, row: DocumentRecord, { versionId, showChanges }: { readonly versionId?: VersionId | undefined; readonly showChanges: boolean }): Promise<Result<{ readonly text: PrintText; readonly at: number }>> {
  if (versionId === undefined) return accept({ text: await readShown(ctx, row, showChanges), at: Number(row.changed_at) })
  const version = await findVersion(ctx.db, row.id, versionId)
  if (!version) return refuse('documents.unknown-version')
  const text = { document: contentOf(version), key: version.id }
  return accept({ text: showChanges ? await readRedlineText(ctx, row.id, text, Number(version.seq)) : text, at: Number(version.at) })
}

/** The text as it would be printed now, or its redline. */
async function readShown(ctx: QueryContext, row: DocumentRecord, showChanges: boolean): Promise<PrintText> {
  const text = await readPrintText(ctx.db, row, ctx.now)
  return showChanges ? readRedlineText(ctx, row.id, text) : text
}

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
export const pageOperations = [layout, page, pdf, ofd, plainText]
