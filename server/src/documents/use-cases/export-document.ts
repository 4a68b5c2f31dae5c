/** Downloads of a document in formats other programs read: Word, our JSON, and its elements as XML or JSON. */
import { accept, refuse } from '@xiewen/shared/base'
import { documentsContract } from '@xiewen/shared/documents'
import { onDownload } from '../../platform/slice.ts'
import { metadataJson, metadataOf, metadataXml, writeDocx } from '../export/index.ts'
import { layOut, readPrintText } from '../print-text.ts'
import { findScene } from '../scene.ts'
import { fileTitle } from './show-pages.ts'

const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

const exportFile = onDownload(documentsContract.exportFile, async (ctx, input) => {
  const found = await findScene(ctx, input.documentId)
  if (!found.ok) return found
  const { row, scene } = found.value
  if (scene.right === 'none') return refuse('documents.not-found')
  const text = await readPrintText(ctx.db, row, ctx.now)
  const name = fileTitle(row)
  switch (input.format) {
    case 'docx': {
      const layout = layOut(text, ctx.services.fonts, false)
      const bytes = writeDocx(text.document, layout, { title: row.title, author: row.organ_name, pictures: new Map() })
      return accept({ bytes, mediaType: docxType, fileName: `${name}.docx` })
    }
    case 'json':
      return accept({ bytes: new TextEncoder().encode(JSON.stringify(text.document, null, 1)), mediaType: 'application/json', fileName: `${name}.json` })
    case 'metadata-xml':
      return accept({ bytes: metadataXml(metadataOf(text.document, row.id)), mediaType: 'application/xml', fileName: `${name}-元数据.xml` })
    case 'metadata-json':
      return accept({ bytes: metadataJson(metadataOf(text.document, row.id)), mediaType: 'application/json', fileName: `${name}-元数据.json` })
  }
})

/** Operations of export. */
export const exportOperations = [exportFile]
