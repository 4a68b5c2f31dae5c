/** Looking at and printing 发文稿纸 and 收文处理单. */
import { accept, refuse } from '@xiewen/shared/base'
import { workflowContract as contract } from '@xiewen/shared/workflow'
import { getDocumentFor, renderOfd, renderPdf, renderSvg, warmOutlines } from '../../documents/index.ts'
import { type Operation, onDownload, onQuery } from '../../platform/slice.ts'
import { layOutSheet } from '../sheet.ts'

const pages = onQuery(contract.sheet, async (ctx, input) => {
  const document = await getDocumentFor(ctx.db, ctx.actor, input.documentId)
  const { fonts } = ctx.services
  const layout = document && (await layOutSheet(ctx.db, input.documentId, fonts))
  if (!layout) return refuse('documents.not-found')
  warmOutlines(layout, fonts)
  return accept({ pages: layout.pages.map((_page, index) => renderSvg(layout, index, fonts)), missing: layout.missing.map(({ text }) => text).join('') })
})

const file = onDownload(contract.sheetFile, async (ctx, input) => {
  const document = await getDocumentFor(ctx.db, ctx.actor, input.documentId)
  const { fonts } = ctx.services
  const layout = document && (await layOutSheet(ctx.db, input.documentId, fonts))
  if (!document || !layout) return refuse('documents.not-found')
  const sheet = document.origin === 'incoming' ? '收文处理单' : '发文稿纸'
  const info = { title: `${document.title}（${sheet}）`, author: document.organName, creationDate: ctx.now }
  const fileName = `${sheet} ${document.title.replaceAll(/[\\/:*?"<>|\u0000-\u001f]/g, '').slice(0, 60)}.${input.format}`
  if (input.format === 'ofd') return accept({ bytes: renderOfd(layout, fonts, info), mediaType: 'application/ofd', fileName })
  return accept({ bytes: renderPdf(layout, fonts, info), mediaType: 'application/pdf', fileName, inline: true })
})

/** Operations of this file. */
export const sheetOperations: readonly Operation[] = [pages, file]
