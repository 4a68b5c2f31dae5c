/** Comments (批注) of Word files: they come in with the text, stay words of the file, and go out again. */
import { documentsContract, mostThreads, type DocumentId } from '@xiewen/shared/documents'
import type { ApiClient } from '@xiewen/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openZip } from '../../../server/src/documents/index.ts'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { para, run, table, wordFile, type WordFile } from '../../support/word-file.ts'

let office: TestOffice
let drafter: ApiClient
beforeAll(async () => {
  office = await anOffice()
  drafter = await office.as('zhangxiaoyu')
})
afterAll(() => office.close())

const on = (id: number, inside: string): string => `<w:commentRangeStart w:id="${id}"/>${inside}<w:commentRangeEnd w:id="${id}"/><w:r><w:commentReference w:id="${id}"/></w:r>`
const said = (id: number, author: string, words: string, paragraph = `0000000${id}`): string =>
  `<w:comment w:id="${id}" w:author="${author}" w:date="2026-07-0${(id % 9) + 1}T08:30:00Z">${words.split('\n').map((each) => `<w:p w14:paraId="${paragraph}"><w:r><w:t>${each}</w:t></w:r></w:p>`).join('')}</w:comment>`

const commented: WordFile = {
  body: [
    para('关于期限的通知'), para('各科室：'),
    para(`${run('请于八月底前完成，')}${on(0, run('逾期'))}${run('不再受理。')}`),
    para(`${run('请于九月底前核对，逾期')}${run('通报。')}`),
    para(on(1, run('一、总体要求'))),
    `<w:p><w:commentRangeStart w:id="2"/>${run('材料要齐全。')}</w:p><w:p>${run('手续要完备')}<w:commentRangeEnd w:id="2"/>${run('。')}<w:r><w:commentReference w:id="2"/></w:r></w:p>`,
    table([['事项', '时限'], ['核对', `<w:p>${on(4, run('三日'))}</w:p>`]]),
    para('云州市财政局'), para('2026年8月1日'),
  ].join(''),
  comments: [said(0, '王\u202e强', '改为“超期”。'), said(1, '李明', '此处要细。'), said(2, '', '两段都要。'), said(3, '赵&amp;敏', '同意。\n请张科改。'), said(4, '王强', '太短')].join(''),
  answers: '<w15:commentEx w15:paraId="00000000" w15:done="0"/><w15:commentEx w15:paraId="00000001" w15:done="1"/><w15:commentEx w15:paraId="00000003" w15:paraIdParent="00000000" w15:done="0"/>',
}

const imported = async (file: WordFile): Promise<DocumentId> => (await drafter.upload(documentsContract.importFile, { fileName: 'x.docx' }, wordFile(file))).documentId
const threadsOf = async (documentId: DocumentId) => (await drafter.call(documentsContract.threads, { documentId })).threads
const exported = async (documentId: DocumentId, format: 'docx' | 'docx-changes') => (await drafter.download(documentsContract.exportFile, { documentId, format })).bytes
const partOf = (bytes: Uint8Array, name: string): string => new TextDecoder().decode(openZip(bytes).read(name) ?? new Uint8Array())

