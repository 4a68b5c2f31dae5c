/** From signing to the final PDF: freezing, numbers, typesetting. */
import { elementsOf, emptyElements, documentsContract, type DocumentId, type OfficialDocument } from '@xiewen/shared/documents'
import { type ApiClient, editLive, RefusedByServer } from '@xiewen/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { directoryContract } from '@xiewen/shared/directory'
import * as Y from 'yjs'
import { createDocument, freezeVersion, getFrozen, getIssuedPdf, grantAccess, liveDocuments, setDocumentState } from '../../../server/src/documents/index.ts'
import { sealUpdates } from '../../../server/src/platform/realtime/log-frames.ts'
import { anOffice, postOf, type TestOffice } from '../../support/office.ts'

let office: TestOffice
let drafter: ApiClient
let registrar: ApiClient
const year = new Date().getFullYear()

beforeAll(async () => {
  office = await anOffice()
  drafter = await office.as('zhangxiaoyu')
  registrar = await office.as('zhaomin')
})
afterAll(() => office.close())

const text = '关于做好数据共享工作的通知\n各科室：\n　　现就有关事项通知如下。\n一、提高认识\n　　各科室要高度重视。\n云州市政务服务数据管理局\n2026年11月20日\n'

async function draft(): Promise<DocumentId> {
  return (await drafter.upload(documentsContract.importFile, {}, new TextEncoder().encode(text))).documentId
}

async function sign(documentId: DocumentId): Promise<string> {
  const outcome = await office.server.run(async (ctx) => {
    await setDocumentState(ctx, documentId, 'in-review')
    return { ok: true, value: await freezeVersion(ctx, documentId, '签发稿') }
  })
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  return outcome.value.digest
}

async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof RefusedByServer) return error.refusal.code
    throw error
  }
  return 'nothing refused'
}

describe('freezing', () => {
  test('the same text has the same digest, and nobody writes after signing', async () => {
    const [first, second] = [await draft(), await draft()]
    expect(await sign(first)).toBe(await sign(second))

    const opened = await drafter.call(documentsContract.open, { documentId: first })
    expect(opened.versions.map((version) => [version.name, version.frozen])).toEqual([['送审稿', false], ['签发稿', true]])
    expect(opened).toMatchObject({ right: 'read', document: { state: 'signed' } })
    expect(opened.abilities.edit).toEqual({ allowed: false, because: 'documents.frozen' })
    expect(await refusalOf(drafter.call(documentsContract.nameVersion, { documentId: first, name: '改' }))).toBe('documents.frozen')
  })

  test('an update that was on its way when the document was signed is not stored', async () => {
    const documentId = await draft()
    const { world } = office.server
    const { log, close } = liveDocuments(world.database, world.clock, () => undefined)
    const doc = new Y.Doc()
    doc.getXmlFragment('body').insert(0, [new Y.XmlElement('paragraph')])
    const row = () => ({ documentId, bytes: sealUpdates(documentId, { personId: 'x', updates: [Y.encodeStateAsUpdate(doc)] }), personId: 'x', sessionId: 's', at: 1 })

    await expect(log.append([row()])).resolves.toHaveLength(1)
    await sign(documentId)
    await expect(log.append([row()])).rejects.toThrow('signed')
    await close()
  })

  test('a text with a pending revision is not frozen', async () => {
    const post = await postOf(drafter, '张晓雨')
    const document: OfficialDocument = {
      version: 1,
      elements: emptyElements('通知'),
      blocks: [{ kind: 'title', runs: [{ text: '关于试行的通知', change: { kind: 'insertion', id: 'p:1', personId: 'p' } }] }],
    }
    const made = await office.server.run(async (ctx) => ({ ok: true, value: await createDocument(ctx, { document, ownerPost: post, origin: 'draft' }) }))
    if (!made.ok) throw new Error(made.refusal.code)
    const frozen = await office.server.run(async (ctx) => ({ ok: true, value: await freezeVersion(ctx, made.value, '签发稿') }))
    expect(frozen).toMatchObject({ ok: false, refusal: { code: 'documents.pending-changes' } })
    expect(await office.server.read((ctx) => getFrozen(ctx.db, made.value))).toBeNull()
  })
})

