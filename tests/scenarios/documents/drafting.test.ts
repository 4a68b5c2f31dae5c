/** Drafting through the public API: importing, seeing, sharing, searching, versions, attachments. */
import { readFile } from 'node:fs/promises'
import { documentsContract } from '@xiewen/shared/documents'
import { type ApiClient, RefusedByServer } from '@xiewen/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anOffice, freshName, postOf, type TestOffice } from '../../support/office.ts'

let office: TestOffice
let drafter: ApiClient
let colleague: ApiClient
let stranger: ApiClient
const plan = new URL('../../support/real-documents/zhanjiang-2022-work-points.txt', import.meta.url)

beforeAll(async () => {
  office = await anOffice()
  drafter = await office.as('zhangxiaoyu')
  colleague = await office.as('limingxuan')
  stranger = await office.as('dengkai')
})
afterAll(() => office.close())

async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof RefusedByServer) return error.refusal.code
    throw error
  }
  return 'nothing refused'
}

async function importedPlan(): Promise<{ documentId: Awaited<ReturnType<typeof importPlan>>['documentId'] }> {
  return { documentId: (await importPlan()).documentId }
}

async function importPlan() {
  return drafter.upload(documentsContract.importFile, { fileName: 'plan.txt' }, await readFile(plan))
}

describe('importing plain text', () => {
  test('a real plan becomes a draft with its structure and a report of what was recognised', async () => {
    const imported = await importPlan()
    expect(imported.encoding).toBe('utf-8')
    expect(imported.report.recognised.filter((entry) => entry.topic === 'heading').length).toBeGreaterThan(10)

    const opened = await drafter.call(documentsContract.open, { documentId: imported.documentId })
    expect(opened.document).toMatchObject({ title: imported.title, state: 'draft', ownerName: '张晓雨' })
    expect(opened.right).toBe('edit')
  })

  test.each([
    ['an empty file', new Uint8Array(), 'documents.empty-text'],
    ['white space', new TextEncoder().encode(' \n\t\u3000'), 'documents.empty-text'],
    ['a PDF', new TextEncoder().encode('%PDF-1.7\nxx'), 'documents.page-file'],
    ['half a Word file', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 6, 0), 'documents.damaged-file'],
    ['bytes with zeroes', Uint8Array.of(65, 0, 66, 0, 67), 'documents.not-text'],
    ['noise', new Uint8Array(4000).fill(0xff), 'documents.not-text'],
  ])('%s is refused with a reason', async (_what, bytes, code) => {
    expect(await refusalOf(drafter.upload(documentsContract.importFile, {}, bytes))).toBe(code)
  })

  test('text in GB 18030 is decoded, and script in it stays text', async () => {
    const gbk = Buffer.concat([Buffer.from('b9d8d3dabfaad5b9b0b2c8abbcecb2e9b5c4cda8d6aa0a', 'hex'), Buffer.from('<script>alert(1)</script>\n')])
    const imported = await drafter.upload(documentsContract.importFile, {}, gbk)
    expect(imported).toMatchObject({ encoding: 'gb18030', title: '关于开展安全检查的通知' })

    const text = await drafter.download(documentsContract.plainText, { documentId: imported.documentId })
    expect(text.mediaType).toContain('text/plain')
    expect(new TextDecoder().decode(text.bytes)).toContain('<script>alert(1)</script>')
  })

  test('a line of a hundred thousand brackets neither hangs nor fails', async () => {
    const hostile = new TextEncoder().encode(`关于测试的通知\n各县区：\n${'（《“〔'.repeat(25_000)}\n`)
    await expect(drafter.upload(documentsContract.importFile, {}, hostile)).resolves.toMatchObject({ encoding: 'utf-8' })
  })
})

describe('sight and sharing', () => {
  test('a draft is not found by others until its drafter shares it, and again after taking that back', async () => {
    const { documentId } = await importedPlan()
    const post = await postOf(drafter, '李明轩')
    expect(await refusalOf(colleague.call(documentsContract.open, { documentId }))).toBe('documents.not-found')

    await drafter.call(documentsContract.share, { documentId, postId: post.id, right: 'suggest' })
    expect((await colleague.call(documentsContract.open, { documentId })).right).toBe('suggest')

    await drafter.call(documentsContract.unshare, { documentId, postId: post.id })
    expect(await refusalOf(colleague.call(documentsContract.ticket, { documentId }))).toBe('documents.not-found')
  })

  test('the three administrators reach no business document', async () => {
    const { documentId } = await importedPlan()
    const auditor = await office.as('auditadmin')
    expect(await refusalOf(auditor.call(documentsContract.open, { documentId }))).toBe('base.not-allowed')
    const admin = await postOf(drafter, '系统管理员')
    expect(await refusalOf(drafter.call(documentsContract.share, { documentId, postId: admin.id, right: 'read' }))).toBe('documents.cannot-share')
  })

  test('only the drafter shares, and only a draft that was never submitted is deleted', async () => {
    const { documentId } = await importedPlan()
    const post = await postOf(drafter, '李明轩')
    await drafter.call(documentsContract.share, { documentId, postId: post.id, right: 'edit' })
    const other = await postOf(drafter, '邓凯')
    expect(await refusalOf(colleague.call(documentsContract.share, { documentId, postId: other.id, right: 'read' }))).toBe('documents.not-owner')
    expect(await refusalOf(colleague.call(documentsContract.deleteDraft, { documentId }))).toBe('documents.not-owner')

    await drafter.call(documentsContract.deleteDraft, { documentId })
    expect(await refusalOf(drafter.call(documentsContract.open, { documentId }))).toBe('documents.not-found')
  })
})