describe('comments of a Word file', () => {
  test('are threads with their answers, under the names the file gives, and the account stands for them', async () => {
    const { documentId, report } = await drafter.upload(documentsContract.importFile, { fileName: 'x.docx' }, wordFile(commented))
    expect(report.recognised.filter(({ topic }) => topic === 'comment-kept').map(({ text }) => text)).toEqual(['王强 2', '赵&敏 1', '李明 1', ' 1'])
    const threads = await threadsOf(documentId)
    expect(threads.map(({ quote, resolved, comments }) => [quote, resolved?.name ?? null, comments.map(({ foreign, body }) => [foreign?.author, body])])).toEqual([
      ['逾期', null, [['王强', '改为“超期”。'], ['赵&敏', '同意。\n请张科改。']]],
      ['一、总体要求', '', [['李明', '此处要细。']]],
      ['材料要齐全。手续要完备', null, [['', '两段都要。']]],
      ['三日', null, [['王强', '太短']]],
    ])
    for (const comment of threads.flatMap((thread) => thread.comments)) expect(comment).toMatchObject({ name: '张晓雨', post: '', step: '', foreign: { saidAt: expect.stringMatching(/^2026-07-0\dT08:30:00Z$/) } })
  })

  test('go out again on the very words, with answers, dates and what is settled', async () => {
    const bytes = await exported(await imported(commented), 'docx-changes')
    const xml = partOf(bytes, 'word/document.xml')
    const wordsOf = (id: number) => {
      const inside = new RegExp(`<w:commentRangeStart w:id="${id}"/>(.*)<w:commentRangeEnd w:id="${id}"/>`, 'su').exec(xml)?.[1] ?? ''
      return [...inside.matchAll(/<w:t(?: [^>]*)?>([^<]*)/gu)].map(([, text]) => text).join('')
    }
    expect([0, 1, 2, 3, 4].map(wordsOf)).toEqual(['逾期', '逾期', '总体要求', '材料要齐全。手续要完备', '三日'])
    // The first 逾期, not the one a paragraph later.
    expect(xml.indexOf('commentRangeStart w:id="0"')).toBeLessThan(xml.indexOf('九月底'))
    expect(partOf(bytes, 'word/comments.xml')).toContain('w:author="赵&#38;敏" w:date="2026-07-04T08:30:00Z"')
    const { documentId } = await drafter.upload(documentsContract.importFile, { fileName: 'back.docx' }, bytes)
    const shape = (threads: Awaited<ReturnType<typeof threadsOf>>) => threads.map(({ quote, resolved, comments }) => [quote.replace('一、', ''), resolved !== null, comments.map(({ foreign, body }) => [foreign, body])])
    expect(shape(await threadsOf(documentId))).toEqual(shape(await threadsOf(await imported(commented))))
  })

  test('stay in the house: the clean text has none', async () => {
    const bytes = await exported(await imported(commented), 'docx')
    expect(openZip(bytes).names.filter((name) => name.includes('comments'))).toEqual([])
    expect(partOf(bytes, 'word/document.xml')).not.toContain('comment')
  })

  test('come along when the text was corrected first; those whose words are gone stand at the whole document', async () => {
    const { document, file } = await drafter.upload(documentsContract.recognise, { fileName: 'x.docx' }, wordFile(commented))
    const blocks = document.blocks.filter((block) => block.kind !== 'table')
    const { documentId } = await drafter.call(documentsContract.createFrom, { document: { ...document, blocks }, file })
    const threads = await threadsOf(documentId)
    expect(threads.map(({ quote, from }) => [quote, from === ''])).toEqual([['逾期', false], ['一、总体要求', false], ['材料要齐全。手续要完备', false], ['三日', true]])
    expect(partOf(await exported(documentId, 'docx-changes'), 'word/comments.xml')).toContain('太短')
  })

  test('are nobody else’s who names the file', async () => {
    const { document, file } = await drafter.upload(documentsContract.recognise, { fileName: 'x.docx' }, wordFile(commented))
    const other = await office.as('dengkai')
    const { documentId } = await other.call(documentsContract.createFrom, { document, file })
    expect((await other.call(documentsContract.threads, { documentId })).threads).toEqual([])
  })

  test('more than a document has room for, and longer than one may be, lose no word', async () => {
    const count = mostThreads + 40
    const marks = Array.from({ length: count }, (_each, index) => on(index, run(`第${index}处`))).join('')
    const long = '甲乙丙丁'.repeat(1200)
    const documentId = await imported({
      body: [para('关于期限的通知'), para('各科室：'), para(marks)].join(''),
      comments: Array.from({ length: count }, (_each, index) => said(index, '王强', index === 0 ? long : `意见${index}。`, String(index).padStart(8, '0'))).join(''),
    })
    const threads = await threadsOf(documentId)
    expect(threads).toHaveLength(mostThreads)
    expect(threads[0]?.comments.map(({ body }) => body).join('')).toBe(long)
    expect(threads.at(-1)?.comments.map(({ body }) => body)).toEqual(Array.from({ length: 41 }, (_each, index) => `〔第${mostThreads - 1 + index}处〕意见${mostThreads - 1 + index}。`))
  })

  test('one’s own comments go out under one’s name', async () => {
    const documentId = await imported({ body: [para('关于期限的通知'), para('各科室：'), para('请办理。')].join('') })
    await drafter.call(documentsContract.comment, { documentId, quote: '', from: '', to: '', body: '请先核对。' })
    const bytes = await exported(documentId, 'docx-changes')
    expect(partOf(bytes, 'word/comments.xml')).toMatch(/w:author="张晓雨" w:date="\d{4}-\d\d-\d\dT[\d:]+Z"/)
    expect(partOf(bytes, 'word/document.xml')).toContain('<w:commentReference w:id="0"/>')
  })
})

describe('what files said of a deleted draft', () => {
  const changed = wordFile({ body: [para('关于期限的通知'), para('各科室：'), para(`${run('请于')}<w:ins w:id="2" w:author="王强" w:date="2026-07-01T08:30:00Z">${run('八月')}</w:ins>${on(0, run('底前'))}${run('完成。')}`)].join(''), comments: said(0, '李明', '早些') })
  const kept = async () =>
    office.server.read(async (ctx) => {
      const { tables } = await import('../../../server/src/platform/database/index.ts')
      const db = tables<import('../../../server/src/documents/tables.ts').DocumentTables>(ctx.db)
      const changes = await db.selectFrom('document_foreign_change').select('author').where('author', '=', '王强').execute()
      const files = await db.selectFrom('document_handed_in_comments').select('threads').where('threads', 'like', '%早些%').execute()
      return [changes.length, files.length]
    })

  test('goes with the last draft that was begun with the file', async () => {
    const begin = async () => (await drafter.upload(documentsContract.importFile, { fileName: 'x.docx' }, changed)).documentId
    const [first, second] = [await begin(), await begin()]
    expect(await kept()).toEqual([1, 1])
    await drafter.call(documentsContract.deleteDraft, { documentId: first })
    expect(await kept()).toEqual([1, 1])
    expect(await drafter.call(documentsContract.changes, { documentId: second })).toMatchObject({ changes: [{ foreign: { author: '王强' } }] })
    await drafter.call(documentsContract.deleteDraft, { documentId: second })
    expect(await kept()).toEqual([0, 0])
  })
})
