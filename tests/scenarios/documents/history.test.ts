/** The history of a text through public doors: what the server's log says about who wrote what, hostile clients included. */
import { bodyOf, changeMarks, documentsContract, type DocumentId } from '@xiewen/shared/documents'
import { type ApiClient, editLive } from '@xiewen/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { readOfd, readPdf } from '../../support/read-pages.ts'
import { Story } from '../workflow/story.ts'

let office: TestOffice
let story: Story
let drafter: ApiClient
let colleague: ApiClient
let documentId: DocumentId
beforeAll(async () => {
  office = await anOffice()
  story = new Story(office)
  drafter = await story.as('drafter')
  colleague = await story.as('colleague')
  documentId = await story.draft()
  await drafter.call(documentsContract.share, { documentId, postId: await story.post('colleague'), right: 'edit' })
})
afterAll(() => office.close())

/** The shared text of the first block that carries these words. */
function line(doc: Y.Doc, words: string): Y.XmlText {
  for (const element of bodyOf(doc).toArray()) {
    const text = element instanceof Y.XmlElement ? element.get(0) : null
    if (text instanceof Y.XmlText && text.toString().includes(words)) return text
  }
  throw new Error(`no line with ${words}`)
}

describe('named versions', () => {
  test('are kept by the steps of the work: 送审稿, 会签稿, 签发稿', async () => {
    const caseId = await story.submitted(['planning'])
    const { documentId: submitted } = await story.see(caseId)
    await story.toSigning(caseId)
    await story.sign(caseId)
    const { versions } = await drafter.call(documentsContract.open, { documentId: submitted })
    expect(versions.map((version) => version.name)).toEqual(['送审稿', '会签稿', '签发稿'])
    expect(versions.map((version) => version.frozen)).toEqual([false, false, true])
  })
})

