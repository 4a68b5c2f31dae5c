/** Typesetting (排版): the PDF that will be sealed, made once and kept. */
import { accept, refuse } from '@xiewen/shared/base'
import { documentsContract } from '@xiewen/shared/documents'
import { onCommand } from '../../platform/slice.ts'
import { anchorsOf, layOut, readPrintText } from '../print-text.ts'
import { namedElements } from '../ofd-elements.ts'
import { readPictures } from '../pictures.ts'
import { renderOfd, renderPdf } from '../render/index.ts'
import { getIssuedPdf, putRendition } from '../renditions.ts'
import { changeDocument } from '../repository.ts'
import { findForAct } from '../scene.ts'
import { describeMissing, reportSigns } from '../signs-in-use.ts'
import { rightsChanged } from '../state.ts'

const typeset = onCommand(documentsContract.typeset, {
  prepare: async (ctx, input) => {
    const found = await findForAct(ctx, input.documentId, 'typeset')
    if (!found.ok) return found
    const { row } = found.value
    // Another organ's seal may already stand on the file (联合行文).
    if ((await getIssuedPdf(ctx.db, row.id))?.stage === 'sealed') return refuse('documents.wrong-state', { from: 'sealed', to: 'typeset' })
    const text = await readPrintText(ctx.db, row, ctx.now)
    const { blobs } = ctx.services
    // One set for layout and file, whatever the office chooses meanwhile.
    const fonts = ctx.services.fonts.current()
    const layout = layOut(text, fonts, false)
    const signs = reportSigns(layout, fonts)
    // A box in a name is a wrong name: nothing of the kind is sealed. Source: render/decisions/0002
    if (signs.missing.length > 0) return refuse('documents.missing-glyphs', { text: describeMissing(signs.missing) })
    const pictures = await readPictures(ctx.db, blobs, { documentId: row.id, document: text.document })
    const bytes = renderPdf(layout, fonts, { title: row.title, author: row.organ_name, creationDate: Number(row.changed_at) }, pictures)
    const info = { title: row.title, author: row.organ_name, creationDate: Number(row.changed_at), elements: namedElements(text.document) }
    const ofd = await blobs.put(renderOfd(layout, fonts, info, pictures))
    return accept({ text, layout, lent: signs.lent, blob: await blobs.put(bytes), ofd })
  },
  commit: async (ctx, input, { text, layout, lent, blob, ofd }) => {
    const found = await findForAct(ctx, input.documentId, 'typeset')
    if (!found.ok) return found
    const { row } = found.value
    if ((await getIssuedPdf(ctx.db, row.id))?.stage === 'sealed') return refuse('documents.wrong-state', { from: 'sealed', to: 'typeset' })
    // Another number or another signature may have come in between.
    if ((await readPrintText(ctx.db, row, ctx.now)).key !== text.key) return refuse('base.conflict')
    const made = { document_id: row.id, pages: layout.pages.length, anchors: JSON.stringify(anchorsOf(layout)), fingerprint: layout.fingerprint, at: ctx.now }
    await putRendition(ctx.db, { ...made, stage: 'typeset', blob })
    await putRendition(ctx.db, { ...made, stage: 'typeset-ofd', blob: ofd })
    await changeDocument(ctx.db, row.id, { state: 'typeset' })
    await ctx.record({
      kind: 'documents.typeset',
      subject: { kind: 'document', id: row.id },
      data: { digest: blob, pages: layout.pages.length, textDigest: row.frozen_digest, fonts: layout.fingerprint },
    })
    rightsChanged(ctx, row.id)
    return accept({ digest: blob, pages: layout.pages.length, lent: [...lent] })
  },
})

/** Operations of typesetting. */
export const typesetOperations = [typeset]