describe('finding', () => {
  test('words of two characters from the middle of the text find it, for those who may see it', async () => {
    const word = freshName('甲').slice(0, 9)
    const text = `关于加强档案数字化的通知\n各科室：\n　　请于本周内完成库房盘点工作，联系暗号${word}。\n`
    const { documentId } = await drafter.upload(documentsContract.importFile, {}, new TextEncoder().encode(text))
    for (const query of ['盘点', '库房盘点', '档案', '字化', `暗号${word}`, '通', '盘点 档案']) {
      const found = await drafter.call(documentsContract.search, { text: query })
      expect(found.rows.map((row) => row.id), query).toContain(documentId)
    }
    const [row] = (await drafter.call(documentsContract.search, { text: word })).rows
    expect(row?.excerpt).toContain(word)
    expect((await drafter.call(documentsContract.search, { text: '点盘' })).rows.map((each) => each.id)).not.toContain(documentId)
    expect((await stranger.call(documentsContract.search, { text: word })).rows).toEqual([])
  })

  test('a search string full of operators is harmless', async () => {
    for (const text of ['" OR 1=1 --', 'NEAR(甲 乙)', "'; drop table document", '%', '\\', '***', '）']) {
      await expect(drafter.call(documentsContract.search, { text })).resolves.toBeDefined()
      await expect(drafter.call(documentsContract.list, { text })).resolves.toBeDefined()
    }
  })

  test('a list goes on where its page ended, without gaps or doubles', async () => {
    const whole = await drafter.call(documentsContract.list, { scope: 'mine', limit: 200 })
    const ids: string[] = []
    let cursor: string | undefined
    do {
      const page = await drafter.call(documentsContract.list, { scope: 'mine', limit: 2, ...(cursor === undefined ? {} : { cursor }) })
      ids.push(...page.rows.map((row) => row.id))
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    expect(ids).toEqual(whole.rows.map((row) => row.id))
    expect((await drafter.call(documentsContract.list, { scope: 'mine', states: ['issued'] })).rows).toEqual([])
  })
})

describe('versions and attachments', () => {
  test('a named version keeps the text, has its digest, and is compared character by character', async () => {
    const { documentId } = await importedPlan()
    const first = await drafter.call(documentsContract.nameVersion, { documentId, name: '初稿' })
    expect(await refusalOf(drafter.call(documentsContract.nameVersion, { documentId, name: '初稿' }))).toBe('documents.version-name-taken')

    const [version] = (await drafter.call(documentsContract.open, { documentId })).versions
    expect(version).toMatchObject({ id: first.versionId, name: '初稿', byName: '张晓雨', authors: ['张晓雨'], frozen: false })
    expect(version?.digest).toMatch(/^[0-9a-f]{64}$/)

    const same = await drafter.call(documentsContract.compare, { documentId, from: first.versionId })
    expect(same).toMatchObject({ added: 0, removed: 0 })
    expect(same.blocks.every((block) => block.op === 'same')).toBe(true)
  })

  test('an attached file comes back byte for byte, and programs are refused', async () => {
    const { documentId } = await importedPlan()
    const bytes = Uint8Array.of(1, 2, 3, 250)
    const { attachmentId } = await drafter.upload(documentsContract.addAttachment, { documentId, fileName: '清单.xlsx' }, bytes)
    const file = await drafter.download(documentsContract.downloadAttachment, { documentId, attachmentId })
    expect([...file.bytes]).toEqual([...bytes])
    expect(await refusalOf(drafter.upload(documentsContract.addAttachment, { documentId, fileName: '补丁.EXE' }, bytes))).toBe('documents.attachment-type')
    expect(await refusalOf(stranger.call(documentsContract.downloadAttachment, { documentId, attachmentId }))).toBe('documents.not-found')

    await drafter.call(documentsContract.removeAttachment, { documentId, attachmentId })
    expect((await drafter.call(documentsContract.open, { documentId })).attachments).toEqual([])
  })
})