describe('numbers', () => {
  test('a number is given after signing only, by the registrar of the organ, for its own codes', async () => {
    const documentId = await draft()
    expect(await refusalOf(drafter.call(documentsContract.allocateNumber, { documentId, code: '云政数发' }))).toBe('base.not-allowed')
    expect(await refusalOf(registrar.call(documentsContract.allocateNumber, { documentId, code: '云政数发' }))).toBe('documents.not-found')
    await sign(documentId)
    const outsider = await office.as('zhengming')
    expect(await refusalOf(outsider.call(documentsContract.allocateNumber, { documentId, code: '云政数发' }))).toBe('documents.not-found')
    expect(await refusalOf(registrar.call(documentsContract.allocateNumber, { documentId, code: '云府发' }))).toBe('documents.code-not-registered')

    const { number } = await registrar.call(documentsContract.allocateNumber, { documentId, code: '云政数发' })
    expect(number).toMatchObject({ code: '云政数发', year })
    expect(await refusalOf(registrar.call(documentsContract.allocateNumber, { documentId, code: '云政数发' }))).toBe('documents.not-signed')
  })

  test('two hundred requests at once get two hundred different numbers without a gap', async () => {
    const post = await postOf(drafter, '张晓雨')
    const document: OfficialDocument = { version: 1, elements: emptyElements('函'), blocks: [{ kind: 'title', runs: [{ text: '关于商请的函' }] }] }
    const ids: DocumentId[] = []
    for (let index = 0; index < 200; index += 1) {
      const made = await office.server.run(async (ctx) => {
        const id = await createDocument(ctx, { document, ownerPost: post, origin: 'draft' })
        await freezeVersion(ctx, id, '签发稿')
        return { ok: true, value: id }
      })
      if (made.ok) ids.push(made.value)
    }
    // Each document is asked for twice at once: the second request must be refused, not numbered again.
    const results = await Promise.all(
      [...ids, ...ids].map((documentId) =>
        registrar.call(documentsContract.allocateNumber, { documentId, code: '云政数函' }).then(
          (outcome) => outcome.number.serial,
          (error: unknown) => (error instanceof RefusedByServer ? 0 : Promise.reject(error instanceof Error ? error : new Error(String(error)))),
        ),
      ),
    )
    const serials = results.filter((serial) => serial > 0).sort((a, b) => a - b)
    expect(serials).toEqual(Array.from({ length: 200 }, (_, index) => index + 1))
    const register = await registrar.call(documentsContract.register, { code: '云政数函' })
    expect(register.years.find((each) => each.code === '云政数函')).toEqual({ code: '云政数函', year, last: 200, voided: 0, gaps: [] })
  }, 60_000)

  test('a void number stays in the register with its reason and is not given again', async () => {
    const documentId = await draft()
    await sign(documentId)
    const { number } = await registrar.call(documentsContract.allocateNumber, { documentId, code: '云政数发' })
    await registrar.call(documentsContract.voidNumber, { documentId, reason: '代字用错' })
    const again = await registrar.call(documentsContract.allocateNumber, { documentId, code: '云政数发' })
    expect(again.number.serial).toBe(number.serial + 1)

    const register = await registrar.call(documentsContract.register, { code: '云政数发', year })
    expect(register.rows.find((row) => row.number.serial === number.serial)).toMatchObject({ state: 'void', reason: '代字用错', voidedByName: '赵敏' })
    expect(register.years.find((each) => each.code === '云政数发')?.gaps).toEqual([])
  })

  test('the checker knows the register: a number another document holds or held is an error, one’s own is none', async () => {
    const documentId = await draft()
    await sign(documentId)
    const { number } = await registrar.call(documentsContract.allocateNumber, { documentId, code: '云政数发' })
    const faults = async (id: DocumentId) => (await drafter.call(documentsContract.lint, { documentId: id })).findings.filter((finding) => finding.rule === 'A06')
    expect(await faults(documentId)).toEqual([])
    const other = await draft()
    await editLive(drafter, other, (doc) => elementsOf(doc).set('number', number))
    expect(await faults(other)).toMatchObject([{ severity: 'error', element: 'number' }])
  })
})

describe('typesetting', () => {
  test('the final PDF is the same bytes each time and carries the places of the seals', async () => {
    const documentId = await draft()
    await sign(documentId)
    expect(await refusalOf(registrar.call(documentsContract.typeset, { documentId }))).toBe('documents.not-numbered')
    await registrar.call(documentsContract.allocateNumber, { documentId, code: '云政数发' })
    const first = await registrar.call(documentsContract.typeset, { documentId })
    const second = await registrar.call(documentsContract.typeset, { documentId })
    expect(second).toEqual(first)

    const issued = await office.server.read((ctx) => getIssuedPdf(ctx.db, documentId))
    expect(issued).toMatchObject({ stage: 'typeset', digest: first.digest, pages: first.pages })
    expect(issued?.sealAnchors).toMatchObject([{ organ: '云州市政务服务数据管理局', page: 1 }])
    const pdf = await drafter.download(documentsContract.pdf, { documentId })
    expect(new TextDecoder('latin1').decode(pdf.bytes.subarray(0, 5))).toBe('%PDF-')
  })

  test('the preview shows the live text page by page', async () => {
    const documentId = await draft()
    const layout = await drafter.call(documentsContract.layout, { documentId })
    expect(layout.pages).toEqual([{ widthMm: 210, heightMm: 297 }])
    const svg = await drafter.download(documentsContract.page, { documentId, page: 1 })
    expect(svg.mediaType).toContain('image/svg+xml')
    expect(await refusalOf(drafter.download(documentsContract.page, { documentId, page: 9 }))).toBe('documents.no-such-page')
  })
})

test('people of an organ see a document granted to it, others do not', async () => {
  const documentId = await draft()
  const { units } = await drafter.call(directoryContract.listUnits, {})
  const unit = units.find((each) => each.name === '云州市财政局')
  await office.server.run(async (ctx) => {
    await grantAccess(ctx, documentId, { unitId: unit?.id ?? '' }, 'read', 'exchange:1')
    return { ok: true, value: null }
  })
  const [inside, outside] = [await office.as('penglihua'), await office.as('maxiaofeng')]
  expect((await inside.call(documentsContract.open, { documentId })).right).toBe('read')
  expect(await refusalOf(outside.call(documentsContract.open, { documentId }))).toBe('documents.not-found')
})