describe('who wrote what', () => {
  test('is told for every character by the account that sent it, from the beginning or since a version', async () => {
    await drafter.call(documentsContract.nameVersion, { documentId, name: '讨论稿' })
    const { versions } = await drafter.call(documentsContract.open, { documentId })
    expect(versions.map((version) => version.name)).toEqual(['初稿', '讨论稿'])
    await editLive(colleague, documentId, (doc) => line(doc, '各单位要对照').insert(0, '请'))

    const whole = await drafter.call(documentsContract.trace, { documentId })
    expect(new Set(whole.who.map((who) => who.name))).toEqual(new Set(['张晓雨', '李明轩']))
    expect(whole.blocks.flatMap((block) => block.parts).every((part) => part.op === 'added')).toBe(true)

    const since = await drafter.call(documentsContract.trace, { documentId, from: versions[1]?.seq ?? 0 })
    const added = since.blocks.flatMap((block) => block.parts).filter((part) => part.op === 'added')
    expect(added.map((part) => [part.text, since.who[part.by]?.name, since.who[part.by]?.step])).toEqual([['请', '李明轩', 'documents.step.drafting']])
  })

  test('cannot be claimed: a revision signed with another’s name is told under the account that sent it', async () => {
    const { document } = await drafter.call(documentsContract.open, { documentId })
    const forged = `${document.ownerPersonId}:forged`
    await editLive(colleague, documentId, (doc) => line(doc, '现就开展').insert(0, '冒名', { [changeMarks.insertion]: { id: forged } }))
    const { changes } = await drafter.call(documentsContract.changes, { documentId })
    expect(changes.find((change) => change.id === forged)).toMatchObject({ name: '李明轩' })
    const redline = await drafter.call(documentsContract.redline, { documentId })
    expect(redline.people.map((person) => person.name)).toEqual(['李明轩'])
  })

  test('is printed in the redline: each reviser by the log, with post and step in a legend, in PDF, OFD and the pages shown', async () => {
    const { document } = await drafter.call(documentsContract.open, { documentId })
    await editLive(drafter, documentId, (doc) => line(doc, '各单位要对照').insert(0, '务必', { [changeMarks.insertion]: { id: `${document.ownerPersonId}:own` } }))
    const pages = await drafter.download(documentsContract.pdf, { documentId, showChanges: true })
    const printed = readPdf(pages.bytes).map((page) => page.map((glyph) => glyph.char).join('')).join('')
    // The revision that claims to be the drafter's own is told under whoever sent it, see above.
    for (const words of ['修订标注：下划线为增加，删除线为删去。', '李明轩（市政数局数据资源科科员，拟稿）', '张晓雨（市政数局数据资源科科员，拟稿）']) expect(printed).toContain(words)
    const ofd = await drafter.download(documentsContract.ofd, { documentId, showChanges: true })
    expect(readOfd(ofd.bytes).flat().map((glyph) => glyph.char).join('')).toContain('李明轩（')
    const laid = await drafter.call(documentsContract.layout, { documentId, showChanges: true })
    const shown = await Promise.all(laid.pages.map((_page, index) => drafter.download(documentsContract.page, { documentId, page: index + 1, showChanges: true })))
    const svg = shown.map((page) => Buffer.from(page.bytes).toString()).join('\n')
    const inkOfWords = (words: string): string | undefined => new RegExp(`<g fill="(rgb\\([\\d,]+\\))"[^>]*aria-label="${words}"`, 'u').exec(svg)?.[1]
    expect(inkOfWords('冒名')).toBe(inkOfWords('李明轩'))
    expect(inkOfWords('务必')).toBe(inkOfWords('张晓雨'))
    expect(inkOfWords('务必')).not.toBe(inkOfWords('冒名'))

    const clean = await drafter.download(documentsContract.pdf, { documentId })
    expect(readPdf(clean.bytes).flat().map((glyph) => glyph.char).join('')).not.toContain('修订标注')
  })

  test('cannot be slipped in under another’s client id: the server refuses the update and keeps the text', async () => {
    let theirs = 0
    await editLive(drafter, documentId, (doc) => {
      theirs = doc.clientID
      line(doc, '现就开展').insert(0, '真')
    })
    const forging = editLive(colleague, documentId, (doc) => {
      // The colleague's client goes on writing where the drafter's stopped.
      doc.clientID = theirs
      line(doc, '现就开展').insert(0, '假')
    })
    await expect(forging).rejects.toThrow(/closed/)
    const told = await drafter.call(documentsContract.trace, { documentId })
    expect(told.blocks.flatMap((block) => block.parts).map((part) => part.text).join('')).not.toContain('假')
  })

  test('is played back moment by moment, and each moment says who and when', async () => {
    const { moments } = await drafter.call(documentsContract.moments, { documentId })
    expect(moments.length).toBeGreaterThanOrEqual(3)
    expect(moments[0]).toMatchObject({ name: '张晓雨', before: 0 })
    for (const moment of moments) {
      const trace = await drafter.call(documentsContract.trace, { documentId, from: moment.before, to: moment.seq })
      expect(trace.added + trace.removed).toBeGreaterThan(0)
    }
  })

  test('a version’s text is given back for restoring, and only to those who may see the document', async () => {
    const { versions } = await drafter.call(documentsContract.open, { documentId })
    const [version] = versions
    if (!version) throw new Error('no version')
    const text = await colleague.call(documentsContract.versionText, { documentId, versionId: version.id })
    expect(text.name).toBe('初稿')
    const stranger = await story.as('stranger')
    for (const ask of [
      () => stranger.call(documentsContract.versionText, { documentId, versionId: version.id }),
      () => stranger.call(documentsContract.trace, { documentId }),
      () => stranger.call(documentsContract.moments, { documentId }),
      () => stranger.call(documentsContract.changes, { documentId }),
    ]) {
      await expect(ask()).rejects.toMatchObject({ refusal: { code: 'documents.not-found' } })
    }
  })
})
