/** Downloads of a document in formats other programs read: Word, our JSON, and its elements as XML or JSON. */
import { accept, refuse } from '@xiewen/shared/base'
import { type ChangeMakerView, documentsContract } from '@xiewen/shared/documents'
import type { QueryContext } from '../../platform/context.ts'
import { type FileAnswer, onDownload } from '../../platform/slice.ts'
import { type ChangeMaker, metadataJson, metadataOf, metadataXml, writeDocx } from '../export/index.ts'
import { findChangeMakers } from '../history.ts'
import { readPictures } from '../pictures.ts'
import { layOut, type PrintText, readPrintText } from '../print-text.ts'
import { findScene } from '../scene.ts'
import type { DocumentRecord } from '../tables.ts'
import { listWordThreads } from '../word-threads.ts'
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
    case 'docx':
      return accept(await wordFile(ctx, { row, text, withChanges: false }))
    case 'docx-changes':
      return accept(await wordFile(ctx, { row, text, withChanges: true }))
    case 'json':
      return accept({ bytes: new TextEncoder().encode(JSON.stringify(text.document, null, 1)), mediaType: 'application/json', fileName: `${name}.json` })
    case 'metadata-xml':
      return accept({ bytes: metadataXml(metadataOf(text.document, row.id)), mediaType: 'application/xml', fileName: `${name}-元数据.xml` })
    case 'metadata-json':
      return accept({ bytes: metadataJson(metadataOf(text.document, row.id)), mediaType: 'application/json', fileName: `${name}-元数据.json` })
  }
})

interface WordFileWish {
  readonly row: DocumentRecord
  readonly text: PrintText
  /** Pending revisions stay revisions, under the names of their makers, and comments stay comments. */
  readonly withChanges: boolean
}

async function wordFile(ctx: QueryContext, { row, text, withChanges }: WordFileWish): Promise<FileAnswer> {
  const { blobs } = ctx.services
  const fonts = ctx.services.fonts.current()
  const pictures = await readPictures(ctx.db, blobs, { documentId: row.id, document: text.document })
  const makers = withChanges ? await listMakers(ctx, row.id) : null
  // A clean text goes out of the house: what colleagues said of it stays.
  const threads = withChanges ? await listWordThreads(ctx.db, row.id) : []
  const bytes = writeDocx(text.document, layOut(text, fonts, false), { title: row.title, author: row.organ_name, pictures, metrics: fonts.metrics, makers, threads })
  return { bytes, mediaType: docxType, fileName: `${fileTitle(row)}${withChanges ? '-修订' : ''}.docx` }
}

async function listMakers(ctx: QueryContext, documentId: string): Promise<ReadonlyMap<string, ChangeMaker>> {
  const makers = await findChangeMakers(ctx, documentId)
  return new Map([...makers].map(([id, maker]) => [id, makerInWord(maker)]))
}

/** A revision that came from a Word file goes back under the name and date that file gave it. */
function makerInWord({ name, at, foreign }: ChangeMakerView): ChangeMaker {
  if (foreign) return { author: foreign.author, at: foreign.saidAt === '' ? null : foreign.saidAt }
  return { author: name, at: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z') }
}

/** Operations of export. */
export const exportOperations = [exportFile]
