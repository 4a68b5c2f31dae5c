/** Printed copies with a verifying code: another file than the sealed one, and a page that tells strangers no more than is public. */
import { sm3, toHex, verifyFile } from '@xiewen/crypto'
import { ApiClient } from '@xiewen/server'
import { documentsContract, type DocumentId } from '@xiewen/shared/documents'
import { sealsContract as contract } from '@xiewen/shared/seals'
import { PDFDocument } from 'pdf-lib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tables } from '../../../server/src/platform/database/index.ts'
import { anOffice, type TestOffice } from '../../support/office.ts'
import { refusalOf, SealStory } from './story.ts'

let office: TestOffice
let story: SealStory
let documentId: DocumentId
let sealed: Uint8Array
let anyone: ApiClient

beforeAll(async () => {
  office = await anOffice({ publicUrl: 'https://oa.yunzhou.example/', commandRate: { perSecond: 0.001, burst: 60 } })
  story = new SealStory(office)
  await story.enabledSeal()
  documentId = await story.typeset()
  await (await story.as('keeper')).call(contract.impress, { applicationId: await story.permitted(documentId) })
  sealed = await story.pdf(documentId)
  anyone = new ApiClient(office.server.url)
})
afterAll(() => office.close())

/** The signed text with other elements, as if it had been signed so. */
async function withElements(change: readonly [from: string, to: string], work: () => Promise<void>): Promise<void> {
  interface Versions { document_version: { document_id: string; content: string } }
  const rewrite = (from: string, to: string) =>
    office.server.run(async (ctx) => {
      const own = tables<Versions>(ctx.db)
      for (const { content } of await own.selectFrom('document_version').selectAll().where('document_id', '=', documentId).execute()) {
        await own.updateTable('document_version').set({ content: content.replace(from, to) }).where('document_id', '=', documentId).where('content', '=', content).execute()
      }
      return { ok: true, value: null }
    })
  await rewrite(...change)
  await work()
  await rewrite(change[1], change[0])
}

describe('making a copy', () => {
  test('gives one code for all copies of a document, an address under which the office is reached, and leaves the sealed file as it is', async () => {
    const drafter = await story.as('drafter')
    const first = await drafter.call(contract.makeCopy, { documentId })
    expect(first.address).toBe(`https://oa.yunzhou.example/v/${first.code}`)
    expect(first.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/)
    expect(await drafter.call(contract.makeCopy, { documentId })).toEqual(first)
    const { bytes } = await drafter.download(contract.copyFile, { documentId })
    expect(await story.pdf(documentId)).toEqual(sealed)
    expect((await verifyFile(sealed, { trust: [] })).signatures).toHaveLength(1)
    const copy = await PDFDocument.load(bytes)
    expect(copy.getPageCount()).toBe((await PDFDocument.load(sealed)).getPageCount())
    // Nothing of the signature is left that a reader could take for a damaged one.
    expect((await verifyFile(bytes, { trust: [] })).signatures).toHaveLength(0)
    expect(copy.context.enumerateIndirectObjects().some(([, object]) => /ByteRange/.test(object.toString()))).toBe(false)
  })

  test('is for those who see the document, and for documents with a seal and without a mark of secrecy', async () => {
    expect(await refusalOf((await story.as('stranger')).call(contract.makeCopy, { documentId }))).toBe('base.not-found')
    expect(await refusalOf((await story.as('stranger')).download(contract.copyFile, { documentId }))).toBe('base.not-found')
    expect(await refusalOf((await story.as('auditor')).call(contract.makeCopy, { documentId }))).toBe('base.not-allowed')
    const unsealed = await story.typeset()
    expect(await refusalOf((await story.as('drafter')).call(contract.makeCopy, { documentId: unsealed }))).toBe('seals.not-sealed')
    await withElements(['"secrecy":""', '"secrecy":"内部"'], async () => {
      expect(await refusalOf((await story.as('drafter')).call(contract.makeCopy, { documentId }))).toBe('seals.copy-secret')
    })
  })
})

describe('asking about a copy', () => {
  test('of an open document tells what stands on its face, the state of its seals now, and whether a file is the sealed one', async () => {
    const { code } = await (await story.as('drafter')).call(contract.makeCopy, { documentId })
    const spoken = `${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `
    expect(await anyone.call(contract.copy, { code: spoken, digest: toHex(sm3(sealed)) })).toMatchObject({
      tells: 'all', title: '关于做好数据共享工作的通知', organName: '云州市政务服务数据管理局', match: 'same', seals: [{ name: '云州市政务服务数据管理局', state: 'active' }],
    })
    const changed = sealed.slice()
    changed[500] = (changed[500] ?? 0) ^ 1
    expect(await anyone.call(contract.copy, { code, digest: toHex(sm3(changed)) })).toMatchObject({ match: 'none' })
    expect(await anyone.call(contract.copy, { code })).toMatchObject({ match: null })
  })

  test('of any other document tells less: no title on request, nothing but its existence when closed', async () => {
    const { code } = await (await story.as('drafter')).call(contract.makeCopy, { documentId })
    await withElements(['"disclosure":"open"', '"disclosure":"on-request"'], async () => {
      expect(await anyone.call(contract.copy, { code })).toMatchObject({ tells: 'no-title', title: null, organName: '云州市政务服务数据管理局' })
    })
    await withElements(['"disclosure":"open"', '"disclosure":"closed"'], async () => {
      const told = await anyone.call(contract.copy, { code, digest: toHex(sm3(sealed)) })
      expect(told).toEqual({ tells: 'existence', title: null, number: null, organName: null, sealedAt: null, seals: null, match: 'same' })
    })
  })

  test('with an unknown code finds nothing, and strangers cannot try codes without end', async () => {
    expect(await refusalOf(anyone.call(contract.copy, { code: '0'.repeat(16) }))).toBe('seals.unknown-copy')
    let refusal = ''
    for (let tries = 0; tries < 100 && refusal !== 'base.too-many-requests'; tries += 1) refusal = await refusalOf(anyone.call(contract.copy, { code: '1'.repeat(16) }))
    expect(refusal).toBe('base.too-many-requests')
    // Whoever signed in reads on.
    expect(await refusalOf((await story.as('drafter')).call(contract.copy, { code: '1'.repeat(16) }))).toBe('seals.unknown-copy')
  })
})

test('an office that has said no address makes no code that leads nowhere', async () => {
  const bare = await anOffice()
  try {
    const other = new SealStory(bare)
    await other.enabledSeal()
    const unreachable = await other.typeset()
    await (await other.as('keeper')).call(contract.impress, { applicationId: await other.permitted(unreachable) })
    expect(await refusalOf((await other.as('drafter')).call(contract.makeCopy, { documentId: unreachable }))).toBe('seals.no-public-url')
  } finally {
    await bare.close()
  }
})

test('the original stays what is downloaded as the document', async () => {
  expect((await (await story.as('drafter')).download(documentsContract.pdf, { documentId })).bytes).toEqual(sealed)
})
